"""The queue and the case on the desk: what is due first, the next verb as the largest button, the whole story on one page."""

import re
from datetime import timedelta
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.utils import display_for_value, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.middleware.csrf import get_token
from django.template.response import SimpleTemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from eboi import exports, letters
from eboi.actions import cases, correspondence, disposal, outgoing, rulings, service
from eboi.admin import forms
from eboi.admin.card import card_drawn
from eboi.admin.case_list import CaseList
from eboi.admin.day import DeskPages, Words
from eboi.admin.dossier import Dossier, case_of
from eboi.admin.impartial import FoundPeople, ImpartialDesk
from eboi.admin.outgoing import RPO
from eboi.admin.register import RPW
from eboi.models import Case, OutgoingLetter, Unit
from eboi.statuses import ENDED, CallStatus, CaseStatus
from eboi.words import term_words
from office.admin_buttons import Button
from office.compiled import compiled
from office.exporting_desk import ExportingDesk
from office.working_days import Calendar
from residents.models import Person
from ui.addresses import address_of

MARK = re.compile(r"[^\W\d]{1,10}\.\d")  # how a case mark begins: a unit's symbol and a class
HANDLE, ASSIGN, SIGN = "eboi.handle_case", "eboi.assign_case", "eboi.sign_decision"


# Verbs on what hangs on the case: its open call, its decision


def send_call(case, *, channel, by, moment):
    rulings.send_call(rulings.open_call(case), channel=channel, by=by, moment=moment)


def accept_answer_on_paper(case, *, by, moment):
    rulings.accept_answer_on_paper(rulings.open_call(case), by=by, moment=moment)


def send_decision(case, *, channel, sent_on, by, moment):
    rulings.send_decision(case.decision, channel=channel, sent_on=sent_on, by=by, moment=moment)


def note_first_notice(case, *, day, by, moment):
    outgoing.note_first_notice(case.dossier.on_its_way, day=day, by=by, moment=moment)


def record_call_service(case, *, by, moment, **service):
    rulings.record_call_service(rulings.open_call(case), by=by, moment=moment, **service)


def take_call_back(case, *, reason, by, moment):
    rulings.take_call_back(rulings.open_call(case), reason=reason, by=by, moment=moment)


def lapse_call(case, *, by, moment):
    rulings.lapse_call(rulings.open_call(case), by=by, moment=moment)


def sign_decision(case, *, by, moment):
    rulings.sign_decision(case.decision, by=by, moment=moment)


def record_delivery(case, *, by, moment, **service):
    rulings.record_delivery(case.decision, by=by, moment=moment, **service)


def record_arrival(case, *, letter, by, moment, **days_and_proof):
    service.record_arrival(letter, by=by, moment=moment, **days_and_proof)


def add_document(case, *, title, upload, by, moment):
    correspondence.add_document(case, title=title, upload=upload, is_from_office=True, by=by, moment=moment)


# When a button fits, besides the table of arrows


def _has_call(status):
    return lambda case, user: bool(case.dossier.open_call) and case.dossier.open_call.status == status


def _has_no_call(case, user):
    return case.status == CaseStatus.IN_PROGRESS and not case.dossier.open_call and _owes_no_notice(case, user)


def _may_send_call(case, user):
    return _has_call(CallStatus.DRAFT)(case, user) and _owes_no_notice(case, user)


def _waits_for_call(case, user):
    return case.status == CaseStatus.WAITING_PARTY


def _call_has_run_out(case, user):
    call = case.dossier.open_call
    return bool(call and call.due_on) and call.due_on < localdate()


def _may_sign(case, user):
    """Somebody else's draft: whoever wrote it last does not sign it."""
    draft = case.dossier.draft_decision
    return draft is not None and draft.drafted_by != user.subject


def _is_not_sent(case, user):
    return case.status == CaseStatus.DECIDED and case.dossier.on_its_way is None


def _may_lie(case, user):
    letter = case.dossier.on_its_way
    return letter is not None and letter.channel in outgoing.WITH_NOTICE and not letter.first_notice_on


def _waits_for_proof(case, user):
    return any(letter.needs_proof for letter in case.dossier.outgoing)


def _came_on_paper(case, user):
    return _waits_for_call(case, user) and case.dossier.has_letter_after_call


