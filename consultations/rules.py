"""What law and the town's resolutions ask of a consultation, and who may do what (C1-C16). Each gap names the place where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import budget, sealing
from consultations.models import (
    ActivityKind,
    Addressee,
    AnnouncedIn,
    Announcement,
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    IntegrityLevel,
    PaperForm,
    Remark,
)
from consultations.statuses import ConsultationStatus, PaperStatus, RemarkStatus
from office.models import ScanState
from schemas.definition import compiled
from schemas.models import Kind
from schemas.warnings import warnings as doubts_of
from ui.words import counted, long_date

NEEDED_TEXTS = {  # C2, and what people have to know before they answer
    "summary": gettext_lazy("Napisz w jednym zdaniu, o co pytacie."),
    "purpose": gettext_lazy("Napisz, po co pytacie."),
    "subject": gettext_lazy("Opisz, o czym rozmawiacie."),
    "decided_so_far": gettext_lazy("Napisz, co już postanowiono, a co zależy od głosów."),
    "unit": gettext_lazy("Podaj komórkę, która prowadzi konsultacje."),
    "contact": gettext_lazy("Podaj kontakt."),
    "place": gettext_lazy("Podaj miejsce."),
    "results_method": gettext_lazy("Napisz, jak ustalicie wynik."),
    "results_where": gettext_lazy("Napisz, gdzie ogłosicie wynik."),
}
# What may be put right after the announcement, each time with a reason that everybody reads. The rest is fixed (decision 0011).
CORRECTABLE = (
    "title", "summary", "purpose", "subject", "decided_so_far", "unit", "contact", "place", "results_method", "results_where",
)  # fmt: skip
RULES_OF_CHANNEL = {  # C16: a rule that can not be checked on that way in is a slip
    CollectingChannel.Rule.SERVER_TIME: {"online", "email", "e_delivery"},
    CollectingChannel.Rule.POSTMARK: {"post"},
    CollectingChannel.Rule.RECEIPT: set(CollectingChannel.Kind.values) - {"online"},
}
KINDS_OF_INSTRUMENT = {InstrumentKind.REMARKS: ActivityKind.REMARKS, InstrumentKind.SURVEY: ActivityKind.SURVEY}
UNSETTLED_PAPER = (PaperStatus.REGISTERED, PaperStatus.TO_COMPLETE, PaperStatus.KEYED, PaperStatus.VERIFIED)


# Who may


def may_edit(user, consultation: Consultation) -> bool:
    """The draft is edited; afterwards the text is changed by `correct` and the calendar by verbs."""
    return user.has_perm("consultations.change_consultation") and consultation.status == ConsultationStatus.DRAFT


def may_approve(user, consultation: Consultation) -> bool:
    """A second person: neither who drafted it nor anybody who changed the draft."""
    return user.has_perm("consultations.approve_consultation") and not is_author(user, consultation)


def is_author(user, consultation: Consultation) -> bool:
    return user.subject == consultation.drafted_by or str(user.subject) in consultation.edited_by


# The calendar


def opening_of(day: date, at: time = time.min) -> datetime:
    """The moment of opening: a wall clock time in Warsaw. ValueError for one that the spring night leaves out."""
    moment = timezone.make_aware(datetime.combine(day, at))
    if timezone.localtime(moment.astimezone(UTC)).time() != at:
        raise ValueError("no such time on that day")
    return moment


def closing_of(last_day: date) -> datetime:
    """The first moment that is too late: midnight in Warsaw after the last day, on clock-change nights too (C17)."""
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))


def last_day_of(consultation: Consultation) -> date | None:
    return timezone.localdate(consultation.last_moment) if consultation.closes_at else None


def whole_days(opens_at: datetime, closes_at: datetime) -> int:
    """Whole days of Warsaw in which voices are collected; a day that had already begun at the opening does not count (C10, C13, C14)."""
    first = timezone.localdate(opens_at)
    if timezone.localtime(opens_at).time() != time.min:
        first += timedelta(days=1)
    return max(0, (timezone.localdate(closes_at) - first).days)


# What is missing


@dataclass(frozen=True)
class Gap:
    """What is missing, in words, and the field or the part of the desk's page where it is mended."""

    text: str
    place: str


