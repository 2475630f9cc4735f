"""Method of equal shares, shown as "what if": the pot is split equally between voters and a project wins when its supporters pay for it.

Each round takes the project that costs its supporters least for what they get (rho), nobody paying more than he has left.
A project is worth its cost to each who marked it, or the points it was given. Fractions are exact: no rounding decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from consultations.sentences import Sentence, zloty
from consultations.sentences import gettext_noop as _
from consultations.tally.counting import BY_MARK, BY_PLACE, Cast, Number
from consultations.tally.results import NOT_REACHED, OPEN, TOO_DEAR, WON, Step, Tie
from consultations.tally.ties import TieBreak

ADD1, ADD1_GREEDY, GREEDY, NONE = "add1", "add1-greedy", "greedy", "none"
COMPLETIONS = {
    NONE: _("bez uzupełnienia: reszta puli zostaje"),
    GREEDY: _("resztę puli dostają kolejne projekty z\u00a0największym poparciem"),
    ADD1: _("udziały rosną o\u00a01 zł, dopóki zwycięskie projekty mieszczą się w\u00a0puli"),
    ADD1_GREEDY: _("udziały rosną o\u00a01 zł, a\u00a0resztę dostają kolejne projekty z\u00a0największym poparciem"),
}
RAISE = 100  # grosze a head and step
MOST_RAISES = 10_000  # then the count says that it stopped: with few voters and dear projects it would go on for hours


@dataclass(frozen=True)
class Voters:
    """Voters of the same ballot, who always pay the same: how many, and what each project is worth to one of them."""

    number: int
    worth: Mapping[str, int]


def voters_of(ballot_type: str, ballots: Iterable[Cast], costs: Mapping[str, int]) -> list[Voters]:
    """Ballots folded into groups of equals: memory grows with different ballots, not with all."""
    counted: Counter[tuple[tuple[str, Number], ...]] = Counter()
    for ballot in ballots:
        counted[tuple(sorted(_worth(ballot_type, ballot, costs)))] += 1
    scale = lcm(*{Fraction(worth).denominator for one in counted for _code, worth in one})  # half points count as whole ones
    return [Voters(counted[one], {code: int(worth * scale) for code, worth in one}) for one in sorted(counted)]


def _worth(ballot_type: str, ballot: Cast, costs: Mapping[str, int]) -> list[tuple[str, Number]]:
    if ballot_type in BY_MARK:
        return [(code, costs[code]) for code in ballot.projects]
    points = range(len(ballot.projects), 0, -1) if ballot_type == BY_PLACE else ballot.points
    return [(code, worth) for code, worth in zip(ballot.projects, points, strict=True) if worth > 0]


class Purses:
    """What every voter has left, exactly: whole numbers over one common denominator, kept once for all who have the same."""

    def __init__(self, heads: int, purse: Fraction):
        self.unit = purse.denominator  # so many units make a grosz
        self.values = [0, purse.numerator]
        self.of = [1 if purse else 0] * heads  # the place of each voter's purse in `values`

    def refine(self, factor: int) -> None:
        self.unit *= factor
        self.values = [value * factor for value in self.values]

    def put(self, value: int) -> int:
        """The place of a new value; 0 is the empty purse."""
        if value <= 0:
            return 0
        self.values.append(value)
        return len(self.values) - 1


@dataclass(frozen=True)
class Price:
    """What a unit of worth costs the supporters of a project: `missing` units of money over `weight`."""

    missing: int
    weight: int
    rho: Fraction  # the same in grosze, comparable between rounds


@dataclass(frozen=True)
class Buy:
    project: str
    most: Fraction  # the largest payment of one person, in grosze


class EqualShares:
    """One run with `purse` grosze a head. `buys` are the winners in order; `open` is the first tie that the rules leave open."""

    def __init__(self, voters: Sequence[Voters], costs: Mapping[str, int], purse: Fraction, tie_break: TieBreak):
        self.voters, self.costs, self.tie_break = voters, costs, tie_break
        self.purses = Purses(len(voters), purse)
        self.buys: list[Buy] = []
        self.ties: list[Tie] = []
        self.open: Tie | None = None
        self._supporters: dict[str, list[int]] = {code: [] for code in costs}
        for n, one in enumerate(voters):
            for code in one.worth:
                if code in costs:
                    self._supporters[code].append(n)
        self._bounds = {code: Fraction(0) for code in costs if self._supporters[code]}  # rho never falls

    @property
    def spent(self) -> int:
        return sum(self.costs[buy.project] for buy in self.buys)

    def run(self) -> "EqualShares":
        while self.open is None and (best := self._best()):
            for code in self._settled(list(best)):
                self._buy(code, self._price(code) or best[code])
        return self

    def money_behind(self, code: str) -> int:
        """What the supporters of the project have left together, in whole grosze."""
        return sum(money * heads for money, heads, _worth in self._purses_behind(code)) // self.purses.unit

    def money_left(self) -> int:
        held = sum(one.number * self.purses.values[place] for one, place in zip(self.voters, self.purses.of, strict=True))
        return held // self.purses.unit

    def _best(self) -> dict[str, Price]:
        """The projects of the lowest rho. They are asked again only while the old rho, a lower bound, could still win."""
        best: dict[str, Price] = {}
        lowest: Fraction | None = None
        for code in sorted(self._bounds, key=self._bounds.__getitem__):
            if lowest is not None and self._bounds[code] > lowest:
                break
            price = self._price(code)
            if price is None:
                del self._bounds[code]
                continue
            self._bounds[code] = price.rho
            if lowest is None or price.rho < lowest:
                lowest, best = price.rho, {}
            if price.rho == lowest:
                best[code] = price
        return {code: best[code] for code in self.costs if code in best}

    def _purses_behind(self, code: str) -> list[tuple[int, int, int]]:
        """Of the supporters with money: purse, how many heads have it, worth of the project to them."""
        of, voters = self.purses.of, self.voters
        paying = [n for n in self._supporters[code] if of[n]]
        self._supporters[code] = paying  # an empty purse stays empty
        heads: dict[tuple[int, int], int] = {}
        for n in paying:
            key = (of[n], voters[n].worth[code])
            heads[key] = heads.get(key, 0) + voters[n].number
        return [(self.purses.values[place], number, worth) for (place, worth), number in heads.items()]

    def _price(self, code: str) -> Price | None:
        """The rho at which the supporters together pay the cost; None when they can not."""
        behind = self._purses_behind(code)
        missing = self.costs[code] * self.purses.unit
        if sum(money * heads for money, heads, _worth in behind) < missing:
            return None
        common = lcm(*{worth for _money, _heads, worth in behind})
        behind.sort(key=lambda one: one[0] * (common // one[2]))  # who runs out first
        weight = sum(heads * worth for _money, heads, worth in behind)
        for money, heads, worth in behind:
            if missing * worth <= money * weight:
                break
            missing -= money * heads
            weight -= heads * worth
        return Price(missing, weight, Fraction(missing, weight * self.purses.unit))

    def _settled(self, codes: list[str]) -> list[str]:
        """All of the tied where they share no supporter with money, else the one that the tie rules put first."""
        if len(codes) == 1 or not self._share_money(codes):
            return codes
        parts = self.tie_break.parts(codes)
        lots = self.tie_break.drawn(parts[0]) if len(parts[0]) > 1 else None
        score, left = self.tie_break.totals.votes[codes[0]], self.money_left()
        if len(parts[0]) > 1 and lots is None:
            self.open = Tie(tuple(codes), score, left, self.tie_break.arithmetic, (), is_open=True, open_between=tuple(parts[0]))
            self.ties.append(self.open)
            return []
        order = (*(lots or parts[0]), *(code for part in parts[1:] for code in part))
        self.ties.append(Tie(tuple(codes), score, left, self.tie_break.used(codes, lots is not None), order, is_open=False))
        return [order[0]]

    def _share_money(self, codes: Sequence[str]) -> bool:
        seen: set[int] = set()
        for code in codes:
            paying = {n for n in self._supporters[code] if self.purses.of[n]}
            if paying & seen:
                return True
            seen |= paying
        return False

    def _buy(self, code: str, price: Price) -> None:
        """Everybody pays rho times the worth, or all he has."""
        purses, paid, most = self.purses, {}, Fraction(0)
        shared = gcd(price.missing, price.weight)
        missing, weight = price.missing // shared, price.weight // shared
        worths = gcd(*{self.voters[n].worth[code] for n in self._supporters[code]})
        factor = weight // gcd(weight, worths)  # whatever is left of the denominator after multiplying by the worth
        purses.refine(factor)
        for n in self._supporters[code]:
            key = (purses.of[n], self.voters[n].worth[code])
            if key not in paid:
                due = missing * factor * key[1] // weight
                most = max(most, Fraction(min(due, purses.values[key[0]]), purses.unit))
                paid[key] = purses.put(purses.values[key[0]] - due)
            purses.of[n] = paid[key]
        del self._bounds[code]
        self.buys.append(Buy(code, most))


def completed(
    voters: Sequence[Voters], costs: Mapping[str, int], pot: int, completion: str, tie_break: TieBreak
) -> tuple[EqualShares, list[Sentence]]:
    """The run that holds under the completion. ADD1 raises the shares while the winners still fit into the real pot."""
    heads = sum(one.number for one in voters)
    if not heads:
        return EqualShares([], costs, Fraction(0), tie_break), []
    run = EqualShares(voters, costs, Fraction(pot, heads), tie_break).run()
    if completion not in (ADD1, ADD1_GREEDY):
        return run, []
    return _raised(voters, costs, pot, tie_break, run, heads)


def _raised(voters, costs, pot, tie_break, run, heads) -> tuple[EqualShares, list[Sentence]]:
    supported = sum(1 for code in costs if any(code in one.worth for one in voters))
    purse = pot // heads // RAISE * RAISE
    for raises in range(MOST_RAISES):
        if run.open or len(run.buys) == supported:
            return run, [_note(raises)]
        purse += RAISE
        following = EqualShares(voters, costs, Fraction(purse), tie_break).run()
        if following.spent > pot:
            return run, [_note(raises)]
        run = following
    return run, [Sentence(_("Podnoszenie udziałów przerwano po %(steps)s krokach."), {"steps": MOST_RAISES})]


def _note(raises: int) -> Sentence:
    return Sentence(_("Udziały podniesiono o\u00a01 zł tyle razy: %(steps)s."), {"steps": raises})


def steps_of(run: EqualShares, pot: int) -> list[Step]:
    """Winners with what their supporters pay, then the others with what their supporters have left."""
    steps, left, votes = [], pot, run.tie_break.totals.votes
    for buy in run.buys:
        cost = run.costs[buy.project]
        params = {"votes": votes[buy.project], "most": zloty(round(buy.most))}
        reason = Sentence(_("Popierają go karty: %(votes)s; każda płaci najwyżej %(most)s ze swojego udziału."), params)
        steps.append(Step(buy.project, WON, votes[buy.project], cost, left, left - cost, reason))
        left -= cost
    lost = [code for code in run.costs if code not in {buy.project for buy in run.buys}]
    return steps + [_lost(run, code, left) for code in sorted(lost, key=lambda code: -votes[code])]


def _lost(run: EqualShares, code: str, left: int) -> Step:
    cost, votes = run.costs[code], run.tie_break.totals.votes[code]
    if run.open:
        outcome, reason = OPEN, Sentence(_("Wynik zależy od remisu, który nie jest rozstrzygnięty."))
    elif not votes:
        outcome, reason = NOT_REACHED, Sentence(_("Nikt nie poparł tego projektu."))
    else:
        params = {"cost": zloty(cost), "money": zloty(run.money_behind(code))}
        outcome, reason = TOO_DEAR, Sentence(_("Koszt %(cost)s; zwolennikom zostało razem %(money)s."), params)
    return Step(code, outcome, votes, cost, left, left, reason)
