from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RoofConfig(AppConfig):
    name = "pruszcz_portal"
    verbose_name = "Portal"

    def ready(self):
        from pruszcz_portal import celery, checks  # noqa: F401  binds shared tasks to the portal's Celery; registers checks


class DeskConfig(AdminConfig):
    """Django's admin as the clerks' desk; who may enter is decided in accounts (S3, S4)."""

    default_site = "accounts.desk.Desk"
