"""What the office holds on a person as a party: drafts, what was filed, cases and everything in them (GDPR art. 15, 17).

Internal notes are not told here either (L12). Files of a case are given when they are clean or the person's own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _

from eboi.actions.faults import forget_author
from eboi.actions.filing import throw_away
from eboi.models import (
    Attachment,
    Case,
    CaseMessage,
    Deadline,
    Decision,
    DefectCall,
    Delivery,
    Document,
    Fault,
    FaultFile,
    IncomingLetter,
    OutgoingLetter,
    Pause,
    Receipt,
    Scan,
    Submission,
)
from eboi.statuses import DecisionStatus
from residents.models import Person
from ui.my_data import Held

NOT_TOLD = {
    "eboi.UnitMember": "where a clerk works: the town's organisation, not data on a resident",
}
FILE = (
    "Akta spraw urząd przechowuje przez czas z kategorii archiwalnej klasy JRWA; „A” na zawsze, „B5” przez 5 lat po roku zakończenia "
    "(rozporządzenie w sprawie instrukcji kancelaryjnej, do potwierdzenia)."
)  # fmt: skip


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    drafts = Submission.objects.drafts().filter(person=person)
    yield Held(title=_("Szkice pism"), rows=drafts, kept="draft", columns=("matter__name", "answers", "started_at", "saved_at"))
    yield Held(
        title=_("Załączniki szkiców"), rows=Attachment.objects.filter(submission__in=drafts), kept="draft", file="file",
        columns=("question", "file__name", "added_at"), labels={"added_at": _("dodano")},
    )  # fmt: skip
    faults = faults_of(person)
    yield Held(
        title=_("Mój adres przy zgłoszeniach usterek"), rows=faults, kept="fault_address",
        columns=("year", "number", "status", "place", "answers", "reported_at"),
    )  # fmt: skip
    yield Held(
        title=_("Zdjęcia wysłane z tymi zgłoszeniami"), rows=FaultFile.objects.filter(fault__in=faults), kept="fault", file="file",
        columns=("question", "file__name"),
    )  # fmt: skip
    for told in (_filed(person), _of_cases(person), _rulings(person)):
        for title, rows, columns, more in told:
            yield Held(title=title, rows=rows, columns=columns, stays=_(FILE), names=True, **more)


def faults_of(person: Person):
    """By the address: who tells of a lamp needs no account. Only of addresses that the account has confirmed."""
    confirmed = person.account.emailaddress_set.filter(verified=True) if person.account_id else EmailAddress.objects.none()
    return Fault.objects.with_address(*confirmed.values_list("email", flat=True))


def _filed(person: Person) -> Iterator[tuple[Any, ...]]:
    filed = Submission.objects.filed().filter(person=person)
    yield (
        _("Złożone pisma"),
        filed,
        ("matter__name", "answers", "computed", "received_at", "sign_in_method", "identity_level"),
        {},
    )
    yield (
        _("Załączniki złożonych pism"), Attachment.objects.filter(submission__in=filed), ("question", "file__name", "added_at"),
        {"file": "file", "labels": {"added_at": _("dodano")}},
    )  # fmt: skip
    yield (
        _("Urzędowe potwierdzenia odbioru"),
        Receipt.objects.filter(submission__in=filed),
        ("id", "body", "issued_at"),
        {"labels": {"id": _("oznaczenie")}},
    )
    letters = IncomingLetter.objects.filter(sender=person)
    yield (
        _("Rejestr przesyłek wpływających"), letters,
        ("year", "number", "channel", "received_at", "sender_name", "subject", "letter_on", "letter_mark", "status"), {},
    )  # fmt: skip
    yield _("Skany pism"), Scan.objects.filter(letter__in=letters), ("file__name", "added_at"), {"file": "file"}


def _of_cases(person: Person) -> Iterator[tuple[Any, ...]]:
    mine = {"case__person": person}
    yield (
        _("Sprawy"), Case.objects.filter(person=person).order_by("-opened_at"),
        ("mark", "matter__name", "status", "received_on", "opened_at", "closed_at", "outcome", "jrwa__category"), {"labels": {"jrwa__category": _("kategoria archiwalna")}},
    )  # fmt: skip
    yield (
        _("Dokumenty w sprawach"), Document.objects.filter(**mine),
        ("case__mark", "title", "is_from_office", "added_at"), {"file": "file"},
    )  # fmt: skip
    yield (
        _("Wiadomości w sprawach"),
        CaseMessage.objects.filter(**mine).for_party(),
        ("case__mark", "kind", "text", "at", "read_at"),
        {},
    )
    yield (
        _("Terminy spraw"), Deadline.objects.filter(**mine),
        ("case__mark", "started_on", "due_on", "reason", "closed_at"), {"also": (Pause,)},
    )  # fmt: skip


def _rulings(person: Person) -> Iterator[tuple[Any, ...]]:
    mine = {"case__person": person}
    yield (
        _("Wezwania do uzupełnienia"), DefectCall.objects.filter(**mine, sent_at__isnull=False),
        ("case__mark", "missing", "sent_at", "served_on", "due_on", "answer", "answered_at"), {},
    )  # fmt: skip
    signed = Decision.objects.filter(**mine).exclude(status=DecisionStatus.DRAFT)
    yield (
        _("Decyzje"), signed,
        ("case__mark", "authority", "decided_on", "party", "legal_basis", "ruling", "reasons", "instruction", "signatory_name"), {},
    )  # fmt: skip
    yield (
        _("Pisma wysłane do mnie"), OutgoingLetter.objects.filter(person=person),
        ("year", "number", "kind", "channel", "case__mark", "recipient", "address", "subject", "text", "sent_on"), {},
    )  # fmt: skip
    yield (
        _("Doręczenia"),
        Delivery.objects.filter(Q(case__person=person) | Q(letter__person=person)),
        ("letter__subject", "channel", "sent_on", "collected_on", "effective_on", "proof"),
        {"file": "proof_file", "labels": {"letter__subject": _("pismo")}},
    )


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Drafts go with their files, and addresses and photographs from reports of faults; what was filed is a public record."""
    for fault in faults_of(person):
        forget_author(fault)
    for draft in Submission.objects.drafts().filter(person=person):
        throw_away(draft)
