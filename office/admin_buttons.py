"""Verbs as buttons of the desk: shown only where the transition table has the arrow and the clerk has the permission.

A verb that needs nothing typed is one POST from the object's page; one with a `form` or a `confirm` text has a page of its own.
What the clerk saw is sent along: when the object has moved meanwhile, nothing is done and the clerk is told (StaleStatus).
"""

import inspect
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.desk import ShowsTyped
from accounts.kept import typed_at_desk
from office import audit, files, scanning
from office.compiled import compiled
from office.models import StatusChange, StoredFile
from office.transitions import CLERK, RESIDENT, SYSTEM, Refused
from ui.addresses import address_of

TONES = ("primary", "secondary", "danger")
SHOWN_BESIDE = 2  # more secondary verbs than this are folded under „Więcej czynności”
SIDE_WORDS = {RESIDENT: gettext_lazy("mieszkaniec"), CLERK: gettext_lazy("urząd"), SYSTEM: gettext_lazy("portal")}


@dataclass(frozen=True, kw_only=True)
class _Options:
    to: str | None = None
    needs: str | None = None
    form: type[forms.Form] | None = None
    confirm: str | Promise = ""
    when: Callable[[Any, Any], bool] | None = None
    done: str | Promise = ""
    tone: str = "primary"
    name: str = ""
    initial: Callable[[Any], dict] | None = None


@dataclass(frozen=True)
class Button(_Options):
    """A verb of the desk: `verb(obj, by=user, **form.cleaned_data)`, with `moment=` or `day=` if it asks for them.

    `to`: the status the verb moves to; the button hides where the table has no such arrow. `needs`: the permission;
    without one the right to see the object is enough. `when(obj, user)`: a rule on top of both. `form`: what has to be typed;
    a form that takes `obj` gets it. `confirm`: a sentence to read before. `done`: what is said afterwards.
    """

    label: str | Promise = field(kw_only=False)
    verb: Callable[..., Any] = field(kw_only=False)

    def __post_init__(self):
        if self.tone not in TONES:
            raise ValueError(f"tone is one of {TONES}")
        object.__setattr__(self, "name", self.name or self.verb.__name__)

    @property
    def has_page(self) -> bool:
        return bool(self.form or self.confirm)

    def is_allowed(self, user) -> bool:
        return self.needs is None or user.has_perm(self.needs)

    def fits(self, obj: Any, user) -> bool:
        """Does the table have the arrow from where the object is, and does the rule agree?"""
        has_arrow = self.to is None or self.to in type(obj).TRANSITIONS.get(obj.status, {})
        return has_arrow and (self.when is None or bool(self.when(obj, user)))

    def press(self, obj: models.Model, user, typed: dict) -> Any:
        asked = inspect.signature(self.verb).parameters
        times: dict[str, Callable[[], Any]] = {"moment": timezone.now, "day": timezone.localdate}
        given = {name: now() for name, now in times.items() if name in asked and name not in typed}
        return self.verb(obj, by=user, **given, **typed)

    def blank(self, obj: models.Model, *data) -> forms.Form:
        """The button's form for this object, filled with what was posted; an empty one when nothing has to be typed."""
        form: Callable[..., forms.Form] = self.form or forms.Form
        extra = {"obj": obj} if "obj" in inspect.signature(form).parameters else {}
        initial = {"initial": self.initial(obj)} if self.initial else {}
        return form(*data, **extra, **initial)


