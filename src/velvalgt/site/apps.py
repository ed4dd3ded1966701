"""The site's place in Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, addresses, sign-in and their templates."""

    name = "velvalgt.site"
    label = "site"
