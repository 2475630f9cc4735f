"""The register of persons at the desk. Nobody browses it: one looks somebody up, and that person will read who did."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.kept import typed_at_desk
from office.admin_buttons import Button, DeskAdmin
from office.audit import record_reads
from office.shown_once import ShownOnce
from office.transitions import Refused
from residents import actions, rules
from residents.admin import forms
from residents.models import Person

MOST = 30  # people in one look-up; more means: ask more exactly
CONFIRM = "residents.confirm_identity"


def _is_other(person, user):
    """L11: neither oneself nor one's household."""
    return person.merged_into_id is None and not rules.is_own_or_family(user, person, timezone.localdate())


def _is_unconfirmed(person, user):
    return _is_other(person, user) and not rules.is_identity_confirmed(person)


def _needs_code(person, user):
    return _is_other(person, user) and not (person.account_id and rules.is_identity_confirmed(person))


def _has_confirmation(person, user):
    return _is_other(person, user) and rules.is_identity_confirmed(person)


def _has_account(person, user):
    return _is_other(person, user) and person.account_id is not None


def _has_home(person, user):
    return _is_other(person, user) and person.memberships.filter(until__isnull=True).exists()


def _has_pesel(person, user):
    return person.pesel is not None


def revoke_confirmations(person, *, by, moment):
    """The button's verb: take back whatever stands."""
    for confirmation in person.identity_confirmations.standing():
        actions.revoke_confirmation(confirmation, by=by, moment=moment)


ONCE = [
    Button(
        _("Wydaj kod z urzędu"),
        actions.issue_desk_code,
        needs=CONFIRM,
        when=_needs_code,
        confirm=_("Porównaj dokument z danymi w kartotece. Kod zobaczysz tylko raz; wcześniejsze kody tej osoby stracą ważność."),
    ),
    Button(
        _("Pokaż pełny PESEL"),
        actions.reveal_pesel,
        needs="residents.reveal_pesel",
        when=_has_pesel,
        form=forms.PurposeForm,
        tone="secondary",
    ),
]


@admin.register(Person)
class PersonAdmin(ShownOnce, DeskAdmin):
    may_add = True
    once = ONCE
    code_hint = _("Wpisze go w portalu: „Moje dane”, „Wpisz kod z urzędu”.")
    purpose = _("obsługa w urzędzie")
    fields = [
        "first_name", "last_name", "masked_pesel", "born_on", "identity", "account", "email", "phone_shown", "mail_address",
        "homes", "residency", "merged_into",
    ]  # fmt: skip
    readonly_fields = ["masked_pesel", "identity", "phone_shown", "homes", "residency", "merged_into"]
    buttons = [
        Button(_("Potwierdź tożsamość"), actions.confirm_identity_at_desk, needs=CONFIRM, form=forms.ConfirmForm, when=_is_unconfirmed),
        Button(_("Popraw dane"), actions.correct_person, needs="residents.change_person", form=forms.CorrectionForm,
               when=_is_other, tone="secondary"),
        Button(_("Zapisz gospodarstwo"), actions.join_household, needs="residents.change_person", form=forms.HouseholdForm,
               when=_is_other, tone="secondary"),
        Button(_("Wypisz z gospodarstwa"), actions.leave_household, needs="residents.change_person", form=forms.LeaveForm,
               when=_has_home, tone="secondary"),
        Button(_("Stwierdź zamieszkanie"), actions.grant_residency, needs="residents.grant_residency",
               form=forms.ResidencyForm, when=_is_other, tone="secondary"),
        Button(_("Cofnij potwierdzenie"), revoke_confirmations, needs=CONFIRM, when=_has_confirmation, tone="danger",
               confirm=_("Tożsamość znów będzie tylko podana. Dotychczasowe potwierdzenie zostanie w historii.")),
        Button(_("Odłącz konto"), actions.detach_account, needs=CONFIRM, when=_has_account, tone="danger",
               confirm=_("Właściciel konta przestanie widzieć sprawy tej osoby. Nowe konto połączy kod z urzędu.")),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.pk

    # Looking up

    def changelist_view(self, request, extra_context=None):
        """Search by POST instead of a list to leaf through. Each person found is told of it (L37)."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = forms.LookUpForm(request.POST if request.method == "POST" else None)
        found = self._looked_up(request, form) if form.is_bound and form.is_valid() else None
        form = forms.LookUpForm() if found is not None else form  # a PESEL that was typed does not stay on the screen
        return self._shown(request, "admin/residents/look_up.html", title=_("Osoby"), form=form, most=MOST, **_cut(found))

    def _looked_up(self, request, form):
        rows = Person.objects.standing().search(form.cleaned_data["text"]).with_identity().order_by("search")
        found = list(rows[: MOST + 1])
        people = [person.pk for person in found[:MOST]]
        record_reads(reader=request.user, people=people, what=str(_("wynik wyszukania w kartotece")), purpose=str(self.purpose))
        return found

    # Entering someone who writes on paper

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = forms.NewPersonForm(request.POST if request.method == "POST" else typed_at_desk(request))
        if request.method == "POST" and form.is_valid():
            try:
                person = actions.declare_person(account=None, by=request.user, moment=timezone.now(), **form.cleaned_data)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("Osoba jest w kartotece."))
                return HttpResponseRedirect(self._object_url(person))
        return self._shown(request, "admin/residents/new_person.html", title=_("Nowa osoba"), form=form)

    def _shown(self, request, template, **context):
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "may_add": self.has_add_permission(request),
            **context,
        }
        page["list_url"] = reverse(f"admin:{self._url_name('changelist')}", current_app=self.admin_site.name)
        form = page["form"]
        return TemplateResponse(request, template, page, status=422 if form.is_bound and form.errors else 200)

    # Facts on the page

    @admin.display(description="PESEL")
    def masked_pesel(self, obj):
        return obj.masked_pesel or self.get_empty_value_display()

    @admin.display(description=_("Telefon"))
    def phone_shown(self, obj):
        return obj.phone_in_words or self.get_empty_value_display()

    @admin.display(description=_("Tożsamość"))
    def identity(self, obj):
        rows = [(one.get_level_display(), one.how, timezone.localtime(one.at)) for one in obj.identity_confirmations.standing()]
        lines = [(f"{level}: {how}, {at:%d.%m.%Y %H:%M}",) for level, how, at in rows]
        return format_html_join("\n", "<div>{}</div>", lines) or _("podana przez mieszkańca, do potwierdzenia")

    @admin.display(description=_("Gospodarstwo"))
    def homes(self, obj):
        rows = obj.memberships.select_related("household__dwelling__address").order_by("-since")
        lines = [(f"{one.household}, od {one.since:%d.%m.%Y}{_until(one.until)}", self._beside(one)) for one in rows]
        return format_html_join("\n", "<div>{}{}</div>", lines) or self.get_empty_value_display()

    def _beside(self, member):
        others = member.household.members.exclude(person=member.person).filter(until__isnull=True).select_related("person")
        return f", razem z: {', '.join(str(one.person) for one in others)}" if others else ""

    @admin.display(description=_("Mieszkaniec miasta"))
    def residency(self, obj):
        lines = [
            (f"{one.basis}, od {one.valid_from:%d.%m.%Y}{_until(one.valid_to)}",)
            for one in obj.residency_proofs.order_by("-valid_from")
        ]
        return format_html_join("\n", "<div>{}</div>", lines) or self.get_empty_value_display()


def _cut(found):
    return {"found": found, "shown": (found or [])[:MOST], "is_cut": found is not None and len(found) > MOST}


def _until(day):
    return f" do {day:%d.%m.%Y}" if day else ""
