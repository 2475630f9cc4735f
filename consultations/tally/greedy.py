"""Projects by support while the money lasts, in both readings of „until": stop at the first too dear, or skip it and go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.sentences import Sentence, zloty
from consultations.sentences import gettext_noop as _
from consultations.tally.counting import Number
from consultations.tally.results import NOT_REACHED, OPEN, TOO_BIG, TOO_DEAR, TOO_WEAK, WON, Step, Tie
from consultations.tally.ties import TieBreak

SKIP, STOP = "skip", "stop"
TOO_DEAR_VARIANTS = {
    SKIP: _("projekt, na który nie starcza puli, jest pomijany"),
    STOP: _("wybór kończy się na pierwszym projekcie, na który nie starcza puli"),
}


@dataclass
class Greedy:
    """One run of the rule. `scores` rank, `costs` spend; both in the order of the ballot, which decides nothing."""

    pot: int
    costs: Mapping[str, int]
    scores: Mapping[str, Number]
    tie_break: TieBreak
    too_dear: str
    least: int = 1
    max_cost: int | None = None

    def __post_init__(self) -> None:
        if self.too_dear not in TOO_DEAR_VARIANTS:
            raise ValueError(f"unknown variant: {self.too_dear}")
        self.left = self.pot
        self.steps: list[Step] = []
        self.ties: list[Tie] = []
        self.stopped_at: str | None = None
        self.is_open = False

    def run(self) -> "Greedy":
        for score in sorted(set(self.scores.values()), reverse=True):
            self._equals([code for code in self.costs if self.scores[code] == score])
        return self

    def _equals(self, codes: list[str]) -> None:
        """Projects of the same support: the refused first, then the others in the order of the tie rules."""
        able = [code for code in codes if self._may_win(code)]
        if self.is_open or self.stopped_at is not None:
            for code in able:
                self._unreached(code)
        elif not self._matters(able):
            self._take_in_turn(able)
        else:
            self._tie(able)

    def _may_win(self, code: str) -> bool:
        if self.scores[code] < self.least:
            self._refuse(code, TOO_WEAK, _("Za małe poparcie: %(score)s, a\u00a0potrzeba co najmniej %(least)s."))
            return False
        if self.max_cost is not None and self.costs[code] > self.max_cost:
            self._refuse(code, TOO_BIG, _("Koszt %(cost)s jest większy niż dozwolony dla projektu: %(most)s."))
            return False
        return True

    def _matters(self, codes: Sequence[str]) -> bool:
        """Does their order decide who wins? Not when all fit, nor when none does; and when skipping, only those that fit count."""
        costs = [self.costs[code] for code in codes]
        fitting = [cost for cost in costs if cost <= self.left]
        if self.too_dear == SKIP:
            return sum(fitting) > self.left
        return bool(fitting) and sum(costs) > self.left

    def _tie(self, codes: list[str]) -> None:
        before, drawn = self.left, False
        order: list[str] = []
        for part in self.tie_break.parts(codes):
            if self.stopped_at is None and len(part) > 1 and self._matters(part):
                lots = self.tie_break.drawn(part)
                if lots is None:
                    self._leave_open(codes, before, order, part)
                    return
                drawn, part = True, list(lots)
            order += part
            self._take_in_turn(part)
        decided_by = self.tie_break.used(codes, drawn)
        self.ties.append(Tie(tuple(codes), self.scores[codes[0]], before, decided_by, tuple(order), is_open=False))

    def _leave_open(self, codes: list[str], before: int, order: list[str], part: list[str]) -> None:
        self.is_open = True
        tried = self.tie_break.arithmetic
        self.ties.append(Tie(tuple(codes), self.scores[codes[0]], before, tried, (), is_open=True, open_between=tuple(part)))
        names = ", ".join(part)
        waiting = (
            _("Remis projektów %(tied)s czeka na losowanie.")
            if self.tie_break.by_draw
            else _("Remis projektów %(tied)s nie jest rozstrzygnięty.")
        )
        for code in codes:
            if code not in order:
                self._refuse(code, OPEN, waiting, tied=names)

    def _take_in_turn(self, codes: Sequence[str]) -> None:
        for code in codes:
            if self.stopped_at is not None:
                self._unreached(code)
            elif self.costs[code] <= self.left:
                self._win(code)
            else:
                self._too_dear(code)

    def _win(self, code: str) -> None:
        before = self.left
        self.left -= self.costs[code]
        reason = Sentence(_("Poparcie %(score)s; koszt %(cost)s mieści się w\u00a0puli, zostaje %(left)s."), self._params(code))
        self.steps.append(Step(code, WON, self.scores[code], self.costs[code], before, self.left, reason))

    def _too_dear(self, code: str) -> None:
        if self.too_dear == STOP:
            self.stopped_at = code
            self._refuse(code, TOO_DEAR, _("Koszt %(cost)s jest większy niż reszta puli %(left)s; na tym wybór się kończy."))
        else:
            self._refuse(code, TOO_DEAR, _("Koszt %(cost)s jest większy niż reszta puli %(left)s; bierzemy następny projekt."))

    def _unreached(self, code: str) -> None:
        if self.is_open:
            self._refuse(code, OPEN, _("Wynik zależy od remisu, który nie jest rozstrzygnięty."))
        else:
            self._refuse(code, NOT_REACHED, _("Wybór skończył się wcześniej, na projekcie %(stopped)s."))

    def _refuse(self, code: str, outcome: str, template: str, **params: object) -> None:
        reason = Sentence(template, self._params(code) | params)
        self.steps.append(Step(code, outcome, self.scores[code], self.costs[code], self.left, self.left, reason))

    def _params(self, code: str) -> dict[str, object]:
        most = "" if self.max_cost is None else zloty(self.max_cost)
        named: dict[str, object] = {"score": self.scores[code], "least": self.least, "most": most, "stopped": self.stopped_at}
        return named | {"cost": zloty(self.costs[code]), "left": zloty(self.left)}