def _as_it_went(case):
    """What the register knows of the way and the days of the letter that is out."""
    letter = case.dossier.on_its_way
    return {name: getattr(letter, name) for name in ("channel", "sent_on", "first_notice_on")} if letter else {}


def _is_overdue(case, user):
    return case.dossier.is_overdue


def _owes_no_notice(case, user):
    """L6: what stops the term or leaves the case lying waits for the notice of delay."""
    return not case.dossier.is_overdue


def _is_in_time(case, user):
    return case.is_active and not case.dossier.is_overdue


def _is_in_progress(case, user):
    return case.status == CaseStatus.IN_PROGRESS


def _has_unread(case, user):
    return case.has_unread


def _has_ended(case, user):
    return case.status in ENDED and not _is_held(case, user)


def _is_held(case, user):
    return case.status in ENDED and case.dossier.is_held


def _may_be_appealed(case, user):
    return case.status in (CaseStatus.DECIDED, CaseStatus.SERVED) and not case.appealed_on


def _decision_so_far(case):
    """The draft, or an empty one with the legal basis of the service card."""
    decision = case.dossier.draft_decision
    if decision:
        return {name: getattr(decision, name) for name in ("ruling", "reasons", "legal_basis", "revision")}
    card = case.matter.terms.valid_on(localdate()).order_by("-valid_from").first()
    return {"legal_basis": card.legal_basis if card else "", "revision": 0}


def _letter_of(case, letter):
    if letter == "decyzja" and getattr(case, "decision", None):
        return letters.decision_letter(case.decision, is_copy=False)
    written = next((one for one in [*case.dossier.calls, *case.dossier.outgoing] if str(one.pk) == letter), None)
    if written is None:
        raise Http404
    written.case = case
    if isinstance(written, OutgoingLetter):
        return letters.written_letter(written, case)
    return letters.call_letter(written, is_copy=False)


class Queue(FoundPeople):
    """Puts the term of each row in words, with one calendar for the whole page."""

    def get_results(self, request):
        super().get_results(request)
        calendar, today = Calendar.of_office(), localdate()
        for case in self.result_list:
            due = case.due_on if case.is_active else None
            case.term = term_words(due, today, is_paused=case.is_paused, calendar=calendar)


class StateFilter(admin.SimpleListFilter):
    """Without a choice: what is to be done."""

    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("wszystkie", _("wszystkie")), *CaseStatus.choices]

    def choices(self, changelist):
        active = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=[self.parameter_name]),
                  "display": _("do załatwienia")}  # fmt: skip
        return [active, *list(super().choices(changelist))[1:]]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset if request.GET.get("q") else queryset.active()
        return queryset if self.value() == "wszystkie" else queryset.filter(status=self.value())


class DueFilter(admin.SimpleListFilter):
    title = _("termin")
    parameter_name = "termin"

    def lookups(self, request, model_admin):
        return [("po", _("po terminie")), ("tydzien", _("w ciągu 7 dni")), ("stoi", _("bieg wstrzymany"))]

    def queryset(self, request, queryset):
        today = localdate()
        running = queryset.filter(is_paused=False)
        return {
            "po": lambda: running.active().filter(due_on__lt=today),
            "tydzien": lambda: running.active().filter(due_on__gte=today, due_on__lte=today + timedelta(days=7)),
            "stoi": lambda: queryset.filter(is_paused=True),
        }.get(self.value(), lambda: queryset)()


@compiled
def _of_units(*, clerk: int) -> QuerySet[Unit]:
    columns = ["pk", "symbol", "mattertype", "mattertype__name"]
    return Unit.objects.filter(members__user=clerk).order_by("symbol", "mattertype__name").values_list(*columns)


