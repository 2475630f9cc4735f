"""DO-1 as sample data loads it, and small forms built for one test."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from residents.models import AddressPoint
from schemas import computed
from schemas.actions import load_definition
from schemas.computed import CannotCompute, Computed
from schemas.definition import compiled
from schemas.models import Definition
from schemas.twin import build

DO_1 = json.loads((Path(__file__).parents[2] / "sample_data" / "forms" / "do-1.json").read_text())
MOMENT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
PESEL = "90090515836"
NIP = "5930206827"


def options(*pairs, **flags):
    """`options(("a", "A"), ("inne", "Inne"), inne={"takes_text": True})`"""
    return [{"code": code, "label": label, **flags.get(code, {})} for code, label in pairs]


# A survey with every kind that surveys have: the rebuilding of Sportowa street.
SURVEY = {
    "code": "sportowa", "title": "Przebudowa ulicy Sportowej", "number": 1,
    "intro": "Powiedz, czego potrzebuje Twoja ulica.", "source": "zarządzenie nr 48/2022",
    "pages": [
        {
            "code": "ulica", "title": "Ulica",
            "questions": [
                {"code": "who", "kind": "choice", "label": "Kim jesteś?", "options": options(
                    ("resident", "Mieszkam przy tej ulicy"), ("owner", "Mam tu firmę albo lokal"), ("other", "Ktoś inny"),
                    other={"takes_text": True})},
                {"code": "needs", "kind": "choices", "label": "Czego brakuje na ulicy?", "minimum": 1, "maximum": 3, "options": options(
                    ("trees", "Drzew"), ("benches", "Ławek"), ("parking", "Miejsc do parkowania"), ("other", "Czegoś innego"),
                    ("none", "Żadne z powyższych"), trees={"hint": "Także krzewów i klombów."},
                    other={"takes_text": True}, none={"is_exclusive": True})},
                {"code": "safety", "kind": "scale", "label": "Czy czujesz się tu bezpiecznie?", "minimum": 1, "maximum": 5,
                 "minimum_label": "zdecydowanie nie", "maximum_label": "zdecydowanie tak", "has_no_opinion": True},
                {"code": "why", "kind": "long_text", "label": "Dlaczego nie jest tu bezpiecznie?", "is_required": False,
                 "shown_when": {"needs": "all", "rows": [{"asked": "safety", "operator": "at_most", "value": "2"}]}},
                {"code": "quality", "kind": "matrix", "label": "Jak oceniasz to, co jest?",
                 "rows": [{"code": "pavement", "label": "Chodniki"}, {"code": "light", "label": "Oświetlenie wieczorem"},
                          {"code": "crossing", "label": "Przejścia przy szkole"}],
                 "options": options(("bad", "Źle"), ("fair", "Średnio"), ("good", "Dobrze"), ("none", "Nie wiem"))},
                {"code": "order", "kind": "ranking", "label": "Co zrobić najpierw?", "options": options(
                    ("bike", "Drogę dla rowerów"), ("surface", "Nową nawierzchnię"), ("green", "Zieleń"))},
                {"code": "best", "kind": "ranking", "label": "Wskaż dwie najlepsze nazwy skweru", "is_required": False, "maximum": 2,
                 "options": options(("poets", "Poetów"), ("rivers", "Rzeczny"), ("mill", "Młyński"))},
            ],
        },
        {
            "code": "koniec", "title": "Na koniec",
            "questions": [
                {"code": "since", "kind": "date", "label": "Od kiedy tu mieszkasz?", "is_required": False, "latest": "today",
                 "shown_when": {"needs": "all", "rows": [{"asked": "who", "operator": "is", "value": "resident"}]}},
                {"code": "walk", "kind": "date", "label": "Kiedy możesz przyjść na spacer badawczy?", "is_required": False,
                 "earliest": "2026-05-10", "latest": "2026-05-20"},
                {"code": "persons", "kind": "number", "label": "Ile osób mieszka w domu?", "minimum": 1, "maximum": 20, "is_required": False},
                {"code": "consent", "kind": "statement", "label": "Zgadzam się na przetwarzanie danych do celów konsultacji"},
            ],
        },
    ],
}  # fmt: skip
FULL = {
    "who": "other", "who_other": "Chodzę tędy do szkoły", "needs": ["trees", "other"], "needs_other": "poidełka", "safety": 2,
    "why": "Ciemno.", "quality": {"pavement": "bad", "light": "fair", "crossing": "none"}, "order": ["green", "bike", "surface"],
    "best": ["mill"], "walk": "2026-05-12", "persons": 3, "consent": True,
}  # fmt: skip


def persons_fee(answers, context):
    """A fee of the tests' own, by which `waste_fee` is never replaced."""
    if "residents-count" not in answers:
        raise CannotCompute("Wpisz, ile osób mieszka w domu.")
    grosze = answers["residents-count"] * context.facts.get("rate", 3200)
    return Computed({"grosze": grosze}, f"{grosze // 100},{grosze % 100:02} zł", f"{answers['residents-count']} os.")


@pytest.fixture
def functions(monkeypatch):
    """The registry with `waste_fee` counted the tests' way; the real registrations come back afterwards."""
    monkeypatch.setattr(computed, "_functions", {"waste_fee": persons_fee})


@pytest.fixture
def street(db):
    """One address point: Batorego 12a."""
    from residents.models.places import address_key

    return AddressPoint.objects.create(
        terc="2204021", simc="0935098", ulic="00753", street="Batorego", number="12a", search=address_key("Batorego", "12a")
    )


@pytest.fixture
def do_1(db, functions, street):
    """The compiled DO-1."""
    return compiled(load_definition(DO_1, by=None, moment=MOMENT).pk)


@pytest.fixture
def make_version(db, functions):
    """`make_version(pages, code="proba")`: a draft with these pages."""

    def make(pages, *, code="proba", number=1, **fields):
        definition, _ = Definition.objects.get_or_create(code=code, defaults={"title": "Próba"})
        return build(definition, number, {"title": "Próba", "pages": pages, **fields})

    return make


@pytest.fixture
def make_form(make_version):
    """`make_form(question, …)`: a compiled form with these questions on one page."""
    return lambda *questions: compiled(make_version([{"code": "p1", "title": "Ekran", "questions": list(questions)}]).pk)


@pytest.fixture
def anna_answers():
    """What Anna keeps after filling DO-1: first declaration, three people, compost."""
    return {
        "reason": "first",
        "first-day": "2026-02-20",
        "role": "owner",
        "payer": "person",
        "first-name": "Anna",
        "last-name": "Żółkowska",
        "pesel": PESEL,
        "phone": "+48123456789",
        "address": {
            "terc": "2204021",
            "simc": "0935098",
            "ulic": "00753",
            "street": "Batorego",
            "number": "12a",
            "flat": "3",
        },
        "residents-count": 3,
        "house": "yes",
        "composting": "yes",
        "compost-volume": 800,
        "compost-statement": True,
        "truth": True,
    }


@pytest.fixture
def survey(db, functions):
    """The compiled survey about Sportowa street."""
    return compiled(load_definition(SURVEY, by=None, moment=MOMENT).pk)
