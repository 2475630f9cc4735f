"""Disputes about an entry: opened by an occupant, upheld by a correction or dismissed with a reason (R66). Visits go on meanwhile."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.outbox import post
from office.transitions import Refused, move
from pszok import disputes, dwellings
from pszok.actions.corrections import correct_line
from pszok.models import Dispute, VisitLine
from pszok.statuses import DisputeStatus
from ui.text import clean_text

SUPERVISE = "pszok.supervise_point"


@transaction.atomic
def open_dispute(visit, *, person, text, by, moment: datetime) -> Dispute:
    """Say that an entry is wrong. Refused: after the seventh day, for who does not live there today, a second time, without a text."""
    text, today = clean_text(text, multiline=True), localdate(moment)
    if person is None or not dwellings.visits_of(by, today).filter(pk=visit.pk).exists():
        raise Refused(_("Reklamację składa dorosły, który mieszka pod tym adresem."))
    if not text:
        raise Refused(_("Napisz, co się nie zgadza."))
    if not disputes.is_in_time(visit, today):
        raise Refused(_("Na reklamację jest 7 dni od wizyty i ten czas minął. Zadzwoń do punktu."))
    try:
        with transaction.atomic():
            return Dispute.objects.create(visit=visit, person=person, text=text, opened_at=moment)
    except IntegrityError:
        raise Refused(_("Ta wizyta ma już reklamację: zobacz jej stan poniżej.")) from None


@transaction.atomic
def withdraw(dispute: Dispute, *, by, moment: datetime) -> None:
    """Take one's own dispute back while nobody has answered."""
    if dispute.person.account_id != by.pk:
        raise Refused(_("Wycofać może tylko osoba, która złożyła reklamację."))
    move(dispute, DisputeStatus.WITHDRAWN, by=by, moment=moment)


@transaction.atomic
def dismiss(dispute: Dispute, *, answer: str, by, moment: datetime) -> None:
    """The entry stays as it is; the person reads why."""
    _answered(dispute, DisputeStatus.DISMISSED, answer, by, moment)


@transaction.atomic
def uphold(dispute: Dispute, *, answer: str, by, moment: datetime) -> None:
    """The person was right. Refused until a line of the visit was corrected: words alone would leave the balance wrong."""
    if not VisitLine.objects.filter(visit=dispute.visit_id, reverses__isnull=False, at__gte=dispute.opened_at).exists():
        raise Refused(_("Najpierw popraw pozycję wizyty. Uznanie reklamacji bez korekty zostawiłoby błędny limit."))
    _answered(dispute, DisputeStatus.UPHELD, answer, by, moment)


def _answered(dispute, status, answer, by, moment):
    if not by.has_perm(SUPERVISE):
        raise Refused(_("Reklamacje rozpatruje osoba nadzorująca punkt."))
    dispute.answer, dispute.answered_at = clean_text(answer, multiline=True), moment
    if not dispute.answer:
        raise Refused(_("Napisz odpowiedź: mieszkaniec przeczyta ją na stronie wizyty."))
    move(dispute, status, by=by, moment=moment, along=["answer", "answered_at"])
    _tell(dispute)


def _tell(dispute):
    """Who disputed learns that there is an answer; the letter says neither what was disputed nor what is answered (S42)."""
    person = dispute.person
    address = person.account.email if person.account_id else person.email
    if address:
        path = reverse("pszok:visit", args=[dispute.visit_id])
        post(event="pszok/dispute_answered", to=address, context={"path": path}, recipient=person.pk, about=dispute)


@transaction.atomic
def uphold_with_correction(dispute: Dispute, *, line, answer, by, moment: datetime, kg=None, litres=None, pieces=None) -> None:
    """Correct the line and uphold the dispute in one step: both happen or neither."""
    reason = _("Reklamacja z %(day)s") % {"day": f"{localdate(dispute.opened_at):%d.%m.%Y}"}
    correct_line(line, reason=reason, kg=kg, litres=litres, pieces=pieces, by=by, moment=moment)
    uphold(dispute, answer=answer, by=by, moment=moment)