def missing_to_announce(consultation: Consultation, moment: datetime) -> list[str]:
    """Everything that keeps the consultation from being announced at that moment, in words; empty when nothing does."""
    return [gap.text for gap in gaps_to_announce(consultation, moment)]


def gaps_to_approve(consultation: Consultation, moment: datetime) -> list[Gap]:
    """What the author has to put right before a second person can approve: all but the announcements themselves."""
    checks = (_order, _texts, _addressees, _data_asked, _calendar, _forms, _channels, _instruments)
    return [gap for check in checks for gap in check(consultation)]


def gaps_to_announce(consultation: Consultation, moment: datetime) -> list[Gap]:
    """As above, and the announcements in every place that the basis asks for, early enough (C7, C8, C13)."""
    return [*gaps_to_approve(consultation, moment), *_announcements(consultation, moment)]


def _order(consultation) -> Iterator[Gap]:
    """C1"""
    if not consultation.order_number:
        yield Gap(_("Podaj numer zarządzenia, które rozpoczyna konsultacje."), "order_number")
    if not consultation.order_on:
        yield Gap(_("Podaj datę zarządzenia."), "order_on")


def _texts(consultation) -> Iterator[Gap]:
    """C2"""
    for field, words in NEEDED_TEXTS.items():
        if not getattr(consultation, field).strip():
            yield Gap(str(words), field)


def _addressees(consultation) -> Iterator[Gap]:
    """C3, C4: whoever lives here is a resident; to ask for less needs a source."""
    if not consultation.addressees:
        yield Gap(_("Wybierz, kogo pytacie."), "addressees")
    if is_narrowed(consultation) and not consultation.addressees_source:
        text = _("Podaj podstawę zawężenia: uchwałę albo ustawę, z której wynika, że nie pytacie wszystkich mieszkańców.")
        yield Gap(text, "addressees_source")


def is_narrowed(consultation) -> bool:
    """Some of the residents are left out: by words, or because living here must be proven instead of declared."""
    asks_for_proof = consultation.integrity == IntegrityLevel.PROVEN and Addressee.RESIDENTS in consultation.addressees
    return bool(consultation.addressees_limit) or asks_for_proof


def _data_asked(consultation) -> Iterator[Gap]:
    """C5, C6"""
    if consultation.integrity > IntegrityLevel.OPEN and not consultation.integrity_reason:
        yield Gap(_("Napisz, dlaczego pytacie o dane. Mieszkaniec przeczyta to, zanim je poda."), "integrity_reason")
    for instrument, question in _questions(consultation):
        named = {"instrument": instrument.title, "question": question.label}
        if question.is_required and question.kind == Kind.PESEL:
            text = _("„%(instrument)s”: pytanie „%(question)s” wymaga numeru PESEL. W konsultacjach nie wolno go wymagać.")
            yield Gap(text % named, "instruments")
        if question.is_required and question.kind in (Kind.EMAIL, Kind.PHONE) and consultation.integrity == IntegrityLevel.OPEN:
            text = _("„%(instrument)s”: pytanie „%(question)s” nie może być obowiązkowe, skoro odpowiedzi są otwarte.")
            yield Gap(text % named, "instruments")


def _calendar(consultation) -> Iterator[Gap]:
    """C10, C13, C14"""
    if not consultation.opens_at:
        yield Gap(_("Wybierz dzień otwarcia."), "opens_on")
    if not consultation.closes_at:
        yield Gap(_("Wybierz ostatni dzień."), "last_day")
    if not (consultation.opens_at and consultation.closes_at):
        return
    days, needed = whole_days(consultation.opens_at, consultation.closes_at), consultation.basis.minimum_days
    if days < needed:
        text = _("Zbieranie głosów trwa %(days)s, a podstawa prawna wymaga co najmniej %(needed)s.")
        words = {"days": counted(days, "pełny dzień", "pełne dni", "pełnych dni"), "needed": days_genitive(needed)}
        yield Gap(text % words, "last_day")


