"""The table of an instrument: literal columns by stable codes, the same over versions, and its rows (`schemas.columns`).

Before the questions stand the columns of the ballot itself: full has its id, batch, version and channel; pseudonymised a number,
version and channel; public the channel alone.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from consultations import budget
from consultations.exports.ballots import VOTER, VOTER_FIELDS, Profiled, Shown
from consultations.exports.heads import ANSWER, BALLOT, BATCH, CHANNEL, NUMBER, TEXT, VERSION, Head
from consultations.exports.scope import Scope
from consultations.exports.written import WrittenTable
from consultations.models import InstrumentKind
from schemas.columns import BLANK, SKIPPED, Column, Missing, columns, marked, reader
from schemas.definition import text_key
from schemas.models import Kind

CHARTED = (Kind.CHOICE, Kind.YES_NO, Kind.SCALE)
Line = list[Any]


def table_of(scope: Scope) -> "SurveyTable | BudgetTable | WrittenTable":
    kinds: dict[str, Callable[[Scope], Any]] = {
        InstrumentKind.SURVEY: SurveyTable, InstrumentKind.BUDGET: BudgetTable, InstrumentKind.REMARKS: WrittenTable,
    }  # fmt: skip
    return kinds[scope.instrument.kind](scope)


class BallotTable:
    """What both kinds of boxes have in common."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.profiled = scope, Profiled(scope)

    @property
    def count(self) -> int:
        return self.scope.count

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        return (*self._own(), *self._asked())

    def _own(self) -> list[Head]:
        if self.scope.is_full:
            own = [
                Head("ballot", _("głos"), BALLOT),
                Head("batch", _("partia"), BATCH),
                Head("version", _("wersja pytań"), VERSION),
            ]
        elif self.scope.is_public:
            own = []
        else:
            own = [Head("nr", _("numer wiersza"), NUMBER), Head("version", _("wersja pytań"), VERSION)]
        return [*own, Head("channel", _("droga"), CHANNEL)]

    def _asked(self) -> list[Head]:
        raise NotImplementedError

    def rows(self) -> Iterator[Line]:
        return self.lines(self.profiled)

    def lines(self, ballots) -> Iterator[Line]:
        """The rows of these ballots."""
        front, cells = self._front(), self._cells()
        for number, shown in enumerate(ballots, start=1):
            line = front(number, shown)
            line += cells(shown)
            yield line

    def _front(self) -> Callable[[int, Shown], Line]:
        numbers: dict[Any, int | str] = {pk: form.version for pk, form in self.scope.forms.items()} | {None: ""}
        if self.scope.is_full:
            return lambda number, shown: [str(shown.ballot), shown.batch, numbers[shown.version], shown.channel]
        if self.scope.is_public:
            return lambda number, shown: [shown.channel]
        return lambda number, shown: [number, numbers[shown.version], shown.channel]

    def _cells(self) -> Callable[[Shown], Line]:
        raise NotImplementedError


class SurveyTable(BallotTable):
    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Of the profile, in the order of first appearance over all versions."""
        known = {code: question for form in self.scope.forms.values() for code, question in form.questions.items()}
        every = columns(self.scope.forms.values())
        return tuple(one for one in every if self.profiled.is_shown(known[one.question], is_text=one.is_text))

    def _asked(self) -> list[Head]:
        return [Head(one.code, one.label, TEXT if one.is_text else ANSWER, one, self._is_free(one)) for one in self.columns]

    def _is_free(self, column: Column) -> bool:
        return column.is_free or column.is_personal

    def _cells(self) -> Callable[[Shown], Line]:
        """Read by the version answered; what the profile changed is put in afterwards, so conditions see the answers as given."""
        readers: dict[Any, Any] = {pk: reader(form, self.columns) for pk, form in self.scope.forms.items()}
        places: dict[str, list[int]] = {}
        for index, column in enumerate(self.columns):
            places.setdefault(_key(column), []).append(index)
        changed = self._changed()

        def cells(shown: Shown) -> Line:
            line = readers[shown.version](shown.answers)
            for key, index in changed:
                if key in shown.published and line[index] is not SKIPPED:
                    line[index] = marked(shown.published[key])
            for key in shown.gone:
                for index in places.get(key, ()):
                    line[index] = Missing.REMOVED
            return line

        return cells

    def _changed(self) -> list[tuple[str, int]]:
        """Keys whose published value may differ from the one given, with their columns."""
        if self.scope.is_full:
            return []
        age = self.profiled.background.age
        return [
            (_key(one), index)
            for index, one in enumerate(self.columns)
            if one.is_free or (one.question == age and one.kind == Kind.NUMBER)
        ]


def _key(column: Column) -> str:
    return text_key(column.question, column.part) if column.is_text else column.question


class BudgetTable(BallotTable):
    """A column a project: points, or "x" for a mark without points. A ballot of places tells their order apart."""

    @cached_property
    def projects(self) -> list[tuple[str, str]]:
        return list(budget.on_card(self.scope.instrument).values_list("code", "name"))

    @property
    def is_ordinal(self) -> bool:
        return self.scope.instrument.budget.ballot_type == "ordinal"

    @cached_property
    def voter(self) -> list[str]:
        """What is known of voters, in this profile."""
        told = self.scope.ballots().filter(answers__has_key=VOTER).values_list("answers__voter", flat=True).order_by("id")
        seen = dict.fromkeys(name for voter in told.iterator(chunk_size=2000) for name in voter)
        return [name for name in seen if self.scope.is_full or name in VOTER_FIELDS]

    def _own(self) -> list[Head]:
        return [head for head in super()._own() if head.role != VERSION]

    def _front(self) -> Callable[[int, Shown], Line]:
        if self.scope.is_full:
            return lambda number, shown: [str(shown.ballot), shown.batch, shown.channel]
        if self.scope.is_public:
            return lambda number, shown: [shown.channel]
        return lambda number, shown: [number, shown.channel]

    def _asked(self) -> list[Head]:
        votes = [
            Head(f"votes__{code}", name, ANSWER, Column(f"votes__{code}", "votes", "votes", name, code))
            for code, name in self.projects
        ]
        order = [Head("order", _("kolejność miejsc"), TEXT, is_free=True)] if self.is_ordinal else []
        return [*votes, *order, *(Head(f"voter__{name}", name, TEXT, is_free=True) for name in self.voter)]

    def _cells(self) -> Callable[[Shown], Line]:
        places = {code: index for index, (code, _name) in enumerate(self.projects)}
        width, names, is_ordinal = len(places), self.voter, self.is_ordinal

        def cells(shown: Shown) -> Line:
            line: Line = [""] * width
            votes = shown.published.get("votes") or []
            for code, points in votes:
                if code in places:
                    line[places[code]] = "x" if points is None else points
            voter = shown.published.get(VOTER, {})
            line += [">".join(code for code, _points in votes)] if is_ordinal else []
            line += [voter.get(name, BLANK if name in shown.answers.get(VOTER, {}) else "") for name in names]
            return line

        return cells
