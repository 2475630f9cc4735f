"""The clerks' desk: Django's admin, entered only through the portal's one sign-in and never without a second factor (S3, S4)."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.decorators import redirect_to_strong_sign_in
from accounts.kept import MARK, forget_typed, keep_of_marked, mark_of, typed_at_desk
from accounts.rules import is_strongly_signed_in
from ui.outlines import Outline, place_of, surroundings

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
        sidebar = SimpleLazyObject(lambda: _sidebar(_Rights(self, request), _place(request.path)))
        return {**context, "sidebar": sidebar, "typed_by": SimpleLazyObject(lambda: mark_of(request.user))}

    def admin_view(self, view, cacheable=False):
        return self._keeps_typed(super().admin_view(view, cacheable))

    def _keeps_typed(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """S13: a form posted after the session ended is kept for the clerk who typed it; what arrived is forgotten."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            is_posted = request.method == "POST"
            if is_posted and not self.has_permission(request):
                keep_at_desk(request)
            response = view(request, *args, **kwargs)
            if is_posted and response.status_code == 302 and self.has_permission(request):
                forget_typed(request)
            return response

        return guarded

    def drawn(self, request, template_name, *, versions=(), csrf_token="", **values):
        """A page of the desk around its own `values`: the rest depends on rights and place alone and is drawn once for them.

        The template extends admin/base_site.html and puts `values` out as they are; `versions` (name, value) are the few things that it
        looks at. Nothing of one person is kept: the name, the token, messages and alerts are put in anew.
        """
        user = request.user
        values = {
            "user_name": user.get_short_name(), "user_position": user.position, "alerts_drawn": _alerts(request), "told": _told(request),
            "csrf_token": csrf_token or get_token(request), **values,
        }  # fmt: skip
        key = (template_name, bool(user.position), tuple(versions), tuple(values), surroundings())
        return _frame(_Rights(self, request), _place(request.path), *key).filled(values)

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


def keep_at_desk(request) -> bool:
    """Keep the posted form of a clerk; False when it is none. What is too long to keep is told."""
    if MARK not in request.POST:
        return False
    if kept := keep_of_marked(request):
        return kept
    messages.warning(request, _("Sesja skończyła się, a tego, co wpisano, nie udało się przechować. Wróć przyciskiem przeglądarki i skopiuj tekst."))  # fmt: skip
    return False


class ShowsTyped:
    """Mixin of a ModelAdmin: its form comes back filled with what was typed before the session ended. Never sent by itself."""

    def render_change_form(self, request, context, *args, **kwargs):
        if typed := typed_at_desk(request):
            _fill(context, typed)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _fill(context, typed):
    """The blank form and its rows become bound to what was typed; nothing is saved, for saving is of a POST alone."""
    form = context["adminform"].form
    form.data, form.is_bound = typed, True
    for rows in context["inline_admin_formsets"]:
        blank = rows.formset
        if f"{blank.prefix}-TOTAL_FORMS" in typed:
            rows.formset = type(blank)(typed, instance=blank.instance, prefix=blank.prefix, queryset=blank.queryset)


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

    def by_app(self):
        """As templates ask: `perms.eboi.view_case`."""
        apps: dict = {}
        for right in self.key[4]:
            app, codename = right.split(".", 1)
            apps.setdefault(app, {})[codename] = True
        return apps

    def list_apps(self):
        request, self.request = self.request, None
        return super(Desk, self.site).get_app_list(request, self.key[1])


@lru_cache(maxsize=200)
def _apps_of(rights):
    return rights.list_apps()


@lru_cache(maxsize=1000)
def _sidebar(rights, place):
    """The menu beside every page of the desk, drawn once for a set of rights and a place in it."""
    context = {"available_apps": _apps_of(rights), "request": {"path": place}}
    rights.request = None  # the key stays in the cache; the request must not
    return mark_safe(render_to_string("admin/nav_sidebar.html", context))  # noqa: S308  our own template


@lru_cache(maxsize=200)
def _frame(rights, place, template_name, has_position, versions, names, _surroundings):
    """Of a page of the desk all but what is its own. Rights in it are those of the key; a frame knows no person and no request."""
    named = {"get_short_name": place_of("user_name"), "position": has_position and place_of("user_position")}
    context = {
        "is_outline": True, "has_permission": True, "user": named, "perms": rights.by_app(), "sidebar": _sidebar(rights, place),
        "is_nav_sidebar_enabled": True, "site_header": Desk.site_header, "site_title": Desk.site_title, "is_demo": settings.IS_DEMO,
        "account_url": "account_overview", "request": {"path": place}, **dict(versions),
    }  # fmt: skip
    rights.request = None
    return Outline(template_name, context, names)


def _alerts(request):
    return render_to_string("components/alerts.html", {"request": request}) if request.alerts else ""


def _told(request):
    """Messages, which are told once: to whoever they wait for."""
    waiting = list(get_messages(request))
    return render_to_string("admin/messages.html", {"messages": waiting}) if waiting else ""


def _place(path):
    """As far as the menu marks where one is: the list of a model, not the object."""
    return "/".join(path.split("/")[:4]) + "/"
