"""The report: drafted in one click, reviewed and published by a second person, superseded, withdrawn; never gone (C22-C25)."""

from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations import chain, rules
from consultations.actions import followers
from consultations.models import AnnouncedIn, Announcement, Consultation, Report, Voice
from consultations.report import figures
from consultations.report.pdf import report_pdf
from consultations.statuses import ConsultationStatus, ReportStatus, VoiceStatus
from office.files import store_own
from office.transitions import Refused, move
from ui.text import clean_text
from ui.words import counted

MAY_REPORT = (ConsultationStatus.UNDER_ANALYSIS, ConsultationStatus.REPORT_PUBLISHED)
BEING_WRITTEN = (ReportStatus.DRAFT, ReportStatus.REVIEW)
NAMED = 10  # unanswered voices that a refusal names one by one


class Incomplete(Refused):
    """The report can not be published yet; `missing` names each thing that it waits for."""

    def __init__(self, missing):
        super().__init__(" ".join(missing))
        self.missing = missing


@transaction.atomic
def draft(consultation: Consultation, *, by, moment) -> Report:
    """One click from closing: a draft with every figure frozen, its text carried over from the last version.

    Refused before the consultation is under analysis, and while another draft is being written.
    """
    consultation = (
        Consultation.objects.select_for_update(of=("self",), no_key=True).select_related("basis").get(pk=consultation.pk)
    )
    if consultation.status not in MAY_REPORT:
        raise Refused(_("Raport powstaje po zakończeniu zbierania głosów. Najpierw przekaż konsultacje do opracowania."))
    if consultation.reports.filter(status__in=BEING_WRITTEN).exists():
        raise Refused(_("Jest już projekt raportu. Dokończ go albo cofnij do poprawy."))
    last = consultation.reports.order_by("-number").first()
    number = (consultation.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    text = {name: getattr(last, name) for name in ("position", "next_steps", "method_note")} if last else {}
    report = Report(consultation=consultation, number=number, author=by.subject, **text)
    return _freeze(report, moment)


def _freeze(report, moment):
    report.frozen = figures.freeze(report.consultation, moment)
    report.frozen_sha256 = figures.digest(report.frozen)
    report.save()
    return report


@transaction.atomic
def write(report: Report, *, position: str, next_steps: str, method_note: str = "", by) -> Report:
    """The town's words. Whoever wrote last is the author. Refused once it waits for approval."""
    report = _locked(report)
    if report.status != ReportStatus.DRAFT:
        raise Refused(_("Tego raportu nie można teraz zmieniać. Cofnij go do poprawy."))
    report.position, report.next_steps = clean_text(position, multiline=True), clean_text(next_steps, multiline=True)
    report.method_note, report.author = clean_text(method_note, multiline=True), by.subject
    report.save(update_fields=["position", "next_steps", "method_note", "author"])
    return report


@transaction.atomic
def count_again(report: Report, *, by, moment) -> Report:
    """Freeze the figures anew, after answers or voices have changed. Drafts only."""
    report = _locked(report)
    if report.status != ReportStatus.DRAFT:
        raise Refused(_("Liczby można odświeżyć tylko w projekcie. Cofnij raport do poprawy."))
    return _freeze(report, moment)


@transaction.atomic
def submit(report: Report, *, by, moment) -> Report:
    """To a second person, with figures of this moment. Refused while the town's words are missing (C22)."""
    report = _locked(report)
    if gaps := list(_words_missing(report)):
        raise Incomplete(gaps)
    _freeze(report, moment)
    move(report, ReportStatus.REVIEW, by=by, moment=moment)
    return report


@transaction.atomic
def send_back(report: Report, *, reason: str, by, moment) -> Report:
    """Back to its author, with the reason."""
    reason = clean_text(reason, multiline=True)
    if not reason:
        raise Refused(_("Podaj powód."))
    report = _locked(report)
    move(report, ReportStatus.DRAFT, by=by, note=reason, moment=moment)
    return report


@transaction.atomic
def publish(report: Report, *, by, moment) -> Report:
    """Everybody may read it: with its PDF kept, the older version superseded, the event in the public chain (C25, I10).

    Refused (Incomplete, naming each) while a voice has no approved answer, a voice is not settled, a text is missing or the
    figures have changed since the review (C22, C23); refused to its author.
    """
    report = _locked(report)
    if report.author == by.subject:
        raise Refused(_("To Twój raport. Ogłosić musi go inna osoba."))
    if missing := what_is_missing(report, moment=moment):
        raise Incomplete(missing)
    for older in _in_force(report):
        move(older, ReportStatus.SUPERSEDED, by=None, moment=moment)
    move(report, ReportStatus.PUBLISHED, by=by, moment=moment)
    report.approver, report.published_at = by.subject, moment
    report.pdf = store_own(report_pdf(report), name=pdf_name(report))
    report.save(update_fields=["approver", "published_at", "pdf"])
    if report.consultation.status == ConsultationStatus.UNDER_ANALYSIS:
        move(report.consultation, ConsultationStatus.REPORT_PUBLISHED, by=by, moment=moment)
    _announce(report, AnnouncedIn.PORTAL, localdate(moment), by)
    chain.append(report.consultation, "report", _event(report), moment=moment)
    followers.tell_report(report.consultation, moment=moment, number=report.number)
    return report


def _in_force(report):
    return report.consultation.reports.filter(status=ReportStatus.PUBLISHED).exclude(pk=report.pk)


def pdf_name(report: Report) -> str:
    return f"raport-{report.consultation.slug}-{report.number}.pdf"


def what_is_missing(report: Report, *, moment) -> list[str]:
    """What the report waits for, in sentences; empty when it may be published."""
    gaps = [*_words_missing(report), *unanswered_sentences(report.consultation), *_waiting(report.consultation)]
    gaps += rules.unsettled(report.consultation)
    if not figures.same_figures(report.frozen, figures.freeze(report.consultation, moment)):
        gaps.append(_("Liczby zmieniły się od przygotowania raportu. Cofnij go do poprawy i policz jeszcze raz."))
    return gaps


def _words_missing(report):
    if not report.position:
        yield _("Napisz stanowisko miasta.")
    if not report.next_steps:
        yield _("Napisz, co dalej.")


def unanswered_sentences(consultation) -> list[str]:
    """Which voices wait for an approved answer (C23): the number, and the first of them by their marks and words."""
    waiting = consultation.voices.unanswered()
    count = waiting.count()
    if not count:
        return []
    named = ", ".join(
        _named(voice) for voice in islice(waiting.only("sort_key", "public_text", "status").order_by("sort_key"), NAMED)
    )
    more = _(" i jeszcze %(count)d") % {"count": count - NAMED} if count > NAMED else ""
    words = counted(count, _("głos nie ma"), _("głosy nie mają"), _("głosów nie ma"))
    return [_("%(words)s zatwierdzonego stanowiska: %(named)s%(more)s.") % {"words": words, "named": named, "more": more}]


def _named(voice: Voice) -> str:
    words = voice.public_text[:40].replace("\n", " ") if voice.status == VoiceStatus.PUBLISHED else ""
    return f"{voice.mark} („{words}…”)" if words else voice.mark


def _waiting(consultation):
    """Voices that somebody prepared for the public and nobody released: a report does not overtake them."""
    count = consultation.voices.considered().filter(status=VoiceStatus.REDACTED).count()
    if count:
        yield _("Głosy, które czekają na drugą osobę przed publikacją: %(count)d.") % {"count": count}


@transaction.atomic
def withdraw(report: Report, *, reason: str, by, moment) -> Report:
    """Not in force any more; it stays to be read, marked as withdrawn and why (C25). The consultation goes back to analysis."""
    reason = clean_text(reason, multiline=True)
    if not reason:
        raise Refused(_("Podaj powód. Przeczytają go wszyscy."))
    report = _locked(report)
    move(report, ReportStatus.WITHDRAWN, by=by, note=reason, moment=moment)
    report.withdrawn_reason = reason
    report.save(update_fields=["withdrawn_reason"])
    move(report.consultation, ConsultationStatus.UNDER_ANALYSIS, by=by, note=_("raport wycofany"), moment=moment)
    chain.append(report.consultation, "report_withdrawn", _event(report), moment=moment)
    return report


@transaction.atomic
def record_bip(report: Report, *, url: str, announced_on: date, by) -> Report:
    """The report stands in the Public Information Bulletin too, at this address since this day (C25)."""
    report = _locked(report)
    if report.status != ReportStatus.PUBLISHED:
        raise Refused(_("W BIP ogłasza się raport, który już obowiązuje."))
    report.bip_url = url
    report.save(update_fields=["bip_url"])
    _announce(report, AnnouncedIn.BIP, announced_on, by, url)
    return report


def _announce(report, channel, day, by, url=""):
    Announcement.objects.create(
        consultation=report.consultation, about=Announcement.About.REPORT, channel=channel, announced_on=day, url=url,
        note=_("raport, wersja %(number)d") % {"number": report.number}, recorded_by=by.subject,
    )  # fmt: skip


def _event(report):
    return {"report": str(report.pk), "version": report.number, "figures_sha256": report.frozen_sha256}


def _locked(report):
    """The consultation first and then the report, in every verb, so that none waits in a ring."""
    consultation = (
        Consultation.objects.select_for_update(of=("self",), no_key=True).select_related("basis").get(pk=report.consultation_id)
    )
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.consultation = consultation
    return report
