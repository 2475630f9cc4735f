from django.apps import AppConfig


class EboiConfig(AppConfig):
    name = "eboi"
    verbose_name = "e-BOI"

    def ready(self):
        from eboi import fees  # noqa: F401  gives "waste_fee" to the forms
