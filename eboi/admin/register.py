"""The incoming register on the desk: entering letters, saying what they are, opening cases on them."""

import re

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from eboi import exports
from eboi.actions import cases, register
from eboi.admin.forms import NEW_PERSON, DirectForm, LetterForm, MarkForm, OpenCaseForm, ReasonForm, ScanForm, SenderForm
from eboi.admin.registers import RegisterDesk
from eboi.models import Attachment, Case, IncomingLetter, Scan
from eboi.models.filing import LetterChannel
from eboi.statuses import LetterStatus
from office import audit
from office.admin_buttons import Button
from office.files import held_by
from office.transitions import Refused
from residents.actions.people import declare_person
from residents.models import Person
from schemas.definition import compiled
from schemas.readable import readable

RPW = re.compile(r"(?:RPW/)?(\d{1,9})/(\d{4})", re.IGNORECASE)


def choose_sender(letter, *, person, first_name, last_name, pesel, mail_address, find, by, moment):
    """Name a known person as the sender, or enter a new one into the register of persons and name that one."""
    if person == NEW_PERSON:
        known = declare_person(
            account=None, first_name=first_name, last_name=last_name, pesel=pesel or None, mail_address=mail_address,
            by=by, moment=moment,
        )  # fmt: skip
    else:
        known = Person.objects.standing().get(pk=person)
    register.name_sender(letter, person=known, by=by, moment=moment)


def attach_to_case(letter, *, mark, by, moment):
    """Into a case of the clerk's own units, named by its mark."""
    case = Case.objects.in_units_of(by).select_related("person", "matter", "unit").filter(mark=mark.upper()).first()
    if case is None:
        raise Refused(_("W Twoich komórkach nie ma sprawy %(mark)s.") % {"mark": mark})
    cases.attach_letter(letter, case=case, by=by, moment=moment)


def _has_no_sender(letter, user):
    return letter.status in (LetterStatus.REGISTERED, LetterStatus.DIRECTED) and letter.sender_id is None


def _has_sender(letter, user):
    return letter.sender_id is not None


def _is_not_of_portal(letter, user):
    return letter.channel != LetterChannel.PORTAL


def _expected_unit(letter):
    """The unit that has it, or the one that handles the matter chosen by the sender."""
    return {"unit": letter.unit_id or (letter.matter.unit_id if letter.matter else None)}


class StateFilter(admin.SimpleListFilter):
    """What still waits for somebody to say what it is comes first; the rest is asked for."""

    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("wszystkie", _("wszystkie")), *LetterStatus.choices]

    def choices(self, changelist):
        waiting = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=[self.parameter_name]),
                   "display": _("czekające")}  # fmt: skip
        return [waiting, *list(super().choices(changelist))[1:]]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset if request.GET.get("q") else queryset.awaiting()
        return queryset if self.value() == "wszystkie" else queryset.filter(status=self.value())


@admin.register(IncomingLetter)
class IncomingLetterAdmin(RegisterDesk):
    """The kancelaria sees the whole register, other clerks what was handed to their units."""

    change_form_template = "admin/eboi/letter.html"
    change_list_template = "admin/eboi/change_list.html"
    export = ("rejestr-przesylek", exports.REGISTER_COLUMNS, exports.register_rows)
    export_people = "sender"
    number_shape = RPW
    shown = ["sender", "unit", "case", "matter", "submission__form_version__definition"]
    list_display = ["rpw", "received", "sender_name", "subject", "unit_symbol", "state"]
    list_display_links = ["rpw"]
    list_filter = [StateFilter, "channel", ("unit", admin.RelatedOnlyFieldListFilter), "received_at"]
    list_select_related = ["unit", "case"]
    search_fields = ["sender_name", "subject", "letter_mark", "case__mark"]
    search_help_text = _("Numer RPW, nadawca, treść, znak pisma, znak sprawy albo pełny numer PESEL.")
    form = LetterForm
    add_title = _("Zarejestruj przesyłkę")
    fields = [
        "channel", "received_at", "sender_name", "subject", "letter_on", "letter_mark", "attachments_count", "unit",
    ]  # fmt: skip
    buttons = [
        Button(_("Wskaż nadawcę"), choose_sender, form=SenderForm, needs="eboi.open_case", when=_has_no_sender),
        Button(_("Załóż sprawę"), cases.open_case, to=LetterStatus.ATTACHED, form=OpenCaseForm, needs="eboi.open_case",
               when=_has_sender, initial=lambda letter: {"matter": letter.matter_id}),
        Button(_("Skieruj do komórki"), register.direct, to=LetterStatus.DIRECTED, form=DirectForm, needs="eboi.direct_letter",
               initial=_expected_unit),
        Button(_("Dołącz do sprawy"), attach_to_case, to=LetterStatus.ATTACHED, form=MarkForm, needs="eboi.open_case",
               tone="secondary"),
        Button(_("Zwróć do kancelarii"), register.give_back, to=LetterStatus.REGISTERED, form=ReasonForm,
               needs="eboi.open_case", tone="secondary"),
        Button(_("Dodaj skan"), register.add_scan, form=ScanForm, needs="eboi.register_letter", when=_is_not_of_portal,
               tone="secondary"),
        Button(_("Odłóż bez sprawy"), register.note, to=LetterStatus.NOTED, form=ReasonForm, needs="eboi.direct_letter",
               tone="secondary"),
    ]  # fmt: skip

    @admin.display(description=_("wpłynęło"), ordering="received_at")
    def received(self, letter):
        when = timezone.localtime(letter.received_at).strftime("%d.%m.%Y %H:%M")
        return format_html('{} <span class="desk-under">{}</span>', when, letter.get_channel_display())

    @admin.display(description=_("komórka"), ordering="unit__symbol", empty_value=_("brak"))  # type: ignore[call-overload]  # lazy
    def unit_symbol(self, letter):
        return letter.unit.symbol if letter.unit else None

    @admin.display(description=_("stan"), ordering="status")
    def state(self, letter):
        return letter.case.mark if letter.case else letter.get_status_display()

    @admin.display(description="RPW", ordering=F("year") * 1_000_000 + F("number"))
    def rpw(self, letter):
        return letter.rpw

    def get_changeform_initial_data(self, request):
        return {"received_at": timezone.localtime(), "attachments_count": 0, "channel": "paper"}

    def save_model(self, request, obj, form, change):
        """The verb stores the letter; the desk only learns its number (L9)."""
        stored = register.register_letter(**form.cleaned_data, by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def _page(self, request, obj, button, form, refusal=""):
        """The people offered as senders are told that a clerk saw them (S28)."""
        if people := [person.pk for person in getattr(form, "found", [])]:
            what, purpose = _("lista osób do wskazania nadawcy %(rpw)s") % {"rpw": obj.rpw}, str(self.purpose)
            audit.record_reads(reader=request.user, people=people, what=what, purpose=purpose, about=obj)
        return super()._page(request, obj, button, form, refusal)

    def person_of(self, letter):
        return letter.sender_id

    def party_of(self, letter):
        return letter.sender

    def files_of(self, letter):
        """What came with the filing, or the scans of a letter on paper."""
        sent, scanned = Attachment.objects.filter(submission__letter=letter), Scan.objects.filter(letter=letter)
        return list(held_by(sent.values("file"), scanned.values("file")))

    def extra_context(self, request, letter):
        return {"sections": answers_of(letter.submission) if letter.submission_id else []}


def answers_of(submission):
    """What was filed, as people read it, PESEL masked (S55)."""
    return readable(compiled(submission.form_version_id), submission.answers, submission.computed)
