"""The clerks' desk: Django's admin, entered only through the portal's one sign-in (S3, S4)."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login


class Desk(admin.AdminSite):
    site_header = "Urząd Miasta Pruszcz Gdański"
    site_title = "Biurko"
    index_title = "Biurko"

    def login(self, request, extra_context=None):
        return redirect_to_login(request.GET.get("next", request.get_full_path()))
