from django.apps import AppConfig

from ui import plain_errors


class UiConfig(AppConfig):
    name = "ui"
    verbose_name = "Wygląd"

    def __init__(self, *args):
        super().__init__(*args)
        plain_errors.install()  # apps are made before models, and so before every form
