from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentCardConfig(AppConfig):
    name = "resident_card"
    verbose_name = _("Karta mieszkańca")