def days_genitive(count: int) -> str:
    """'1 dnia', '7 dni': after „co najmniej”."""
    return counted(count, "dnia", "dni", "dni")


def _forms(consultation) -> Iterator[Gap]:
    """C9, C13: one form of each group, those with a day lying between opening and closing."""
    planned = _planned_forms(consultation)
    for group in consultation.basis.activity_groups:
        if not planned & set(group):
            names = _(" albo ").join(str(ActivityKind(kind).label) for kind in group)
            yield Gap(_("Zaplanuj: %(forms)s, w czasie zbierania głosów.") % {"forms": names}, "activities")
    if not planned:
        yield Gap(_("Dodaj ankietę, uwagi do dokumentu, głosowanie albo spotkanie."), "instruments")


def _planned_forms(consultation) -> set[str]:
    planned = {str(KINDS_OF_INSTRUMENT.get(one.kind, one.kind)) for one in consultation.instruments.all()}
    if consultation.opens_at and consultation.closes_at:
        times = [(one.kind, one.starts_at) for one in consultation.activities.all()]
        planned |= {kind for kind, at in times if consultation.opens_at <= at < consultation.closes_at}
    return planned


def _channels(consultation) -> Iterator[Gap]:
    """C15, C16"""
    channels = list(consultation.channels.all())
    if not channels:
        yield Gap(_("Dodaj drogę, którą przyjmujecie głosy."), "channels")
    for group in consultation.basis.needed_channels:
        if not {channel.kind for channel in channels} & set(group):
            names = _(" albo ").join(str(CollectingChannel.Kind(kind).label) for kind in group)
            yield Gap(_("Dodaj drogę: %(channels)s. Wymaga jej podstawa prawna.") % {"channels": names}, "channels")
    for channel in channels:
        if channel.kind not in RULES_OF_CHANNEL[channel.rule]:
            words = {"channel": channel.get_kind_display(), "rule": channel.get_rule_display()}
            yield Gap(_("Droga „%(channel)s” nie może mieć reguły „%(rule)s”.") % words, "channels")


def _instruments(consultation) -> Iterator[Gap]:
    """I3, C32, C33: nothing opens without what is to be answered."""
    checks = {InstrumentKind.SURVEY: _survey, InstrumentKind.REMARKS: _document, InstrumentKind.BUDGET: budget.missing}
    for instrument in consultation.instruments.all():
        for words in checks[instrument.kind](instrument):
            yield Gap(f"„{instrument.title}”: {words}", "instruments")


def _survey(instrument) -> Iterator[str]:
    if version_to_answer(instrument) is None:
        yield _("ogłoś wersję pytań w układaczu formularzy.")


def _document(instrument) -> Iterator[str]:
    document = getattr(instrument, "document", None)
    if document is None or not document.paragraphs.exists():
        yield _("dodaj dokument z ponumerowanymi jednostkami tekstu.")


def version_to_answer(instrument: Instrument):
    """The version of the questions that people are to answer: the newest approved one, else the newest published."""
    approved = instrument.versions.select_related("version").order_by("-approved_at", "-id").first()
    if approved:
        return approved.version
    return instrument.definition.current() if instrument.definition else None


def _questions(consultation):
    for instrument in consultation.instruments.all():
        version = version_to_answer(instrument)
        for page in compiled(version.pk).pages if version else ():
            yield from ((instrument, question) for question in page.questions)


def warnings(consultation: Consultation) -> list[str]:
    """What the editor should think over; nothing here blocks (C5)."""
    return [
        f"„{instrument.title}”: {doubt.text}"
        for instrument in consultation.instruments.all()
        if (version := version_to_answer(instrument))
        for doubt in doubts_of(compiled(version.pk))
    ]


