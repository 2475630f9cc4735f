from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WifiPointsConfig(AppConfig):
    name = "wifi_points"
    verbose_name = _("Punkty WiFi")
