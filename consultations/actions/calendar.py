"""Verbs of a consultation's life: approve, announce, suspend, extend, cancel, close, archive. Opening and closing are no verbs: the clock does them.

Whatever depends on whether voices are still collected is decided by the clock of the database within the statement that changes the row.
"""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import chain, keys, rules, sealing
from consultations.actions import followers, versions
from consultations.actions.followers import Occasion
from consultations.models import AnnouncedIn, Announcement, CalendarChange, Consultation, InstrumentKind, TextCorrection
from consultations.statuses import ConsultationStatus
from office.transitions import Refused, StaleStatus, history_of, move
from ui.words import long_date

About = Announcement.About


class Incomplete(Refused):
    """Something is missing; `reasons` name all of it."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def approve(consultation, *, by, moment: datetime) -> Consultation:
    """A second person agrees to texts, questions, addressees and calendar; the ballot box gets its key.

    Refused for any of the authors, and (Incomplete) while something is missing.
    """
    consultation = _locked(consultation)
    if rules.is_author(by, consultation):
        raise Refused(_("Projekt zatwierdza ktoś inny niż osoby, które go pisały."))
    _refuse_gaps(rules.gaps_to_approve(consultation, moment))
    for survey in consultation.instruments.filter(kind=InstrumentKind.SURVEY, versions__isnull=True):
        versions.put_to_use(survey, survey.definition.current(), by=by, moment=moment)
    consultation.approved_by = by.subject
    consultation.save(update_fields=["approved_by"])
    move(consultation, ConsultationStatus.APPROVED, by=by, moment=moment)
    keys.make(consultation)
    return consultation


@transaction.atomic
def send_back(consultation, *, reason: str, by, moment: datetime) -> Consultation:
    """Back to the author, with what has to be put right. The approval is gone."""
    consultation = _locked(consultation)
    move(consultation, ConsultationStatus.DRAFT, by=by, note=reason, moment=moment)
    consultation.approved_by = None
    consultation.save(update_fields=["approved_by"])
    return consultation


@transaction.atomic
def announce(consultation, *, by, moment: datetime) -> Consultation:
    """Show the consultation to everybody; this is the announcement on the portal (C7). Refused (Incomplete) until C1-C10 hold."""
    consultation = _locked(consultation)
    _refuse_gaps(rules.gaps_to_announce(consultation, moment))
    _tell_on_portal(consultation, About.OPENING, by=by, moment=moment)
    consultation.announced_at = moment
    consultation.save(update_fields=["announced_at"])
    move(consultation, ConsultationStatus.ANNOUNCED, by=by, moment=moment)
    _chain(consultation, "announced", moment=moment)
    return consultation


@transaction.atomic
def suspend(consultation, *, reason: str, by, moment: datetime) -> Consultation:
    """Collect nothing until resumed. The reason stands on the page."""
    consultation = _locked(consultation)
    move(consultation, ConsultationStatus.SUSPENDED, by=by, note=reason, moment=moment)
    _tell_on_portal(consultation, About.SUSPENSION, note=reason, by=by, moment=moment)
    return consultation


@transaction.atomic
def resume(consultation, *, reason: str, by, moment: datetime, last_day: date | None = None) -> Consultation:
    """Collect again, until the same day or a later one. Refused while the days left with those before fall short of the basis."""
    consultation = _locked(consultation)
    before = rules.whole_days(consultation.opens_at, max(consultation.opens_at, _suspended_at(consultation)))
    if last_day:
        _move_closing(consultation, last_day, reason=reason, by=by, moment=moment)
    after = rules.whole_days(max(moment, consultation.opens_at), consultation.closes_at)
    if before + after < consultation.basis.minimum_days:
        text = _("Po wznowieniu zostałoby za mało dni: razem %(days)d, a potrzeba %(needed)d. Wybierz późniejszy ostatni dzień.")
        raise Refused(text % {"days": before + after, "needed": consultation.basis.minimum_days})
    move(consultation, ConsultationStatus.ANNOUNCED, by=by, note=reason, moment=moment)
    _tell_on_portal(consultation, About.RESUMPTION, note=reason, by=by, moment=moment)
    followers.tell(consultation, Occasion.RESUMED, moment=moment)
    return consultation


@transaction.atomic
def extend(consultation, *, last_day: date, reason: str, by, moment: datetime) -> Consultation:
    """Collect longer: a later last day, a reason, a new announcement. Refused once collecting is over by the clock of the database."""
    consultation = _locked(consultation)
    if consultation.status != ConsultationStatus.ANNOUNCED:
        raise Refused(_("Przedłużyć można ogłoszone konsultacje."))
    if Consultation.objects.closed_now().filter(pk=consultation.pk).exists():
        raise Refused(_("Zbieranie głosów już się skończyło, więc nie można go przedłużyć."))
    _move_closing(consultation, last_day, reason=reason, by=by, moment=moment)
    _tell_on_portal(consultation, About.EXTENSION, note=reason, by=by, moment=moment)
    followers.tell(consultation, Occasion.EXTENDED, moment=moment)
    return consultation


@transaction.atomic
def cancel(consultation, *, reason: str, by, moment: datetime) -> Consultation:
    """Call the consultation off. What was announced stays to be read, with the reason."""
    consultation = _locked(consultation)
    move(consultation, ConsultationStatus.CANCELLED, by=by, note=reason, moment=moment)
    if consultation.announced_at:
        _tell_on_portal(consultation, About.CANCELLATION, note=reason, by=by, moment=moment)
        followers.tell(consultation, Occasion.CANCELLED, moment=moment)
    return consultation


@transaction.atomic
def close_collecting(consultation, *, by, moment: datetime, report_promised_on: date | None = None) -> Consultation:
    """Begin the analysis. Refused before the closing by the clock of the database, and while a voice or a form is unsettled."""
    consultation = _locked(consultation)
    if not Consultation.objects.closed_now().filter(pk=consultation.pk).exists():
        raise Refused(_("Głosy są jeszcze zbierane. Opracowanie zacznie się po zamknięciu."))
    for instrument in consultation.instruments.all():
        sealing.seal(instrument, moment=moment, is_final=True)
    if waiting := rules.unsettled(consultation):
        raise Incomplete(waiting)
    if report_promised_on:
        consultation.report_promised_on = report_promised_on
        consultation.save(update_fields=["report_promised_on"])
    move(consultation, ConsultationStatus.UNDER_ANALYSIS, by=by, moment=moment)
    _chain(consultation, "closed", moment=moment)
    return consultation


@transaction.atomic
def promise_report(consultation, *, report_promised_on: date, by, moment: datetime) -> Consultation:
    """Say until when the report will be there (C24). A later day than promised before is told with the old one."""
    consultation = _locked(consultation)
    if consultation.status not in (ConsultationStatus.ANNOUNCED, ConsultationStatus.UNDER_ANALYSIS):
        raise Refused(_("Raport jest już ogłoszony albo konsultacji nie ma."))
    old = consultation.report_promised_on
    consultation.report_promised_on = report_promised_on
    consultation.save(update_fields=["report_promised_on"])
    if old and old != report_promised_on:
        TextCorrection.objects.create(
            consultation=consultation, field="report_promised_on", old=long_date(old), new=long_date(report_promised_on),
            reason=_("nowy termin raportu"), by=by.subject, at=moment,
        )  # fmt: skip
    return consultation


@transaction.atomic
def archive(consultation, *, by, moment: datetime) -> Consultation:
    """Nothing more will happen. The page and the report stay."""
    consultation = _locked(consultation)
    move(consultation, ConsultationStatus.ARCHIVED, by=by, moment=moment)
    return consultation


@transaction.atomic
def correct(consultation, *, field: str, text: str, reason: str, by, moment: datetime) -> Consultation:
    """Put a sentence right after the announcement; the old wording and the reason stay on the page.

    Refused for a draft, which is simply edited, and for what people relied on when they answered: whom we ask, what we know of them,
    the basis, the opening, the questions (decision 0011).
    """
    consultation = _locked(consultation)
    if not consultation.announced_at or field not in rules.CORRECTABLE:
        raise Refused(_("Tego nie można sprostować."))
    old = getattr(consultation, field)
    if not text.strip() or text == old:
        raise Refused(_("Wpisz nowe brzmienie, inne niż dotychczasowe."))
    setattr(consultation, field, text)
    consultation.full_clean(exclude=[one.name for one in Consultation._meta.fields if one.name != field])
    consultation.save(update_fields=[field])
    TextCorrection.objects.create(
        consultation=consultation, field=field, old=old, new=text, reason=reason, by=by.subject, at=moment
    )
    return consultation


def _locked(consultation) -> Consultation:
    """The row as it is now, held until commit. Refused (StaleStatus) when it moved since the caller read it."""
    found = Consultation.objects.select_for_update(of=("self",)).select_related("basis").get(pk=consultation.pk)
    if found.status != consultation.status:
        raise StaleStatus(_("Ktoś był szybszy: stan konsultacji zmienił się w międzyczasie. Odśwież stronę i sprawdź."))
    return found


def _refuse_gaps(gaps) -> None:
    if gaps:
        raise Incomplete([gap.text for gap in gaps])


def _move_closing(consultation, last_day, *, reason, by, moment) -> None:
    """Refused unless the new last day is later than the old one and not yet over."""
    closes_at = rules.closing_of(last_day)
    if closes_at <= consultation.closes_at or closes_at <= moment:
        raise Refused(
            _("Nowy ostatni dzień musi być późniejszy niż %(day)s.") % {"day": long_date(rules.last_day_of(consultation))}
        )
    CalendarChange.objects.create(
        consultation=consultation, old_closes_at=consultation.closes_at, new_closes_at=closes_at, reason=reason,
        by=by.subject, at=moment,
    )  # fmt: skip
    consultation.closes_at = closes_at
    consultation.save(update_fields=["closes_at"])
    _chain(consultation, "calendar_changed", moment=moment)


def _chain(consultation, kind, *, moment) -> None:
    """The calendar is part of what the public chain fixes: nobody can say later that it was another one."""
    calendar = {"opens_at": consultation.opens_at, "closes_at": consultation.closes_at}
    chain.append(consultation, kind, {name: at.astimezone(UTC).isoformat() for name, at in calendar.items()}, moment=moment)


def _suspended_at(consultation) -> datetime:
    last = history_of(consultation).filter(to_status=ConsultationStatus.SUSPENDED).order_by("-at", "-id").first()
    return last.at if last else consultation.closes_at


def _tell_on_portal(consultation, about, *, by, moment, note="") -> Announcement:
    """The page itself is the announcement on the portal, so it is written down with the page's address."""
    page = reverse("consultations:consultation", args=[consultation.slug])
    return Announcement.objects.create(
        consultation=consultation, about=about, channel=AnnouncedIn.PORTAL, announced_on=timezone.localdate(moment),
        url=f"{settings.PORTAL_URL}{page}", note=note, recorded_by=by.subject if by else None,
    )  # fmt: skip
