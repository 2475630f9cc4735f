"""Consultations that tests start from, each made in one line, in any state and phase of the calendar.

The phase is by the clock of the database, so calendars stand around the true now and not around a day of the story.
"""

import copy
import uuid
from datetime import timedelta

from django.utils import timezone

from consultations import rules
from consultations.models import (
    Activity,
    ActivityKind,
    Addressee,
    AnnouncedIn,
    Announcement,
    BasisKind,
    BudgetRules,
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    InstrumentVersion,
    IntegrityLevel,
    LegalBasis,
    Project,
)
from consultations.statuses import ConsultationStatus, Phase
from schemas.actions import load_definition
from tests.factories import LONG_AGO, SOURCE

AUTHOR = uuid.UUID("11111111-1111-4111-8111-111111111111")  # User.subject of who drafted it, when no test person did
APPROVER = uuid.UUID("22222222-2222-4222-8222-222222222222")

SMALL_SURVEY = {
    "code": "ulica",
    "title": "Ankieta o ulicy",
    "number": 1,
    "intro": "Trzy pytania, dwie minuty.",
    "pages": [
        {
            "code": "ulica",
            "title": "Twoja ulica",
            "questions": [
                {
                    "code": "trees",
                    "kind": "choice",
                    "label": "Czy chcesz drzew wzdłuż ulicy?",
                    "options": [
                        {"code": "yes", "label": "Tak"},
                        {"code": "no", "label": "Nie"},
                        {"code": "any", "label": "Nie mam zdania"},
                    ],
                },
                {
                    "code": "travel",
                    "kind": "choices",
                    "label": "Jak poruszasz się tą ulicą?",
                    "is_required": False,
                    "options": [
                        {"code": "foot", "label": "Pieszo"},
                        {"code": "bike", "label": "Rowerem"},
                        {"code": "car", "label": "Samochodem"},
                    ],
                },
                {"code": "why", "kind": "long_text", "label": "Co jeszcze chcesz powiedzieć?", "is_required": False},
            ],
        }
    ],
}
SMALL_ANSWERS = {"trees": "yes", "travel": ["foot", "bike"], "why": "Latem jest tam za gorąco."}


def make_basis(kind: str = BasisKind.FREE, **fields) -> LegalBasis:
    """What the law asks of the kind; by default at least seven days and announcing in BIP and on the portal."""
    code = fields.pop("code", f"test-{kind}")
    if found := LegalBasis.objects.filter(code=code).first():
        return found
    given = {
        "title": f"Podstawa do testów: {BasisKind(kind).label}", "minimum_days": 7, "announced_in": [AnnouncedIn.BIP, AnnouncedIn.PORTAL],
        "is_binding": kind == BasisKind.BUDGET, "effect": "Wynik jest opinią mieszkańców. Miasto odpowie na każdy głos.",
        "valid_from": LONG_AGO, "source": SOURCE,
    }  # fmt: skip
    return LegalBasis.objects.create(code=code, kind=kind, **{**given, **fields})


def calendar_of(phase: str):
    """Opening and closing, at midnights of Warsaw, that put an announced consultation in the phase now."""
    today, day = timezone.localdate(), timedelta(days=1)
    first, last = {Phase.BEFORE: (2, 16), Phase.OPEN: (-3, 11), Phase.CLOSED: (-20, -2)}[Phase(phase)]
    return rules.opening_of(today + first * day), rules.closing_of(today + last * day)


