"""A closed survey whose voices are sealed, with age and sex, for tests of results and files."""

import copy
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consultations import keys, sealing
from consultations.models import Ballot, Consultation, Instrument
from consultations.statuses import ConsultationStatus, Phase
from tests.consultations.cast import make_consultation, make_survey

AGES = ("age-0-15", "age-16-24", "age-25-64", "age-65-plus")
SURVEY = {
    "code": "park",
    "title": "Ankieta o parku",
    "number": 1,
    "pages": [
        {
            "code": "park",
            "title": "Park",
            "questions": [
                {"code": "want", "kind": "choice", "label": "Co ma być w parku?", "options": [
                    {"code": "trees", "label": "Drzewa"}, {"code": "path", "label": "=Ścieżka"}, {"code": "other", "label": "Co innego", "takes_text": True}]},
                {"code": "when", "kind": "choices", "label": "Kiedy tam bywasz?", "is_required": False, "options": [
                    {"code": "morning", "label": "Rano"}, {"code": "evening", "label": "Wieczorem"}]},
                {"code": "safe", "kind": "yes_no", "label": "Czy jest bezpiecznie?", "is_required": False},
                {"code": "dark", "kind": "choice", "label": "Gdzie jest ciemno?", "is_required": False,
                 "shown_when": {"needs": "all", "rows": [{"asked": "safe", "operator": "is", "value": "no"}]}, "options": [
                    {"code": "gate", "label": "Przy bramie"}, {"code": "pond", "label": "Przy stawie"}]},
                {"code": "rank", "kind": "ranking", "label": "Co najpierw?", "is_required": False, "options": [
                    {"code": "benches", "label": "Ławki"}, {"code": "lamps", "label": "Lampy"}]},
                {"code": "visits", "kind": "number", "label": "Ile razy w miesiącu?", "is_required": False},
                {"code": "mail", "kind": "email", "label": "E-mail", "is_required": False},
                {"code": "agree", "kind": "statement", "label": "Czytałem opis", "is_required": False},
                {"code": "why", "kind": "long_text", "label": "Co jeszcze?", "is_required": False},
                {"code": "age", "kind": "choice", "label": "Ile masz lat?", "is_required": False, "options": [
                    {"code": code, "label": code} for code in AGES]},
                {"code": "sex", "kind": "choice", "label": "Płeć", "is_required": False, "options": [
                    {"code": "k", "label": "kobieta"}, {"code": "m", "label": "mężczyzna"}]},
            ],
        }
    ],
}  # fmt: skip


def answers(number: int) -> dict:
    """Of the voice of this number: every kind, with a few rare people among many."""
    said = {
        "want": ("trees", "path", "other")[number % 3], "when": ["morning", "evening"][: 1 + number % 2], "safe": "no" if number % 4 == 0 else "yes",
        "age": "age-65-plus" if number == 1 else AGES[1 + number % 2], "sex": "k" if number % 3 else "m", "visits": number % 7, "rank": ["lamps", "benches"],
    }  # fmt: skip
    if number % 4 == 0:
        said["dark"] = "gate"
    if number % 5 == 0:
        said |= {"why": f'=HYPERLINK("x") {number}', "mail": f"osoba{number}@example.com", "agree": True}
    if number % 6 == 2:
        said["want_other"] = "Fontanna"
    return said


@transaction.atomic
def put_in(
    survey: Instrument, count: int, *, first: int = 0, day: date | None = None, say=answers, is_final=False, version=None
) -> None:
    """Straight to the box, as a sealing writes them."""
    moment = timezone.now() if day is None else timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
    version = version or survey.versions.first().version
    batch = sealing._next_batch(survey, moment, is_final)
    ballots = [
        Ballot(instrument=survey, batch_id=batch.pk, version=version, channel="box" if n % 9 == 0 else "online", answers=copy.deepcopy(say(n)))
        for n in range(first, first + count)
    ]  # fmt: skip
    for ballot, n in zip(ballots, range(first, first + count), strict=True):
        ballot.pk = uuid.uuid5(survey.pk, str(n))
    rows = sealing._write(ballots, batch)
    batch.commitments_root = sealing.commitments_root([])
    sealing._close(batch, rows, moment)


def make_box(count: int = 60, *, data: dict = SURVEY, status=ConsultationStatus.UNDER_ANALYSIS, **fields) -> Instrument:
    """Approved long ago, `count` voices in one batch of three days ago."""
    consultation = make_consultation(status, Phase.CLOSED if status != ConsultationStatus.ANNOUNCED else Phase.OPEN, **fields)
    keys.make(consultation)
    survey = make_survey(consultation, data)
    survey.versions.update(approved_at=timezone.now() - timedelta(days=20))
    if count:
        put_in(survey, count, day=DAY)
    return survey


DAY = timezone.localdate() - timedelta(days=3)


def reload(survey: Instrument) -> Instrument:
    survey.consultation = Consultation.objects.get(pk=survey.consultation_id)
    return survey
