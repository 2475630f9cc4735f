"""The clerks' desk: Django's admin, entered only through the portal's one sign-in and never without a second factor (S3, S4)."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from accounts.decorators import redirect_to_strong_sign_in
from accounts.rules import is_strongly_signed_in

# Models of packages that register themselves: they show secrets of second factors or let roles be edited by hand (S27).
NOT_ON_THE_DESK = frozenset({"account", "mfa", "usersessions", "auth"})


class Desk(admin.AdminSite):
    site_header = "Urząd Miasta Pruszcz Gdański"
    site_title = "Biurko"
    index_title = "Biurko"

    def register(self, model_or_iterable, admin_class=None, **options):
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label not in NOT_ON_THE_DESK]
        if ours:
            super().register(ours, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff and is_strongly_signed_in(request)

    def login(self, request, extra_context=None):
        """No form here (S4): strangers go to the portal's sign-in, staff to the second step, residents see nothing."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not request.user.is_staff:
            raise Http404
        if not is_strongly_signed_in(request):
            return redirect_to_strong_sign_in(wanted)
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def logout(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_overview"))
