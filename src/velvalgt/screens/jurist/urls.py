"""The jurist's addresses."""

app_name = "jurist"
urlpatterns: list = []
