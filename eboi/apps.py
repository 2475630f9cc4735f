from django.apps import AppConfig


class EboiConfig(AppConfig):
    name = "eboi"
    verbose_name = "e-BOI"
