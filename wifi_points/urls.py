"""Addresses of the room."""

from django.urls import path, register_converter

from wifi_points.views import captive_pages, installing, opening, public


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
    path("instalator/<uuid:pk>/wykaz.csv", installing.inventory_file, name="inventory_file"),
    path("instalator/<uuid:pk>/strona/", captive_pages.captive_page, name="captive_page"),
    path("instalator/<uuid:pk>/strona/plik.html", captive_pages.captive_file, name="captive_file"),
    path("strona-powitalna/", captive_pages.lint, name="lint"),
]

for_machines = [
    path("dane/", opening.about, name="open_data"),
    path("dane/punkty.geojson", opening.geojson, name="geojson"),
    path("dane/punkty.csv", opening.points_csv, name="points_csv"),
    path("dane/uzycie.csv", opening.usage_csv, name="usage_csv"),
    path("dane/katalog.jsonld", opening.catalogue, name="catalogue"),
]

urlpatterns = [*for_everyone, *for_installers, *for_machines]