class ActionButtons:
    """Mixin of a ModelAdmin: `buttons = [Button(...), ...]`, in the order in which a clerk thinks."""

    buttons: list[Button] = []
    opts: Any
    admin_site: Any

    def get_urls(self):
        view = self.admin_site.admin_view(self.verb_view)
        ours = path("<path:object_id>/czynnosc/<slug:name>/", view, name=self._url_name("verb"))
        return [ours, *super().get_urls()]

    def _url_name(self, what: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{what}"

    def buttons_for(self, request: HttpRequest, obj: models.Model) -> list[dict]:
        """What the object's page shows: the buttons that this clerk may press now."""
        user, seen = request.user, _seen(obj)
        has = {right: right is None or user.has_perm(right) for right in {button.needs for button in self.buttons}}
        return [
            {"button": button, "url": self._verb_url(obj, button), "seen": seen}
            for button in self.buttons
            if has[button.needs] and button.fits(obj, user)
        ]

    def _laid_out(self, buttons: list[dict]) -> dict[str, list[dict]]:
        """How the page shows them: the next verb largest, other ways forward beside it, a crowd of the rest folded.

        What ends or refuses is never the largest. With no way forward from here the first of the rest stay in the open: a page of one
        closed fold tells nothing.
        """
        forward = [item for item in buttons if item["button"].tone == "primary"]
        ends = [item for item in buttons if item["button"].tone == "danger"]
        rest = [item for item in buttons if item["button"].tone == "secondary"]
        in_open = 0 if forward and len(rest) > SHOWN_BESIDE else SHOWN_BESIDE
        return {"next": forward[:1], "beside": forward[1:] + rest[:in_open] + ends, "more": rest[in_open:]}

    def _verb_url(self, obj, button: Button) -> str:
        return address_of(f"admin:{self._url_name('verb')}", obj.pk, button.name)

    def verb_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        return require_http_methods(["GET", "POST"])(self._press)(request, object_id, name)

    def _press(self, request, object_id, name):
        obj = self.get_object(request, unquote(object_id))
        button = next((button for button in self.buttons if button.name == name), None)
        if obj is None or button is None or not self.has_view_or_change_permission(request, obj):
            raise Http404
        if not button.is_allowed(request.user):
            raise PermissionDenied
        if request.method == "GET":
            return self._asked(request, obj, button) if button.has_page else self._back(request, obj)
        return self._posted(request, obj, button)

    def _asked(self, request, obj, button):
        """The verb's page: empty, or with what was typed before the session ended."""
        typed = typed_at_desk(request)
        if typed is None:
            return self._page(request, obj, button, button.blank(obj))
        return self._page(request, obj, button, button.blank(obj, typed), _why_not(button, obj, request.user, typed))

    def _posted(self, request, obj, button):
        form = button.blank(obj, request.POST, request.FILES)
        refusal = _why_not(button, obj, request.user, request.POST)
        if refusal or not form.is_valid():
            return self._page(request, obj, button, form, refusal)
        try:
            button.press(obj, request.user, form.cleaned_data)
        except Refused as refused:
            obj.refresh_from_db()
            return self._page(request, obj, button, form, str(refused))
        except ValidationError as error:  # a file that can not be taken is told beside its field
            form.add_error(next((name for name, field in form.fields.items() if isinstance(field, forms.FileField)), None), error)
            return self._page(request, obj, button, form)
        messages.success(request, button.done or _("Wykonano: %(verb)s.") % {"verb": button.label})
        return self._back(request, obj)

    def _page(self, request, obj, button, form, refusal=""):
        """The verb's own page. After a refusal it is shown again with the reason next to the button and nothing lost."""
        context = {
            **self.admin_site.each_context(request),
            "title": button.label, "opts": self.opts, "original": obj, "button": button, "form": form, "refusal": refusal,
            "seen": _seen(obj), "fits": button.fits(obj, request.user), "object_url": self._object_url(obj),
        }  # fmt: skip
        status = 409 if refusal else 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/office/verb.html", context, status=status)

    def _object_url(self, obj):
        return reverse(f"admin:{self._url_name('change')}", args=[obj.pk], current_app=self.admin_site.name)

    def _back(self, request, obj):
        """To the object, or to the list when the verb took it out of this clerk's sight."""
        if self.get_queryset(request).filter(pk=obj.pk).exists():
            return HttpResponseRedirect(self._object_url(obj))
        return HttpResponseRedirect(reverse(f"admin:{self._url_name('changelist')}", current_app=self.admin_site.name))


def _seen(obj) -> str:
    return str(getattr(obj, "status", ""))


def _why_not(button: Button, obj, user, posted) -> str:
    if not button.fits(obj, user):
        return _("Tej czynności nie można już wykonać: stan sprawy zmienił się w międzyczasie.")
    if posted.get("seen", "") != _seen(obj):
        return _("Ktoś był szybszy i stan sprawy jest już inny. Sprawdź go; jeśli nadal chcesz, wykonaj czynność jeszcze raz.")
    return ""


class DeskAdmin(ActionButtons, ShowsTyped, admin.ModelAdmin):
    """A desk that shows and never edits: what may be added, changed or deleted by hand is declared (S27).

    Each look at one object, its files and its export is written down for the person that `person_of(obj)` names (S28, L37).
    `files_of(obj)` gives the StoredFiles listed on the page; only clean ones open (S52). The moves of the object stay in view.
    """

    may_add = may_change = may_delete = False
    purpose: str | Promise = gettext_lazy("prowadzenie sprawy")
    change_form_template = "admin/office/object.html"
    actions = None
    show_full_result_count = False
    list_per_page = 50

    def person_of(self, obj: models.Model) -> uuid.UUID | None:
        """The residents.Person.id whose data the page shows; None when it shows nobody's."""
        return None

    def files_of(self, obj: models.Model) -> list[StoredFile]:
        return []

    def has_add_permission(self, request):
        return self.may_add and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.may_change and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and super().has_delete_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        """Django counts the right to change as a right to view; so do we, though nothing is changed by hand."""
        return any(request.user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}") for verb in ("view", "change"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<path:object_id>/plik/<uuid:file_id>/", view, name=self._url_name("file")), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            self.record_read(request, obj, what=f"{self.opts.verbose_name}: {obj}")
            context |= self.page_parts(request, obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def page_parts(self, request, obj) -> dict[str, Any]:
        """What the page of each object has: its verbs, its history, its files."""
        buttons, files_shown = self.buttons_for(request, obj), self._file_rows(obj)
        return {
            "buttons": buttons, "verbs": self._laid_out(buttons), "moves": moves_of(obj), "files": files_shown,
            "scanner_notice": scanning.notice() if files_shown else "",
        }  # fmt: skip

    def record_read(self, request, obj, *, what: str) -> None:
        if person := self.person_of(obj):
            audit.record_read(reader=request.user, person=person, what=what, purpose=str(self.purpose), about=obj)

    def history_view(self, request, object_id, extra_context=None):
        """The history is on the object's page, always in view."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_or_change_permission(request, obj):
            raise Http404
        return HttpResponseRedirect(self._object_url(obj))

    def _file_rows(self, obj) -> list[dict]:
        name = f"admin:{self._url_name('file')}"
        return [
            {"file": stored, "url": reverse(name, args=[obj.pk, stored.pk], current_app=self.admin_site.name)}
            for stored in self.files_of(obj)
        ]

    def file_view(self, request: HttpRequest, object_id: str, file_id: uuid.UUID) -> HttpResponseBase:
        return require_safe(self._open_file)(request, object_id, file_id)

    def _open_file(self, request, object_id, file_id):
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_or_change_permission(request, obj):
            raise Http404
        stored = next((stored for stored in self.files_of(obj) if stored.pk == file_id), None)
        if stored is None:
            raise Http404
        try:
            answer = files.open_for_clerk(stored)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(self._object_url(obj))
        self.record_read(request, obj, what=_("plik „%(name)s”") % {"name": stored.name})
        return answer


def moves_of(obj: models.Model) -> list[dict]:
    """The history for people to read, the newest first: words for statuses and sides, names of clerks, in one query."""
    if not hasattr(obj, "TRANSITIONS"):
        return []
    words = dict(obj._meta.get_field("status").choices or ())
    return [
        {
            "at": change.at, "note": change.note,
            "who": change.who or SIDE_WORDS[change.side if change.actor else SYSTEM],
            "from_word": words.get(change.from_status, change.from_status),
            "to_word": words.get(change.to_status, change.to_status),
        }
        for change in _moves(kind=obj._meta.label_lower, pk=obj.pk)
    ]  # fmt: skip


@compiled
def _moves(*, kind: str, pk: uuid.UUID) -> models.QuerySet[StatusChange]:
    """The newest first, each with the name of the clerk who made it as `who`."""
    clerk = get_user_model().objects.filter(subject=OuterRef("actor"), is_staff=True).order_by().values("name")
    return StatusChange.objects.filter(object_type=kind, object_id=pk).annotate(who=Subquery(clerk[:1])).order_by("-at", "-pk")
