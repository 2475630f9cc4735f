"""Letters of the office as documents to print, sign and keep: a decision and a call, in the very words of their pages (L13, L34)."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import localdate

from eboi.models import Case, Decision, DefectCall, OutgoingLetter
from eboi.rules import terms_of
from eboi.statuses import CallStatus, DecisionStatus
from office.pdf import render_pdf
from ui.words import long_date, plural

TEMPLATE = Path(__file__).parent / "pdf" / "letter.typ"
COPY = (
    "Kopia informacyjna",
    "Terminy biegną od doręczenia pisma pocztą, przez e-Doręczenia albo w urzędzie, a nie od przeczytania tej kopii.",
)
DRAFT = ("Projekt", "Pismo nie jest jeszcze podpisane ani wysłane.")
CALL_BASIS = "art. 64 § 2 Kodeksu postępowania administracyjnego"
CALL_WARNING = "Jeśli zdążysz, zgłoszenie zachowuje datę, z którą wpłynęło. Jeśli nie, urząd może pozostawić je bez rozpoznania."


def decision_letter(decision: Decision, *, is_copy: bool) -> dict[str, Any]:
    """Every part of KPA art. 107 § 1. `is_copy`: for the party, whose terms run from service and not from this file (L16)."""
    is_draft = decision.status == DecisionStatus.DRAFT
    sections = [
        ("Podstawa prawna", decision.legal_basis),
        ("Rozstrzygnięcie", decision.ruling),
        ("Uzasadnienie", decision.reasons),
        ("Pouczenie", decision.instruction),
    ]
    return _letter(
        "Decyzja", decision.case, authority=decision.authority, day=decision.decided_on, party=decision.party,
        sections=sections, name=decision.signatory_name, position=decision.signatory_position,
        mark=DRAFT if is_draft else COPY if is_copy else None,
    )  # fmt: skip


def call_letter(call: DefectCall, *, is_copy: bool) -> dict[str, Any]:
    """The call with its warning (L7), under the name of the officer who leads the case."""
    case, is_draft = call.case, call.status == CallStatus.DRAFT
    day = localdate(call.sent_at) if call.sent_at else None
    sections = [
        ("Podstawa prawna", CALL_BASIS),
        ("O co prosi urząd", call.missing),
        ("Ile masz czasu", days_to_answer(call)),
        ("Pouczenie", CALL_WARNING),
    ]
    return _letter(
        "Wezwanie do uzupełnienia", case, authority=terms_of(case.matter, day or localdate()).authority, day=day,
        party=str(case.person), sections=sections, name=case.officer.name, position=case.officer.position,
        mark=DRAFT if is_draft else COPY if is_copy else None,
    )  # fmt: skip


def written_letter(letter: OutgoingLetter, case: Case) -> dict[str, Any]:
    """A letter of the outgoing register in its own words, under the name of the officer who leads the case."""
    return _letter(
        letter.subject, case, authority=terms_of(case.matter, letter.sent_on).authority, day=letter.sent_on, party=letter.recipient,
        sections=[(letter.rpo, letter.text)], name=case.officer.name, position=case.officer.position, mark=None,
    )  # fmt: skip


def days_to_answer(call: DefectCall) -> str:
    """The term runs from service, so the letter names days and the portal the last day once it is known."""
    days = plural(call.days, "dzień", "dni", "dni")
    return f"Masz na to {call.days} {days} od doręczenia wezwania. Odpowiedzieć możesz już teraz."


def _letter(title, case: Case, *, authority, day, party, sections, name, position, mark) -> dict[str, Any]:
    return {
        "title": title, "case": case.mark, "matter": case.matter.name, "authority": authority, "party": party,
        "day": long_date(day) if day else "", "iso_day": (day or localdate()).isoformat(),  # a draft is dated by its print, for PDF/A wants a date
        "sections": [{"title": heading, "text": text} for heading, text in sections],
        "signatory": {"name": name, "position": position}, "mark": {"title": mark[0], "text": mark[1]} if mark else None,
    }  # fmt: skip


def as_pdf(letter: dict[str, Any]) -> HttpResponse:
    """A download: tagged PDF/UA-1 and PDF/A-3a, never kept by a browser."""
    response = HttpResponse(render_pdf(TEMPLATE, letter), content_type="application/pdf")
    name = f"{slugify(letter['title'])}-{letter['case'].replace('.', '-')}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
