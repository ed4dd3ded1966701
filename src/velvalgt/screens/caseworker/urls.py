"""The caseworker's addresses."""

app_name = "caseworker"
urlpatterns: list = []
