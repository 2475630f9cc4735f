"""The town's answer to a voice or to a group of like voices: outcome and reasons, written by one, approved by another (C23, I7)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from consultations.models import Report, Ruling, Voice, VoiceGroup
from consultations.statuses import ReportStatus, RulingStatus
from consultations.text_search import Vector
from office.transitions import Refused, move
from ui.text import clean_text


@transaction.atomic
def rule(subject: Voice | VoiceGroup, *, outcome, reasons, by) -> Ruling:
    """A draft of the answer, or the draft there is with new words; whoever wrote it last is its author.

    Refused for a voice in a group (the group is answered), for an empty group, and once the answer is approved.
    """
    reasons = _given(reasons)
    subject = _locked(subject)
    existing = Ruling.objects.select_for_update(of=("self",)).filter(**_of(subject)).first()
    if existing and existing.status != RulingStatus.DRAFT:
        raise Refused(_("To stanowisko jest już zatwierdzone. Otwórz je ponownie, żeby je zmienić."))
    said = {"outcome": outcome, "reasons": reasons, "author": by.subject, "search": Vector(_sought(subject, reasons))}
    if existing:
        Ruling.objects.filter(pk=existing.pk).update(**said)
        return Ruling.objects.get(pk=existing.pk)
    return _made(subject, said)


def _made(subject, said):
    try:
        with transaction.atomic():
            return Ruling.objects.create(consultation_id=subject.consultation_id, **_of(subject), **said)
    except IntegrityError:
        raise Refused(_("Ktoś był szybszy i napisał już stanowisko. Odśwież stronę.")) from None


def _locked(subject):
    """The row as it is now, held, so that nobody moves a voice into a group while it gets an answer of its own (I7)."""
    subject = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    if isinstance(subject, Voice) and subject.group_id:
        raise Refused(_("Ten głos jest w grupie. Napisz stanowisko wobec grupy albo najpierw go z niej wyjmij."))
    if isinstance(subject, VoiceGroup) and not subject.voices.exists():
        raise Refused(_("W tej grupie nie ma głosów."))
    return subject


def _of(subject):
    return {"group": subject} if isinstance(subject, VoiceGroup) else {"voice": subject}


def _sought(subject, reasons):
    return f"{subject.title} {subject.summary} {reasons}" if isinstance(subject, VoiceGroup) else reasons


def _given(reasons):
    reasons = clean_text(reasons, multiline=True)
    if not reasons:
        raise Refused(_("Napisz uzasadnienie. Mieszkaniec powinien zrozumieć, dlaczego tak zdecydowano."))
    return reasons


@transaction.atomic
def approve(ruling, *, by, moment):
    """The answer stands. Refused to its author: nobody approves their own words."""
    if ruling.author == by.subject:
        raise Refused(_("To Twoje stanowisko. Zatwierdzić musi je inna osoba."))
    if not Ruling.objects.filter(pk=ruling.pk, author=ruling.author, reasons=ruling.reasons, outcome=ruling.outcome).exists():
        raise Refused(_("Stanowisko zmieniono po otwarciu tej strony. Przeczytaj je jeszcze raz."))
    approval = {"approver": by.subject, "approved_at": moment, "answered": _how_many(ruling.group_id)}
    Ruling.objects.filter(pk=ruling.pk, status=RulingStatus.DRAFT).update(**approval)
    move(ruling, RulingStatus.APPROVED, by=by, moment=moment)
    ruling.approver, ruling.approved_at = by.subject, moment
    return ruling


def _how_many(group_id) -> int:
    """Voices considered in the group, which nobody joins or leaves from now on: its row is locked. 0 of an answer to one voice."""
    if group_id is None:
        return 0
    VoiceGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    return Voice.objects.considered().filter(group=group_id).count()


def approve_all(rulings, *, by, moment):
    """Each draft that this person may approve. Returns how many; their own are left waiting."""
    waiting = [ruling for ruling in rulings if ruling.status == RulingStatus.DRAFT and ruling.author != by.subject]
    for ruling in waiting:
        approve(ruling, by=by, moment=moment)
    return len(waiting)


@transaction.atomic
def reopen(ruling, *, reason, by, moment):
    """Back to a draft. Refused while a published report cites it: first withdraw the report."""
    reason = clean_text(reason, multiline=True)
    if not reason:
        raise Refused(_("Podaj powód."))
    if Report.objects.filter(consultation=ruling.consultation_id, status=ReportStatus.PUBLISHED).exists():
        raise Refused(_("Ogłoszony raport powołuje się na to stanowisko. Najpierw wycofaj raport."))
    move(ruling, RulingStatus.DRAFT, by=by, note=reason, moment=moment)
    Ruling.objects.filter(pk=ruling.pk).update(approver=None, approved_at=None)
    ruling.approver = ruling.approved_at = None
    return ruling


@transaction.atomic
def discard(ruling, *, by):
    """Throw a draft away, so that its voice may join a group. An approved answer is refused."""
    if not Ruling.objects.filter(pk=ruling.pk, status=RulingStatus.DRAFT).delete()[0]:
        raise Refused(_("Zatwierdzonego stanowiska nie można usunąć."))
