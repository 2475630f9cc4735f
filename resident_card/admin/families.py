"""Family accounts at the desk: found by name, each look written down for the person, verbs for what comes on paper (R90, Q20)."""

from django import forms
from django.contrib import admin
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from office.audit import record_reads
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import endings, families
from resident_card.models import Membership
from residents.fields import PeselField
from residents.models import Person
from ui.fields import CleanCharField

KEEP = "resident_card.manage_family"
ADMINISTRATOR = Membership.Role.ADMINISTRATOR


class JoinForm(forms.Form):
    """Whoever is joined stands in the register already, entered from the paper application."""

    pesel = PeselField(help_text=_("Osoby z wniosku papierowego, wpisanej wcześniej do kartoteki."))


class AppointForm(forms.Form):
    agrees = forms.BooleanField(
        label=_("Mam przed sobą podpis tej osoby: zgadza się prowadzić konto rodzinne"),
        error_messages={"required": _("Bez podpisanej zgody nikomu nie powierza się konta.")},
    )
    reason = CleanCharField(
        label=_("Dlaczego urząd powierza konto"), max_length=300, multiline=True,
        help_text=_("Na przykład: osoba, która prowadziła konto, odłączyła się, a na koncie zostali sami dorośli."),
        error_messages={"required": _("Napisz, dlaczego.")},
    )  # fmt: skip


def appoint(member, *, agrees, reason, by, moment):
    families.appoint(member, reason=reason, by=by, moment=moment)


def join_by_pesel(member, *, pesel, by, moment):
    found = Person.objects.standing().with_pesel(pesel)
    if found.count() != 1:
        raise Refused(_("W kartotece nie ma dokładnie jednej osoby z tym numerem PESEL. Najpierw wpisz ją albo połącz wpisy."))
    return families.join_on_paper(administrator=member.person, person=found.get(), by=by, moment=moment)


def note_death(member, *, by, moment):
    endings.note_death(member.person, by=by, moment=moment)


def _stands(member, user):
    return member.left_at is None and not rules.is_own_or_familys(user, member.person)


def _runs(member, user):
    return _stands(member, user) and member.role == ADMINISTRATOR


def _may_lead(member, user):
    return _stands(member, user) and member.run_by is None and families.may_administer(member, timezone.localdate())


def _waits(member, user):
    return _stands(member, user) and rules.waits_to_come_of_age(member, timezone.localdate())


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    change_form_template = "admin/resident_card/membership.html"
    purpose = _("obsługa konta rodzinnego")
    list_display = ["person", "role", "run_by", "joined_at", "left_at"]
    list_select_related = ["person"]
    search_fields = ["person__search"]
    search_help_text = _("Nazwisko i imię małymi literami, bez polskich znaków. Wyszukanie zobaczy ta osoba.")
    fields = ["person", "role", "role_reason", "joined_at", "confirmed_at", "left_at"]
    ordering = ["person__search", "-joined_at"]
    buttons = [
        Button(_("Zostaje jako dorosły"), families.stay_of_age, needs=KEEP, when=_waits,
               confirm=_("Masz przed sobą podpis tej osoby: skończyła 18 lat i zostaje w koncie rodzinnym.")),
        Button(_("Dopisz osobę z wniosku papierowego"), join_by_pesel, needs=KEEP, form=JoinForm, when=_runs),
        Button(_("Powierz prowadzenie konta"), appoint, needs=KEEP, form=AppointForm, when=_may_lead,
               done=_("Konto ma osobę prowadzącą. Dorośli, którzy do niego należą, dostaną e-mail.")),
        Button(_("Odłącz z podpisem"), families.detach_at_desk, needs=KEEP, when=_stands, tone="secondary",
               confirm=_("Karta, pakiety i zniżki zostają. Osoba i prowadzący konto dostaną e-mail.")),
        Button(_("Odnotuj zgon"), note_death, needs=KEEP, when=_stands, tone="danger",
               confirm=_("Rejestr mówi, że ta osoba zmarła. Karta i pakiety skończą się od razu, konto rodzinne poprowadzi następny dorosły.")),
    ]  # fmt: skip

    def get_queryset(self, request):
        run = Membership.objects.standing().filter(family=OuterRef("family"), role=ADMINISTRATOR).order_by("joined_at")
        name = Concat(F("person__first_name"), Value(" "), F("person__last_name"))
        return super().get_queryset(request).annotate(run_by=Subquery(run.values(name=name)[:1]))

    def get_search_results(self, request, queryset, search_term):
        """Nobody leafs through families: without a name nothing is shown."""
        if not search_term.strip():
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if shown := getattr(answer, "context_data", {}).get("cl"):
            people = [member.person_id for member in shown.result_list]
            record_reads(
                reader=request.user, people=people, what=str(_("wynik wyszukania kont rodzinnych")), purpose=str(self.purpose)
            )
        return answer

    def person_of(self, obj):
        return obj.person_id

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            relatives = list(obj.family.memberships.exclude(pk=obj.pk).select_related("person").order_by("left_at", "joined_at"))
            people = [member.person_id for member in relatives]
            record_reads(reader=request.user, people=people, what=str(_("skład konta rodzinnego")), purpose=str(self.purpose))
            context |= {"relatives": relatives}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("prowadzi"))
    def run_by(self, member):
        return member.run_by or _("nikt")
