from django.apps import AppConfig


class PszokConfig(AppConfig):
    name = "pszok"
    verbose_name = "GPSZOK"
