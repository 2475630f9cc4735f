"""The clerks' desk: Django's admin, entered only through the portal's one sign-in and never without a second factor (S3, S4)."""

from functools import lru_cache

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

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

    def get_app_list(self, request, app_label=None):
        """What the desk offers depends on the rights alone, so it is listed once for each set of them and not on every page."""
        return _apps_of(_Rights(self, request, app_label))

    def each_context(self, request):
        context = super().each_context(request)
        return {**context, "sidebar": SimpleLazyObject(lambda: _sidebar(_Rights(self, request), _place(request.path)))}

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


class _Rights:
    """A clerk's rights as the key of what follows from them: two clerks with the same rights get the same lists."""

    def __init__(self, site, request, app_label=None):
        self.site, self.request = site, request
        user = request.user
        self.key = (site.name, app_label, user.is_active, user.is_superuser, frozenset(user.get_all_permissions()))

    def __eq__(self, other):
        return self.key == other.key

    def __hash__(self):
        return hash(self.key)

    def list_apps(self):
        request, self.request = self.request, None  # the key stays in the cache; the request must not
        return super(Desk, self.site).get_app_list(request, self.key[1])


@lru_cache(maxsize=200)
def _apps_of(rights):
    return rights.list_apps()


@lru_cache(maxsize=1000)
def _sidebar(rights, place):
    """The menu beside every page of the desk, drawn once for a set of rights and a place in it."""
    context = {"available_apps": _apps_of(rights), "request": {"path": place}}
    return mark_safe(render_to_string("admin/nav_sidebar.html", context))  # noqa: S308  our own template


def _place(path):
    """As far as the menu marks where one is: the list of a model, not the object."""
    return "/".join(path.split("/")[:4]) + "/"