def make_consultation(status: str = ConsultationStatus.ANNOUNCED, phase: str = Phase.OPEN, **fields) -> Consultation:
    """With everything that announcing needs, announced in BIP and on the portal, channels for the portal, paper and e-mail."""
    opens_at, closes_at = calendar_of(phase)
    status = ConsultationStatus(status)
    is_draft = status == ConsultationStatus.DRAFT
    is_public = status not in (ConsultationStatus.DRAFT, ConsultationStatus.APPROVED)
    given = {
        "slug": f"przebudowa-{uuid.uuid4().hex[:8]}", "title": "Przebudowa ulicy Sportowej", "summary": "Jak ma wyglądać ulica Sportowa?",
        "order_number": "48/2026", "order_on": LONG_AGO, "purpose": "Chcemy poznać potrzeby mieszkańców.", "subject": "Układ ulicy.",
        "decided_so_far": "Ulica będzie przebudowana. Od głosów zależy, ile będzie drzew.", "addressees": [Addressee.RESIDENTS],
        "unit": "Referat Inwestycji", "contact": "tel. 58 000 00 00", "place": "Pruszcz Gdański", "results_method": "Zliczymy odpowiedzi.",
        "results_where": "Na tej stronie i w BIP.", "integrity": IntegrityLevel.OPEN, "opens_at": opens_at, "closes_at": closes_at,
        "drafted_by": AUTHOR, "approved_by": None if is_draft else APPROVER, "announced_at": opens_at - timedelta(days=1) if is_public else None,
    }  # fmt: skip
    given = {**given, **fields}
    if "basis" not in given:
        given["basis"] = make_basis()
    if given["integrity"] > IntegrityLevel.OPEN:
        given.setdefault("integrity_reason", "Każda osoba głosuje raz.")
    consultation = Consultation.objects.create(status=status, **given)
    _make_doors(consultation)
    _make_announcements(consultation)
    return consultation


def _make_doors(consultation):
    kinds, rules = CollectingChannel.Kind, CollectingChannel.Rule
    for kind, rule, where in [
        (kinds.ONLINE, rules.SERVER_TIME, ""),
        (kinds.POST, rules.POSTMARK, "Urząd Miasta, ul. Grunwaldzka 20"),
        (kinds.BOX, rules.RECEIPT, "Hol urzędu"),
        (kinds.EMAIL, rules.SERVER_TIME, "konsultacje@pruszcz.example"),
    ]:
        CollectingChannel.objects.create(consultation=consultation, kind=kind, rule=rule, where=where)


def _make_announcements(consultation):
    day = timezone.localdate((consultation.opens_at or timezone.now()) - timedelta(days=1))
    for channel in (AnnouncedIn.BIP, AnnouncedIn.PORTAL):
        Announcement.objects.create(
            consultation=consultation, channel=channel, announced_on=day, url="https://bip.example/ogloszenie", recorded_by=AUTHOR
        )


def make_survey(consultation: Consultation, data: dict | None = None, *, code: str = "ankieta", **fields) -> Instrument:
    """A survey with its questions published and approved as the first version."""
    data = copy.deepcopy(data or SMALL_SURVEY)
    data["code"] = f"{data['code']}-{consultation.pk.hex[:8]}-{code}"[:50]
    version = load_definition(data, by=None, moment=timezone.now())
    given = {"title": data["title"], "kind": InstrumentKind.SURVEY, "definition": version.definition}
    survey = Instrument.objects.create(consultation=consultation, code=code, **{**given, **fields})
    InstrumentVersion.objects.create(
        instrument=survey, version=version, edit=InstrumentVersion.Edit.FIRST, approved_by=APPROVER, approved_at=timezone.now()
    )
    return survey


def make_meeting(consultation: Consultation, kind: str = ActivityKind.MEETING, **fields) -> Activity:
    given = {"title": "Spotkanie w szkole", "starts_at": consultation.opens_at + timedelta(days=2), "place": "SP nr 3"}
    return Activity.objects.create(consultation=consultation, kind=kind, **{**given, **fields})


def make_budget(
    consultation: Consultation, *, projects=((1, 100_000), (2, 200_000), (3, 300_000)), code="glosowanie", **rules
) -> Instrument:
    """A vote on projects `(code, złoty)`: by default two marks at most, the pot pays the first two, a draw decides ties."""
    instrument = Instrument.objects.create(
        consultation=consultation, code=code, kind=InstrumentKind.BUDGET, title="Głosowanie na projekty", order=2
    )
    given = {
        "pot_grosze": 30_000_000, "ballot_type": "approval", "card": {"most_marks": 2}, "rule": "greedy-votes", "tie_rules": ["draw"],
        "draw_announcement": "Wynik losowania Lotto z pierwszej soboty po głosowaniu.", "source": SOURCE,
    }  # fmt: skip
    BudgetRules.objects.create(instrument=instrument, **{**given, **rules})
    for order, (number, cost) in enumerate(projects, 1):
        Project.objects.create(
            instrument=instrument, code=str(number), order=order, name=f"Projekt {number}", cost_grosze=cost * 100, place="Park"
        )
    return instrument
