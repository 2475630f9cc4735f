"""The supervisor's desk of the gate: devices, who works there, visits with their corrections."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from office.admin_buttons import Button, DeskAdmin
from pszok import rules
from pszok.actions import corrections, shifts
from pszok.forms.desk import AllowForm, CorrectForm, DeviceForm, OperatorForm, PinForm
from pszok.limits import balances_of
from pszok.models import GateDevice, GateOperator, QuotaAllowance, Visit
from pszok.statuses import VisitStatus

SUPERVISE = "pszok.supervise_point"


def _works(device, user):
    return device.revoked_at is None


def _works_here(operator, user):
    return operator.ended_at is None


class Current(admin.SimpleListFilter):
    """What is in use, and what was and is kept for its visits; at first what is in use."""

    parameter_name = "dzis"
    ended: str
    words: tuple[Any, Any]

    def lookups(self, request, model_admin):
        return [("nie", self.words[1]), ("oba", _("wszystkie"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": self.words[0]}, *others]

    def queryset(self, request, queryset):
        if self.value() == "oba":
            return queryset
        return queryset.filter(**{f"{self.ended}__isnull": self.value() != "nie"})


class StillWorks(Current):
    title, ended, words = _("które"), "revoked_at", (_("działające"), _("wycofane"))


class StillHere(Current):
    title, ended, words = _("kto"), "ended_at", (_("pracują"), _("już nie pracują"))


class AddingDesk(DeskAdmin):
    """Adding is a verb too: the form is filled in, `add(...)` makes the row."""

    may_add = True
    form_to_add: type[forms.ModelForm]

    def get_form(self, request, obj=None, **kwargs):
        return self.form_to_add if obj is None else super().get_form(request, obj, **kwargs)

    def get_fields(self, request, obj=None):
        return list(self.form_to_add.base_fields) if obj is None else self.fields

    def has_add_permission(self, request):
        return self.may_add and request.user.has_perm(SUPERVISE)

    def save_model(self, request, obj, form, change):
        """Django goes on with `obj`: it becomes the row that the verb made."""
        made = self.add(request, form)
        obj.pk, obj._state.adding = made.pk, False
        obj.refresh_from_db()

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, self.added)
        return HttpResponseRedirect(reverse(f"admin:pszok_{self.opts.model_name}_change", args=[obj.pk]))

    def log_addition(self, request, obj, message):
        """History is kept by the database (pghistory)."""


@admin.register(GateDevice)
class GateDeviceAdmin(AddingDesk):
    """A new device shows its one-time code until it is typed on the device, a quarter of an hour at most."""

    change_form_template = "admin/pszok/device.html"

    class Media:
        css = {"all": ["css/pszok_desk.css"]}

    form_to_add = DeviceForm
    added = _("Dodano urządzenie. Wpisz na nim kod widoczny poniżej.")
    list_display = ["name", "point", "state", "operator", "signed_on_at"]
    list_filter = ["point", StillWorks]
    list_select_related = ["point", "operator"]
    fields = ["name", "point", "enrolled_at", "operator", "signed_on_at", "revoked_at"]
    buttons = [
        Button(_("Nowy kod"), shifts.new_code, needs=SUPERVISE, when=_works,
               confirm=_("Urządzenie, które ma tę nazwę teraz, przestanie działać do czasu wpisania nowego kodu.")),
        Button(_("Wycofaj urządzenie"), shifts.revoke, needs=SUPERVISE, when=_works, tone="danger",
               confirm=_("Urządzenie przestanie działać od razu. Wizyty zostaną w historii. Tego nie da się cofnąć.")),
    ]  # fmt: skip

    def add(self, request, form):
        return shifts.add_device(**form.cleaned_data, by=request.user, moment=timezone.now())

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm(SUPERVISE):
            context |= {
                "code": shifts.code_of(obj, timezone.now()),
                "gate_url": request.build_absolute_uri(reverse("pszok:gate")),
            }
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("stan"))
    def state(self, device):
        if device.revoked_at:
            return _("wycofane")
        if device.secret_hash is None:
            return _("czeka na kod")
        return _("w pracy") if rules.operator_of(device, timezone.now()) else _("bez zmiany")


@admin.register(GateOperator)
class GateOperatorAdmin(AddingDesk):
    form_to_add = OperatorForm
    added = _("Dodano pracownika. Na urządzeniu wybierze swoje imię i wpisze PIN.")
    list_display = ["name", "point", "user", "locked_until", "ended_at"]
    list_filter = ["point", StillHere]
    list_select_related = ["point", "user"]
    search_fields = ["name"]
    fields = ["name", "point", "user", "wrong_pins", "locked_until", "ended_at"]
    buttons = [
        Button(_("Ustaw nowy PIN"), shifts.set_pin, needs=SUPERVISE, form=PinForm, when=_works_here,
               done=_("Ustawiono nowy PIN. Blokada po pomyłkach jest zdjęta.")),
        Button(_("Zakończ pracę tej osoby"), shifts.end_operator, needs=SUPERVISE, when=_works_here, tone="danger",
               confirm=_("Zniknie z listy na urządzeniach i zostanie wylogowana od razu. Jej wizyty zostaną.")),
    ]  # fmt: skip

    def add(self, request, form):
        return shifts.add_operator(**form.cleaned_data, by=request.user)


def _has_standing_line(visit, user):
    return visit.status == VisitStatus.CLOSED and visit.lines.standing().exists()


def _is_open_at_home(visit, user):
    return visit.status == VisitStatus.OPEN and visit.dwelling_id is not None


def allow_over(visit, *, by, moment, **typed):
    return corrections.allow_over(visit, **typed, by=by, moment=moment)


def correct_line(visit, *, line, by, moment, **typed):
    return corrections.correct_line(line, **typed, by=by, moment=moment)


class OpenFirst(admin.SimpleListFilter):
    """Visits in progress, and those that a supervisor looks for after the fact."""

    title = _("na co patrzeć")
    parameter_name = "co"

    def lookups(self, request, model_admin):
        return [("poza", _("poza godzinami")), ("korekty", _("z korektą")), ("czesc", _("z nieprzyjętą częścią"))]

    def queryset(self, request, queryset):
        if self.value() == "poza":
            return queryset.exclude(outside_hours_reason="")
        if self.value() == "korekty":
            return queryset.filter(pk__in=queryset.filter(lines__reverses__isnull=False).values("pk"))
        if self.value() == "czesc":
            return queryset.filter(pk__in=queryset.filter(refused_amounts__isnull=False).values("pk"))
        return queryset


@admin.register(Visit)
class VisitAdmin(DeskAdmin):
    """A visit with its lines, what was turned away, and the balances of the dwelling. Nothing is edited: lines are reversed (R63)."""

    change_form_template = "admin/pszok/visit.html"
    purpose = _("nadzór nad GPSZOK")
    list_display = ["opened_at", "dwelling", "status", "proof", "operator", "refusal"]
    list_filter = ["status", OpenFirst, "proof", "refusal", "point", "opened_at"]
    list_select_related = ["dwelling__address", "operator"]
    date_hierarchy = "opened_at"
    search_fields = ["dwelling__address__search", "operator__name"]
    search_help_text = _("Ulica i numer małymi literami, bez polskich znaków, albo nazwisko przyjmującego.")
    fields = [
        "point",
        "device",
        "operator",
        "dwelling",
        "proof",
        "person",
        "rules_on",
        "opened_at",
        "outside_hours_reason",
        "closed_at",
        "refusal",
    ]
    buttons = [
        Button(_("Pozwól ponad limit"), allow_over, needs=SUPERVISE, form=AllowForm, when=_is_open_at_home),
        Button(_("Popraw pozycję"), correct_line, needs=SUPERVISE, form=CorrectForm, when=_has_standing_line),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.person_id

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {"lines": _with_names(obj), "refused": obj.refused_amounts.select_related("fraction")}
            context |= {"balances": balances_of(obj.dwelling, obj.rules_on) if obj.dwelling else []}
            context["allowances"] = _allowances(obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


def _with_names(visit) -> list[dict]:
    """Lines with who wrote them: the operator of the visit, or a supervisor who corrected."""
    found = list(
        visit.lines.select_related("fraction", "code", "reversed_by", "surplus__rule", "surplus__payment").order_by("sequence")
    )
    names = {visit.operator.subject: visit.operator.name}
    names |= dict(User.objects.filter(subject__in={line.by for line in found} - set(names)).values_list("subject", "name"))
    return [{"line": line, "who": names.get(line.by, "")} for line in found]


def _allowances(visit):
    """Consents over the limits of the dwelling in the visit's year."""
    if visit.dwelling_id is None:
        return []
    found = QuotaAllowance.objects.filter(balance__dwelling=visit.dwelling_id, at__year=localdate(visit.opened_at).year)
    return found.select_related("balance__rule").order_by("at")