# Announcements


def _announcements(consultation, moment) -> Iterator[Gap]:
    """C7, C8, C13. The portal tells by the very verb, so there it is only asked whether today is early enough."""
    if consultation.opens_at and consultation.opens_at < moment:
        yield Gap(_("Dzień otwarcia już minął, a otwarcie nie może wyprzedzić ogłoszenia. Wybierz późniejszy."), "opens_on")
        return
    told = {row.channel: row for row in openings(consultation)}
    for place in consultation.basis.announced_in:
        if place == AnnouncedIn.PORTAL:
            yield from _too_late(consultation, place, timezone.localdate(moment))
        elif place not in told:
            yield Gap(_("Wpisz ogłoszenie: %(place)s, z datą i dowodem.") % {"place": AnnouncedIn(place).label}, "announcements")
        else:
            yield from _unproven(told[place], place)
            yield from _too_late(consultation, place, told[place].announced_on)


def openings(consultation) -> list[Announcement]:
    """Announcements of the opening, the latest of each place last."""
    return [row for row in consultation.announcements.all() if row.about == Announcement.About.OPENING]


def _unproven(row, place) -> Iterator[Gap]:
    is_bad = row.proof is not None and row.proof.scan_state == ScanState.INFECTED
    if not row.url and (row.proof is None or is_bad):
        text = _("Dodaj dowód ogłoszenia (adres albo plik): %(place)s.")
        yield Gap(text % {"place": AnnouncedIn(place).label}, "announcements")


def _too_late(consultation, place, announced_on) -> Iterator[Gap]:
    if not consultation.opens_at:
        return
    latest = timezone.localdate(consultation.opens_at) - timedelta(days=consultation.basis.notice_days)
    if announced_on > latest:
        text = _("Ogłoszenie (%(place)s) z %(day)s jest za późne: musi być najpóźniej %(latest)s. Przesuń dzień otwarcia.")
        words = {"place": AnnouncedIn(place).label, "day": long_date(announced_on), "latest": long_date(latest)}
        yield Gap(text % words, "opens_on")


def untold(consultation: Consultation) -> list[str]:
    """After a change of the calendar: places that still have to be told and written down, in words (C7)."""
    about = Announcement.About
    rows = list(consultation.announcements.all())
    changes = [row for row in rows if row.channel == AnnouncedIn.PORTAL and row.about not in (about.OPENING, about.REPORT)]
    return [
        _("%(place)s: %(about)s z %(day)s")
        % {"place": AnnouncedIn(place).label, "about": change.get_about_display(), "day": long_date(change.announced_on)}
        for change in changes
        for place in consultation.basis.announced_in
        if place != AnnouncedIn.PORTAL
        and not any(
            row.channel == place and row.about == change.about and row.announced_on >= change.announced_on for row in rows
        )
    ]


# After closing


def unsettled(consultation: Consultation) -> list[str]:
    """What has to be settled before the voices are analysed: voices held or not sealed, paper not counted or refused, letters to complete."""
    papers = PaperForm.objects.filter(consultation=consultation, status__in=UNSETTLED_PAPER).count()
    said = sealing.unsettled(consultation)
    if papers:
        said.append(_("Formularze papierowe w toku: %(count)d.") % {"count": papers})
    letters = Remark.objects.filter(instrument__consultation=consultation, status=RemarkStatus.TO_COMPLETE).count()
    if letters:
        said.append(_("Pisma z uwagami do uzupełnienia: %(count)d.") % {"count": letters})
    return said


def is_report_late(consultation: Consultation, day: date) -> bool:
    """C24: the promised day has passed without a report."""
    waits = consultation.status in (ConsultationStatus.ANNOUNCED, ConsultationStatus.UNDER_ANALYSIS)
    return bool(waits and consultation.report_promised_on and consultation.report_promised_on < day)
