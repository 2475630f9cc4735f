"""C5: PESEL is no question of a survey; who builds one is warned before anybody is asked."""

from uuid import uuid4

import pytest

from schemas.definition import Form, Option, Page, Question
from schemas.models import Kind
from schemas.warnings import warnings


def warned(**fields):
    question = Question(**{"code": "q", "kind": Kind.SHORT_TEXT, "label": "Pytanie", **fields})
    return [doubt.code for doubt in warnings(Form(uuid4(), "f", "F", 1, "", "", "", (Page("p", "P", questions=(question,)),)))]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.PESEL},
        {"label": "Twój numer pesel"},
        {"label": "PESEL-u nie podawaj? Podaj"},
        {"label": "Numer ewidencyjny"},
        {"hint": "Wpisz PESEL."},
        {"code": "nr-pesel"},
        {"minimum": 11, "maximum": 11},
        {"kind": Kind.CHOICE, "options": (Option("a", "A"), Option("b", "Inny PESEL", takes_text=True))},
    ],
)
def test_what_looks_like_pesel_is_named(fields):
    (code,) = warned(**fields)

    assert code == fields.get("code", "q")


@pytest.mark.parametrize(
    "fields", [{"label": "Ile masz lat?"}, {"kind": Kind.NOTE, "hint": "Nie pytamy o PESEL."}, {"maximum": 11}]
)
def test_what_does_not_is_left_in_peace(fields):
    assert warned(**fields) == []