class OfUnits(admin.SimpleListFilter):
    """Chosen from what the clerk's units have, read once for both filters, and not from what 200,000 cases happen to name."""

    column = ""

    def lookups(self, request, model_admin):
        if not hasattr(request, "of_units"):
            request.of_units = list(_of_units(clerk=request.user.pk))
        return list(dict.fromkeys(self.choice_of(row) for row in request.of_units if self.choice_of(row)[0] != "None"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(**{self.column: self.value()}) if self.value().isdecimal() else queryset.none()


class UnitFilter(OfUnits):
    title, parameter_name, column = _("komórka"), "komorka", "unit"

    def choice_of(self, row):
        return str(row[0]), row[1]


class MatterFilter(OfUnits):
    title, parameter_name, column = _("rodzaj sprawy"), "rodzaj", "matter"

    def choice_of(self, row):
        return str(row[2]), row[3]


class MineFilter(admin.SimpleListFilter):
    title = _("prowadzi")
    parameter_name = "kto"

    def lookups(self, request, model_admin):
        return [("ja", _("ja")), ("inni", _("inni z mojej komórki"))]

    def queryset(self, request, queryset):
        if self.value() == "ja":
            return queryset.filter(officer=request.user)
        return queryset.exclude(officer=request.user) if self.value() == "inni" else queryset


@admin.register(Case)
class CaseAdmin(DeskPages, ExportingDesk, ImpartialDesk):
    """Cases of the clerk's own units, by term. Everything is read here and changed by buttons only."""

    change_list_template = "admin/eboi/change_list.html"
    export = ("spis-spraw", exports.CASE_COLUMNS, exports.case_rows)
    export_people = "person"
    list_display = ["mark", "term", "party", "status", "officer"]
    list_filter = [StateFilter, DueFilter, MineFilter, UnitFilter, MatterFilter]
    list_select_related = ["person", "matter", "officer"]
    search_fields = ["mark"]
    search_help_text = _("Znak sprawy od początku, numer RPW albo RPO, nazwisko strony albo pełny numer PESEL.")
    fields = ["opened_at", "closed_at", "outcome", "appealed_on"]
    buttons = [
        Button(_("Wyślij zawiadomienie o zwłoce"), cases.extend, form=forms.ExtendForm, needs=ASSIGN, when=_is_overdue, name="notice"),
        Button(_("Zajmij się sprawą"), cases.take_up, to=CaseStatus.IN_PROGRESS, needs=HANDLE,
               when=lambda case, user: case.status == CaseStatus.NEW),
        Button(_("Wznów postępowanie"), cases.resume, to=CaseStatus.IN_PROGRESS, form=forms.SendCallForm, needs=HANDLE,
               when=lambda case, user: case.status == CaseStatus.SUSPENDED),
        Button(_("Wyślij wezwanie"), send_call, to=CaseStatus.WAITING_PARTY, form=forms.SendCallForm, needs=HANDLE,
               when=_may_send_call, confirm=_("Wezwanie zobaczy mieszkaniec, a bieg terminu się zatrzyma.")),
        Button(_("Przyjmij odpowiedź na papierze"), accept_answer_on_paper, to=CaseStatus.IN_PROGRESS, needs=HANDLE,
               when=_came_on_paper, confirm=_("Pismo strony, które wpłynęło po wezwaniu, uzna się za odpowiedź. Sprawa ruszy dalej.")),
        Button(_("Wpisz doręczenie wezwania"), record_call_service, form=forms.ServiceForm, needs=HANDLE,
               when=_has_call(CallStatus.SENT), initial=_as_it_went),
        Button(_("Pozostaw bez rozpoznania"), lapse_call, to=CaseStatus.LEFT_UNCONSIDERED, needs=HANDLE, when=_call_has_run_out,
               confirm=_("Termin na uzupełnienie minął i nic nie wpłynęło. Sprawa zostanie bez rozpoznania (art. 64 § 2 KPA)."),
               tone="danger"),
        Button(_("Podpisz decyzję"), sign_decision, to=CaseStatus.DECIDED, needs=SIGN, when=_may_sign,
               confirm=_("Podpisanej decyzji nie można zmienić. Przeczytaj ją jeszcze raz na stronie sprawy.")),
        Button(_("Załatw bez decyzji"), cases.complete, to=CaseStatus.COMPLETED, form=forms.OutcomeForm, needs=HANDLE),
        Button(_("Napisz decyzję"), rulings.draft_decision, form=forms.DecisionForm, needs=HANDLE, when=_is_in_progress,
               initial=_decision_so_far),
        Button(_("Wezwij do uzupełnienia"), rulings.draft_call, form=forms.CallForm, needs=HANDLE, when=_has_no_call,
               initial=lambda case: {"missing": case.dossier.unpaid_in_words}),
        Button(_("Wyślij decyzję"), send_decision, form=forms.SendDecisionForm, needs=HANDLE, when=_is_not_sent,
               initial=lambda case: {"sent_on": localdate()}),
        Button(_("Wpisz doręczenie decyzji"), record_delivery, to=CaseStatus.SERVED, form=forms.ServiceForm, needs=HANDLE,
               initial=_as_it_went),
        Button(_("Wpisz pierwsze zawiadomienie"), note_first_notice, form=forms.NoticeForm, needs=HANDLE, when=_may_lie),
        Button(_("Stwierdź ostateczność"), rulings.make_final, to=CaseStatus.FINAL, needs=HANDLE,
               confirm=_("Termin na odwołanie minął i odwołania nie ma.")),
        Button(_("Odnotuj odwołanie"), rulings.record_appeal, form=forms.AppealForm, needs=HANDLE, when=_may_be_appealed,
               tone="secondary"),
        Button(_("Oznacz wiadomości jako przeczytane"), correspondence.mark_read, needs=HANDLE, when=_has_unread, tone="secondary"),
        Button(_("Napisz do mieszkańca"), correspondence.write_to_resident, form=forms.MessageForm, needs=HANDLE,
               tone="secondary"),
        Button(_("Napisz pismo"), outgoing.write_letter, form=forms.WriteForm, needs=HANDLE, tone="secondary"),
        Button(_("Wpisz doręczenie pisma"), record_arrival, form=forms.LetterArrivalForm, needs=HANDLE, when=_waits_for_proof,
               tone="secondary"),
        Button(_("Dodaj plik"), add_document, form=forms.DocumentForm, needs=HANDLE, tone="secondary"),
        Button(_("Zapisz notatkę"), correspondence.add_note, form=forms.MessageForm, needs=HANDLE, tone="secondary"),
        Button(_("Zawieś"), cases.suspend, to=CaseStatus.SUSPENDED, form=forms.SuspendForm, needs=HANDLE,
               when=_owes_no_notice, tone="secondary"),
        Button(_("Cofnij wezwanie"), take_call_back, to=CaseStatus.IN_PROGRESS, form=forms.TakeBackForm, needs=HANDLE,
               when=_waits_for_call, tone="secondary"),
        Button(_("Przedłuż termin"), cases.extend, form=forms.ExtendForm, needs=ASSIGN, when=_is_in_time, tone="secondary"),
        Button(_("Przydziel komuś innemu"), cases.assign, form=forms.OfficerForm, needs=ASSIGN, when=_is_in_time, tone="secondary"),
        Button(_("Wstrzymaj brakowanie"), disposal.hold, form=forms.ReasonForm, needs=HANDLE, when=_has_ended, tone="secondary"),
        Button(_("Zakończ wstrzymanie brakowania"), disposal.release, needs=HANDLE, when=_is_held, tone="secondary",
               confirm=_("Sprawa będzie mogła trafić na spis akt do zniszczenia.")),
        Button(_("Przekaż według właściwości"), cases.forward, to=CaseStatus.FORWARDED, form=forms.AuthorityForm, needs=HANDLE,
               tone="secondary"),
    ]  # fmt: skip

    def get_queryset(self, request):
        return self.model.objects.in_units_of(request.user).with_term().with_identity().with_unread()

    def get_ordering(self, request):
        return ["is_paused", "due_on", "opened_at"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.letter_view)
        return [path("<path:object_id>/pismo/<slug:letter>.pdf", view, name="eboi_case_letter"), *super().get_urls()]

    def letter_view(self, request, object_id, letter):
        return require_safe(self._letter)(request, object_id, letter)

    def _letter(self, request, object_id, letter):
        """The decision or a call (by its id) to print and sign, a draft marked as one. Kept from excluded clerks, written down."""
        if refusal := self._kept_out(request, object_id):
            return refusal
        case = self.get_object(request, object_id)
        if case is None or not self.has_view_permission(request, case):
            raise Http404
        found = _letter_of(case, letter)
        self.record_read(request, case, what=_("pismo: %(title)s") % {"title": found["title"]})
        return letters.as_pdf(found)

    def changelist_view(self, request, extra_context=None):
        """As clerks open it all day: drawn by us. A search and the like: Django's own (eboi.admin.case_list)."""
        if request.method in ("GET", "HEAD"):
            if not self.has_view_permission(request):
                raise PermissionDenied
            found = CaseList(request.GET, [one(request, {}, self.model, self) for one in self.list_filter])
            if found.is_plain() and found.read(request.user.pk, localdate(), self.list_per_page):
                return self._drawn_list(request, found)
        return super().changelist_view(request, extra_context)

    def _drawn_list(self, request, found):
        files = ((file["url"], _("Pobierz %(kind)s") % {"kind": file["kind"].upper()}) for file in self.export_files(request))
        tools = format_html_join("", '<li><a href="{}" download>{}</a></li>', files)
        drawn = found.drawn(Words(localdate()), tools, self.list_max_show_all)
        page = self.admin_site.drawn(request, "admin/eboi/list_frame.html", drawn_list=drawn)
        return SimpleTemplateResponse("admin/drawn.html", {"found": found, "drawn": page})

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_object(self, request, object_id, from_field=None):
        """With its dossier: the page, the buttons and the files read each part once."""
        try:
            case = next(case_of(clerk=request.user.pk, case=UUID(object_id)), None)
        except ValueError:
            return None
        if case is not None:
            case.dossier = Dossier(case)
        return case

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Nothing of a case is typed here, so a look needs no form: its page is drawn into a frame kept for equal rights."""
        if object_id is None or request.method not in ("GET", "HEAD"):
            return super().changeform_view(request, object_id, form_url, extra_context)
        case = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._case_page(request, case)

    def _case_page(self, request, case):
        self.record_read(request, case, what=f"{self.opts.verbose_name}: {case}")
        context = {**self.page_parts(request, case), **self.extra_context(request, case)}
        context |= {"case": case, "csrf_token": get_token(request), "facts": self._facts(case)}
        page = self.admin_site.drawn(
            request,
            "admin/eboi/case_frame.html",
            csrf_token=context["csrf_token"],
            mark=case.mark,
            drawn_case=card_drawn(context),
        )
        return SimpleTemplateResponse("admin/drawn.html", {**context, "drawn": page})

    def _facts(self, case):
        """What is empty is not shown."""
        told = ((self.opts.get_field(name).verbose_name, getattr(case, name)) for name in self.fields)
        return [(capfirst(name), display_for_value(value, "")) for name, value in told if value not in (None, "")]

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text:
            return queryset, False
        people = self.people_with_pesel(request, text)
        if people is not None:
            return queryset.filter(person__in=people), False
        if text.upper().startswith("RPW") and (found := RPW.fullmatch(text)):
            return queryset.filter(letters__number=int(found[1]), letters__year=int(found[2])).distinct(), False
        if text.upper().startswith("RPO") and (found := RPO.fullmatch(text)):
            return queryset.filter(outgoing__number=int(found[1]), outgoing__year=int(found[2])).distinct(), False
        if MARK.match(text):
            return queryset.filter(mark__startswith=text.upper()), False
        by_name = Person.objects.search(text).values("pk")
        return self.by_name(request, queryset.filter(person__in=by_name)), False

    @admin.display(description=_("termin"), ordering="due_on")
    def term(self, case):
        due = f"{case.due_on:%d.%m.%Y}" if case.due_on else ""
        words = '<span class="desk-term desk-term--{}">{}</span> <span class="desk-under">{}</span>'
        return format_html(words, case.term.tone, case.term.text, due)

    @admin.display(description=_("strona"), ordering="person__search")
    def party(self, case):
        known = "" if case.is_identity_confirmed else _("tożsamość do potwierdzenia")
        news = _("nowa wiadomość") if case.has_unread else ""
        words = '{} {} <span class="desk-under">{}</span><strong class="desk-under">{}</strong>'
        return format_html(words, case.person.last_name, case.person.first_name, known, news)

    def party_of(self, case):
        return case.person

    def person_of(self, case):
        return case.person_id

    def files_of(self, case):
        return case.dossier.files

    def extra_context(self, request, case):
        may_see = request.user.has_perm("residents.view_person") and self.admin_site.is_registered(Person)
        person_url = address_of("admin:residents_person_change", case.person_id) if may_see else ""
        return {"dossier": case.dossier, "decision": getattr(case, "decision", None), "person_url": person_url,
                "may_notify": request.user.has_perm(ASSIGN)}  # fmt: skip
