"""Counts for people: each question with who was asked and who answered, answers by group with small groups hidden, who answered
beside who lives in the town (slice 8). Counted from `AnswerCell`; ballots are sealed for good, so what was counted is kept.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from consultations.background import background_of, bands_of, sexes_of
from consultations.exports.notes import labels_of
from consultations.models import (
    AnswerCell,
    Ballot,
    Batch,
    Consultation,
    Instrument,
    InstrumentKind,
    InstrumentVersion,
    ResultAccess,
)
from consultations.statistics import population, suppression
from consultations.statistics.crosstab import UNKNOWN, Crosstab, crosstab
from consultations.statistics.population import Compared
from consultations.statistics.suppression import LEAST_ANSWERS
from consultations.statuses import ConsultationStatus
from office.transitions import Refused
from schemas.columns import guards_of, hidden_by
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


def surveys_of(consultation) -> list[Instrument]:
    return [one for one in instruments_of(consultation) if one.kind == InstrumentKind.SURVEY]


def instruments_of(consultation) -> list[Instrument]:
    """With what says whether anything was sealed since it was counted; one query."""
    last = Batch.objects.filter(instrument=OuterRef("pk")).order_by("-number")
    used = InstrumentVersion.objects.filter(instrument=OuterRef("pk")).order_by("approved_at", "id")
    made = consultation.instruments.order_by("order", "id")
    found = list(made.annotate(head=Subquery(last.values("head")[:1]), version_ids=ArraySubquery(used.values("version"))))
    for instrument in found:
        instrument.consultation = consultation
    return found


def forms_of(instrument: Instrument) -> list[Form]:
    """Versions in the order of approval."""
    return [compiled(pk) for pk in _version_ids(instrument)]


def _version_ids(instrument: Any) -> list:
    if not hasattr(instrument, "version_ids"):
        instrument.version_ids = list(instrument.versions.order_by("approved_at", "id").values_list("version", flat=True))
    return instrument.version_ids


def questions_of(forms: Iterable[Form]) -> dict[str, Question]:
    """Every question that was asked: those of the newest version first, in its order, worded as it words them."""
    found: dict[str, Question] = {}
    for form in reversed(list(forms)):
        for code, question in form.questions.items():
            if question.is_asked:
                found.setdefault(code, question)
    return found


@dataclass(frozen=True)
class Summary:
    """Everything counted of a box; plain data, so that it can be kept."""

    ballots: int
    asked: Mapping[str, int]
    answered: Mapping[str, int]
    counts: Mapping[str, Mapping[tuple[str, str], int]]


def summary_of(instrument: Instrument) -> Summary:
    return _kept(instrument, "summary", lambda: _summed(instrument))


def _summed(instrument: Instrument) -> Summary:
    sizes = dict(Ballot.objects.filter(instrument=instrument).order_by().values_list("version").annotate(count=Count("pk")))
    counts, answered = _counted(instrument)
    return Summary(sum(sizes.values()), _asked(instrument, sizes), answered, counts)


def answered_questions(instrument: Instrument) -> list[Answered]:
    """All questions of a survey, with denominators."""
    told = summary_of(instrument)
    return [
        Answered(question, told.asked.get(code, 0), told.answered.get(code, 0), told.counts.get(code, {}))
        for code, question in questions_of(forms_of(instrument)).items()
    ]


def _counted(instrument: Instrument) -> tuple[dict[str, dict[tuple[str, str], int]], dict[str, int]]:
    cells = AnswerCell.objects.filter(instrument=instrument).order_by()
    counts: dict[str, dict[tuple[str, str], int]] = {}
    chosen = cells.exclude(option="", number=None).values_list("question", "row", "option", "number")
    for question, row, option, number, count in chosen.annotate(count=Count("pk")):
        place = (row, option or str(number))
        mine = counts.setdefault(question, {})
        mine[place] = mine.get(place, 0) + count
    answered = dict(cells.values_list("question").annotate(count=Count("ballot", distinct=True)))
    return counts, answered


def _asked(instrument: Instrument, sizes: Mapping[Any, int]) -> dict[str, int]:
    """How many were shown each question: whose version has it, and who met its conditions."""
    asked: dict[str, int] = {}
    for form in forms_of(instrument):
        whole, guards = sizes.get(form.version_id, 0), guards_of(form)
        hidden = _hidden_counts(instrument, form, guards) if guards and whole else {}
        for code, question in form.questions.items():
            if question.is_asked:
                asked[code] = asked.get(code, 0) + whole - hidden.get(code, 0)
    return asked


def _hidden_counts(instrument: Instrument, form: Form, guards) -> dict[str, int]:
    hidden: dict[str, int] = {}
    ballots = Ballot.objects.filter(instrument=instrument, version=form.version_id).order_by()
    for answers in ballots.values_list("answers", flat=True).iterator(chunk_size=2000):
        for code in hidden_by(guards, answers):
            hidden[code] = hidden.get(code, 0) + 1
    return hidden


def _kept(instrument: Any, what: str, count) -> Any:
    """Kept until the next batch is sealed: a sealed ballot never changes, so neither do its counts. At hand for the whole page."""
    at_hand = instrument.__dict__.setdefault("_figures", {})
    if what not in at_hand:
        at_hand[what] = _kept_in_process(instrument, what, count)
    return at_hand[what]


def _kept_in_process(instrument: Any, what: str, count) -> Any:
    if not hasattr(instrument, "head"):
        instrument.head = instrument.batches.order_by("-number").values_list("head", flat=True).first()
    told = f"{what}:{instrument.pk}:{instrument.head}:{_version_ids(instrument)}"
    return caches["pages"].get_or_set(f"results:{hashlib.sha256(told.encode()).hexdigest()}", count, KEPT_SECONDS)


# By group

CODED = """
select a.question, a.option, g.option, count(*) from consultations_answercell a
join consultations_answercell g on g.ballot_id = a.ballot_id and g.instrument_id = a.instrument_id and g.question = %(by)s
where a.instrument_id = %(instrument)s and a.question = any(%(questions)s) and a.option <> '' and g.option <> '' group by 1, 2, 3
"""  # everything it reads is in one index
NUMBERED = """
select a.question, case when a.option = '' then a.number::text else a.option end,
       case when g.option = '' then g.number::text else g.option end, count(*)
