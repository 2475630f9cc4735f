"""Addresses of the room."""

from django.urls import path, register_converter

from wifi_points.views import installing, public


class CodeConverter:
    """A point's public code: „3-2”."""

    regex = "[0-9]{1,4}-[0-9]{1,3}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


register_converter(CodeConverter, "wificode")

app_name = "wifi_points"

for_everyone = [
    path("", public.home, name="home"),
    path("punkt/<wificode:code>/", public.point, name="point"),
    path("punkt/<wificode:code>/zglos/", public.report, name="report"),
    path("punkt/<wificode:code>/zgloszono/", public.reported, name="reported"),
]

for_installers = [
    path("instalator/", installing.mine, name="mine"),
    path("instalator/<uuid:pk>/", installing.network, name="network"),
    path("instalator/<uuid:pk>/punkt/", installing.add_point, name="add_point"),
    path("instalator/<uuid:pk>/punkt/<uuid:point_pk>/", installing.change_point, name="change_point"),
    path("instalator/<uuid:pk>/punkt/<uuid:point_pk>/usun/", installing.remove_point, name="remove_point"),
    path("instalator/<uuid:pk>/wykaz/", installing.take_inventory, name="inventory"),
]

urlpatterns = [*for_everyone, *for_installers]
