"""Counts for people: each question with who was asked and who answered, answers by group with small groups hidden, who answered
beside who lives in the town (slice 8). Counted from `AnswerCell`; ballots are sealed for good, so what was counted is kept.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from consultations.background import background_of, bands_of, sexes_of
from consultations.exports.notes import labels_of
from consultations.models import AnswerCell, Ballot, Consultation, Instrument, InstrumentKind, ResultAccess
from consultations.statistics import population
from consultations.statistics.crosstab import UNKNOWN, Crosstab, crosstab
from consultations.statistics.population import Compared
from consultations.statistics.suppression import LEAST_ANSWERS
from consultations.statuses import ConsultationStatus
from office.transitions import Refused
from schemas.columns import _guards, _hidden
from schemas.definition import Form, Question, compiled
from schemas.models import Kind
from ui import plots
from ui.words import counted

GROUPED = (Kind.CHOICE, Kind.YES_NO, Kind.SCALE)  # a group is one answer of these
COUNTED = (*GROUPED, Kind.CHOICES, Kind.STATEMENT, Kind.MATRIX, Kind.RANKING)
COLLECTING = (ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED)
REPORTED = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED)
KEPT_SECONDS = 24 * 3600
POPULATION = Path(settings.BASE_DIR) / "sample_data" / "consultations" / "population-2023.csv"


# Who may look when


def is_interim(consultation) -> bool:
    """Whether voices may still come, by the clock of the database."""
    return consultation.status in COLLECTING and not Consultation.objects.closed_now().filter(pk=consultation.pk).exists()


def check_open(consultation) -> None:
    """Refused while voices are collected, to everybody, unless the order says otherwise."""
    if consultation.status in (ConsultationStatus.DRAFT, ConsultationStatus.APPROVED):
        raise Refused(_("Te konsultacje jeszcze się nie zaczęły."))
    if is_interim(consultation) and not consultation.interim_results_open:
        raise Refused(_("Wyniki są zamknięte dla wszystkich do końca zbierania głosów. Tak jest w zarządzeniu."))


def is_public(consultation) -> bool:
    """Whether everybody may read results: with the report, or before it where the order opens interim ones."""
    has_begun = consultation.status in COLLECTING or consultation.status == ConsultationStatus.UNDER_ANALYSIS
    return consultation.status in REPORTED or (has_begun and consultation.interim_results_open)


def record_look(consultation, *, what: str, by, moment) -> ResultAccess:
    """Each look of an official is written down for the data protection officer and the council."""
    return ResultAccess.objects.create(
        consultation=consultation, reader=by.subject, what=what[:200], is_interim=is_interim(consultation), at=moment
    )


# Counting


@dataclass(frozen=True)
class Answered:
    """One question. `asked`: who saw it; `answered`: who said anything; `counts`: (row, answer) to how many."""

    question: Question
    asked: int
    answered: int
    counts: Mapping[tuple[str, str], int]


def forms_of(instrument: Instrument) -> list[Form]:
    """Versions in the order of approval."""
    used = instrument.versions.order_by("approved_at", "id").values_list("version", flat=True)
    return [compiled(pk) for pk in used]


def questions_of(forms: Iterable[Form]) -> dict[str, Question]:
    """Every question that was asked: those of the newest version first, in its order, worded as it words them."""
    found: dict[str, Question] = {}
    for form in reversed(list(forms)):
        for code, question in form.questions.items():
            if question.is_asked:
                found.setdefault(code, question)
    return found


def answered_questions(instrument: Instrument) -> list[Answered]:
    """All questions of a survey, with denominators."""
    forms = forms_of(instrument)
    kept = _kept(instrument, "counts", lambda: _counted(instrument))
    asked = asked_of(instrument, forms)
    return [
        Answered(question, asked.get(code, 0), kept["answered"].get(code, 0), kept["counts"].get(code, {}))
        for code, question in questions_of(forms).items()
    ]


def _counted(instrument: Instrument) -> dict[str, Any]:
    cells = AnswerCell.objects.filter(instrument=instrument).order_by()
    counts: dict[str, dict[tuple[str, str], int]] = {}
    chosen = cells.exclude(option="", number=None).values_list("question", "row", "option", "number")
    for question, row, option, number, count in chosen.annotate(count=Count("pk")):
        place = (row, option or str(number))
        mine = counts.setdefault(question, {})
        mine[place] = mine.get(place, 0) + count
    answered = dict(cells.values_list("question").annotate(count=Count("ballot", distinct=True)))
    return {"counts": counts, "answered": answered}


def asked_of(instrument: Instrument, forms: list[Form] | None = None) -> dict[str, int]:
    """How many were shown each question: whose version has it, and who met its conditions."""
    forms = forms_of(instrument) if forms is None else forms
    return _kept(instrument, "asked", lambda: _asked(instrument, forms))


def _asked(instrument: Instrument, forms: list[Form]) -> dict[str, int]:
    asked: dict[str, int] = {}
    sizes = dict(Ballot.objects.filter(instrument=instrument).order_by().values_list("version").annotate(count=Count("pk")))
    for form in forms:
        whole, guards = sizes.get(form.version_id, 0), _guards(form)
        hidden = _hidden_counts(instrument, form, guards) if guards and whole else {}
        for code, question in form.questions.items():
            if question.is_asked:
                asked[code] = asked.get(code, 0) + whole - hidden.get(code, 0)
    return asked


def _hidden_counts(instrument: Instrument, form: Form, guards) -> dict[str, int]:
    hidden: dict[str, int] = {}
    ballots = Ballot.objects.filter(instrument=instrument, version=form.version_id).order_by()
    for answers in ballots.values_list("answers", flat=True).iterator(chunk_size=2000):
        for code in _hidden(guards, answers):
            hidden[code] = hidden.get(code, 0) + 1
    return hidden


def _kept(instrument: Instrument, what: str, count) -> Any:
    """Kept until the next batch is sealed: a sealed ballot never changes, so neither do its counts."""
    head = instrument.batches.order_by("-number").values_list("head", flat=True).first() or "empty"
    versions = ",".join(str(pk) for pk in instrument.versions.order_by("id").values_list("pk", flat=True))
    name = hashlib.sha256(f"{what}:{instrument.pk}:{head}:{versions}".encode()).hexdigest()
    return caches["pages"].get_or_set(f"results:{name}", count, KEPT_SECONDS)


# By group

BY_GROUP = """
select a.question, a.row, case when a.option = '' then a.number::text else a.option end, g.answer, count(*)
from consultations_answercell a
left join (
    select ballot_id, case when option = '' then number::text else option end as answer
    from consultations_answercell where instrument_id = %(instrument)s and question = %(by)s
) g on g.ballot_id = a.ballot_id
where a.instrument_id = %(instrument)s {only} and (a.option <> '' or a.number is not null)
group by 1, 2, 3, 4
"""


def by_group(instrument: Instrument, by: str, question: str = "") -> list[tuple[str, str, str, str, int]]:
    """(question, row, answer, group, count) of one question, or of all at once; the group is "" of who did not tell it."""
    sql = BY_GROUP.format(only="and a.question = %(question)s" if question else "and a.question <> %(by)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"instrument": instrument.pk, "by": by, "question": question})
        return [(code, row, answer, group or "", count) for code, row, answer, group, count in cursor.fetchall()]


def cross(instrument: Instrument, question: Question, by: Question) -> Crosstab:
    """Answers to one question by the answers to another. Raises suppression.Refused where groups are too small."""
    several = question.kind == Kind.CHOICES
    rows = [(answer, group, count) for _code, _row, answer, group, count in by_group(instrument, by.code, question.code)]
    answered = _groups_who_answered(instrument, question.code, by.code)
    options = dict(labels_of(question)) | {
        code: code for code in sorted({row[0] for row in rows} - set(dict(labels_of(question))))
    }
    groups = dict(labels_of(by)) | {code: code for code in sorted(set(answered) - set(dict(labels_of(by))) - {UNKNOWN})}
    return crosstab(
        rows, options=options, groups=groups, asked=answered, answered=answered if several else None,
        integrity=instrument.consultation.integrity,
    )  # fmt: skip


ANSWERED_BY_GROUP = """
select coalesce(g.answer, ''), count(distinct a.ballot_id)
from consultations_answercell a
left join (
    select ballot_id, case when option = '' then number::text else option end as answer
    from consultations_answercell where instrument_id = %(instrument)s and question = %(by)s
) g on g.ballot_id = a.ballot_id
where a.instrument_id = %(instrument)s and a.question = %(question)s group by 1
"""


def _groups_who_answered(instrument: Instrument, question: str, by: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED_BY_GROUP, {"instrument": instrument.pk, "by": by, "question": question})
        return dict(cursor.fetchall())


def may_cross(question: Question) -> bool:
    return question.kind in (*GROUPED, Kind.CHOICES)


def groupings(instrument: Instrument, *, only_background: bool) -> list[Question]:
    """Questions by which answers may be shown in groups. For everybody only those about the person: two groupings of which one
    refines the other would give away what each hides (statistics.suppression)."""
    forms = forms_of(instrument)
    known = background_of(forms).codes
    every = questions_of(forms).values()
    return [one for one in every if one.kind in GROUPED and (not only_background or one.code in known)]


# Beside the town


def town() -> population.Population:
    return population.load(POPULATION)


def compare(instrument: Instrument, answered: list[Answered]) -> list[tuple[Question, list[Compared]]]:
    """Who answered beside who lives here, for the questions about age and sex. Below ten answers nothing."""
    background = background_of(forms_of(instrument))
    found = {one.question.code: one for one in answered}
    compared = []
    if (one := found.get(background.age)) and one.answered >= LEAST_ANSWERS and (bands := bands_of(one.question)):
        compared.append((one.question, population.compare_ages(_plain(one.counts), bands, town())))
    if (one := found.get(background.sex)) and one.answered >= LEAST_ANSWERS and (sexes := sexes_of(one.question)):
        labels = {sexes[code]: label for code, label in labels_of(one.question) if code in sexes}
        counts = {sexes[code]: count for (_row, code), count in one.counts.items() if code in sexes}
        compared.append((one.question, population.compare_sexes(counts, labels, town())))
    return compared


def _plain(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    return {answer: count for (_row, answer), count in counts.items()}


# As plots


def note_of(one: Answered, *, speaks_of_people: bool) -> str:
    """Denominators in words; people only where persons are known (C38)."""
    asked = (
        counted(one.asked, _("osoba"), _("osoby"), _("osób"))
        if speaks_of_people
        else counted(one.asked, _("głos"), _("głosy"), _("głosów"))
    )
    told = _("Odpowiedziało: %(answered)d. Pytanie zadano: %(asked)s.") % {"answered": one.answered, "asked": asked}
    return f"{told} {_('Można było wybrać kilka odpowiedzi.')}" if one.question.kind == Kind.CHOICES else told


def plot_of(one: Answered, *, speaks_of_people: bool) -> plots.Plot | None:
    """How the answers are drawn; None where there is nothing to draw."""
    note = note_of(one, speaks_of_people=speaks_of_people)
    question = one.question
    if question.kind == Kind.MATRIX:
        return _matrix_plot(question, one, note)
    if question.kind == Kind.RANKING:
        return _ranking_plot(question, one, note)
    if question.kind not in COUNTED:
        return None
    labels = {"yes": _("zaznaczono")} if question.kind == Kind.STATEMENT else dict(labels_of(question))
    counts = _plain(one.counts)
    labels |= {code: code for code in sorted(set(counts) - set(labels))}
    bars = tuple(
        plots.Bar(label, plots._share(counts.get(code, 0), one.answered), counts.get(code, 0)) for code, label in labels.items()
    )
    return plots.BarPlot(question.label, bars, note)


def _matrix_plot(question: Question, one: Answered, note: str) -> plots.Plot:
    options = labels_of(question)
    if len(options) > len(plots.SCALE):
        bars = tuple(
            plots.Bar(f"{row.label}: {label}", one.counts.get((row.code, code), 0))
            for row in question.rows
            for code, label in options
        )
        return plots.BarPlot(question.label, bars, note)
    rows = tuple(
        plots.StackedRow(row.label, tuple(one.counts.get((row.code, code), 0) for code, _label in options))
        for row in question.rows
    )
    return plots.StackedPlot(question.label, tuple(label for _code, label in options), rows, note, is_scale=False)


def _ranking_plot(question: Question, one: Answered, note: str) -> plots.Plot:
    """How often each was put first."""
    bars = tuple(
        plots.Bar(
            option.label, plots._share(one.counts.get(("1", option.code), 0), one.answered), one.counts.get(("1", option.code), 0)
        )
        for option in question.options
    )
    return plots.BarPlot(question.label, bars, f"{_('Ile razy na pierwszym miejscu.')} {note}")


def comparison_plot(question: Question, compared: list[Compared]) -> plots.Plot:
    rows = tuple(plots.Pair(one.label, one.ours, one.town) for one in compared)
    return plots.ComparisonPlot(question.label, rows, _("Mieszkańcy: dane GUS z 2023 roku."))


def surveys_of(consultation) -> list[Instrument]:
    made = consultation.instruments.filter(kind=InstrumentKind.SURVEY).order_by("order", "id")
    surveys = list(made)
    for survey in surveys:
        survey.consultation = consultation
    return surveys