from consultations_answercell a
join consultations_answercell g on g.ballot_id = a.ballot_id and g.instrument_id = a.instrument_id and g.question = %(by)s
where a.instrument_id = %(instrument)s and a.question = any(%(questions)s) group by 1, 2, 3
"""  # where one of the two is a scale
ANSWERED_BY_GROUP = """
select a.question, case when g.option = '' then g.number::text else g.option end, count(distinct a.ballot_id)
from consultations_answercell a
left join consultations_answercell g on g.ballot_id = a.ballot_id and g.instrument_id = a.instrument_id and g.question = %(by)s
where a.instrument_id = %(instrument)s and a.question = any(%(questions)s) group by 1, 2
"""
Groups = dict[str, dict[tuple[str, str], int]]


def by_group(instrument: Instrument, by: Question, questions: Iterable[Question]) -> Groups:
    """Of all these questions at once: (answer, group) to how many; the group is "" of who did not tell it."""
    asked = list(questions)
    scales = [one.code for one in asked if Kind.SCALE in (one.kind, by.kind)]
    found: Groups = {}
    for sql, codes in ((CODED, [one.code for one in asked if one.code not in scales]), (NUMBERED, scales)):
        for code, answer, group, count in _grouped(sql, instrument, by.code, codes) if codes else ():
            found.setdefault(code, {})[answer, group] = count
    return _with_unknown(instrument, by.code, found, [one.code for one in asked])


def _grouped(sql: str, instrument: Instrument, by: str, questions: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"instrument": instrument.pk, "by": by, "questions": questions})
        return cursor.fetchall()


def _with_unknown(instrument: Instrument, by: str, found: Groups, questions: list[str]) -> Groups:
    """Those who did not tell their group are what is left of the totals; nothing is left where everybody told it."""
    told = AnswerCell.objects.filter(instrument=instrument, question=by).count()
    if told == Ballot.objects.filter(instrument=instrument).count():
        return found
    for code in questions:
        counts = found.setdefault(code, {})
        for (_row, answer), whole in summary_of(instrument).counts.get(code, {}).items():
            left = whole - sum(count for (one, _group), count in counts.items() if one == answer)
            if left:
                counts[answer, UNKNOWN] = left
    return found


def _answered_by_group(instrument: Instrument, by: str, several: list[str]) -> dict[str, dict[str, int]]:
    """Who answered at all, of questions with several answers each."""
    found: dict[str, dict[str, int]] = {}
    for code, group, count in _grouped(ANSWERED_BY_GROUP, instrument, by, several) if several else ():
        found.setdefault(code, {})[group or UNKNOWN] = count
    return found


def cross_all(instrument: Instrument, by: Question) -> dict[str, Crosstab | str]:
    """Every question that can be shown by the answers to another one: its table, or why there is none."""
    personal = background_of(forms_of(instrument)).codes  # never rows: their sums would tell the sizes that other tables hide
    questions = [
        one
        for code, one in questions_of(forms_of(instrument)).items()
        if may_cross(one) and code != by.code and code not in personal
    ]
    several = [one.code for one in questions if one.kind == Kind.CHOICES]
    counts, answered = _kept(
        instrument,
        f"by {by.code}",
        lambda: (by_group(instrument, by, questions), _answered_by_group(instrument, by.code, several)),
    )
    return {one.code: _crossed(instrument, one, by, counts.get(one.code, {}), answered.get(one.code)) for one in questions}


def _crossed(instrument: Instrument, question: Question, by: Question, counts, answered) -> Crosstab | str:
    groups = _with_others(labels_of(by), {group for _answer, group in counts} - {UNKNOWN})
    options = _with_others(labels_of(question), {answer for answer, _group in counts})
    sizes = answered if answered is not None else _sizes(counts)
    try:
        return crosstab(
            ((answer, group, count) for (answer, group), count in counts.items()), options=options, groups=groups, asked=sizes,
            answered=answered if question.kind == Kind.CHOICES else None, integrity=instrument.consultation.integrity,
        )  # fmt: skip
    except suppression.Refused as why:
        return str(why)


def _with_others(labels: list[tuple[str, str]], found: set[str]) -> dict[str, str]:
    """Options of earlier versions too, under their codes."""
    known = dict(labels)
    return known | {code: code for code in sorted(found - set(known))}


def _sizes(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for (_answer, group), count in counts.items():
        sizes[group] = sizes.get(group, 0) + count
    return sizes


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
    figures = {"answered": one.answered, "asked": one.asked}
    people = counted(one.asked, _("osobę"), _("osoby"), _("osób"))
    told = (
        _("Odpowiedzi: %(answered)d. Zapytano: %(people)s.") % {**figures, "people": people}
        if speaks_of_people
        else _("Odpowiedzi: %(answered)d. Głosy, w których było to pytanie: %(asked)d.") % figures
    )
    return f"{told} {_('Można było wybrać kilka odpowiedzi.')}" if one.question.kind == Kind.CHOICES else told


def plot_of(one: Answered, *, speaks_of_people: bool, is_personal: bool = False) -> plots.Plot | None:
    """How the answers are drawn; None where there is nothing to draw. `is_personal`: the sizes of small groups are hidden."""
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
    given = {code: counts.get(code, 0) for code in labels}
    hidden = suppression.protect_line(given) if is_personal else frozenset()
    bars = tuple(
        plots.Bar(label, None) if code in hidden else plots.Bar(label, plots.share_of(given[code], one.answered), given[code])
        for code, label in labels.items()
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
            option.label,
            plots.share_of(one.counts.get(("1", option.code), 0), one.answered),
            one.counts.get(("1", option.code), 0),
        )
        for option in question.options
    )
    return plots.BarPlot(question.label, bars, f"{_('Ile razy na pierwszym miejscu.')} {note}")


def comparison_plot(question: Question, compared: list[Compared]) -> plots.Plot:
    rows = tuple(plots.Pair(one.label, one.ours, one.town) for one in compared)
    return plots.ComparisonPlot(question.label, rows, _("Mieszkańcy: dane GUS z 2023 roku."))


# A page


def told(instrument: Instrument, *, by: Question | None = None, only: str = "") -> dict[str, Any]:
    """Everything a page shows of one survey: a plot and a table for each question, answers by group, who answered.

    `by`: the question whose answers make groups; `only`: the code of one question.
    """
    answered, speaks = answered_questions(instrument), instrument.consultation.speaks_of_people
    crossed = cross_all(instrument, by) if by else {}
    personal = background_of(forms_of(instrument)).codes
    return {
        "instrument": instrument, "ballots": summary_of(instrument).ballots, "by": by,
        "questions": [_told_question(one, crossed.get(one.question.code), speaks, one.question.code in personal) for one in answered if only in ("", one.question.code)],
        "compared": [(comparison_plot(question, rows), [row.words for row in rows]) for question, rows in compare(instrument, answered)],
    }  # fmt: skip


def _told_question(one: Answered, crossed: Crosstab | str | None, speaks: bool, is_personal: bool) -> dict[str, Any]:
    table = crossed if isinstance(crossed, Crosstab) else None
    return {
        "question": one.question, "plot": plot_of(one, speaks_of_people=speaks, is_personal=is_personal), "note": note_of(one, speaks_of_people=speaks),
        "table": table, "rows": _table_rows(table) if table else [], "refusal": crossed if isinstance(crossed, str) else "",
    }  # fmt: skip


def _table_rows(table: Crosstab) -> list[dict[str, Any]]:
    labels = [column.label for column in table.columns]
    return [{"label": row.label, "whole": row.whole, "cells": list(zip(labels, row.cells, strict=True))} for row in table.rows]
