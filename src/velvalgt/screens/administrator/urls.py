"""The administrator's addresses."""

app_name = "administrator"
urlpatterns: list = []
