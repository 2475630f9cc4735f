from django.apps import AppConfig


class EboiConfig(AppConfig):
    name = "eboi"
    verbose_name = "e-BOI"

    def ready(self):
        from eboi import fees, trees  # noqa: F401  give "waste_fee" and "tree_verdict" to the forms
