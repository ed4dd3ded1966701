"""The citizen's addresses."""

app_name = "citizen"
urlpatterns: list = []
