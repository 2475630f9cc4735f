"""Which ballot counts and for what: rules of the card, of age and of second cards as data, with the reason in Polish.

A card that breaks a rule is judged, never mended: lines are kept as marked or left out with a reason. Pure Python.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import NamedTuple, TypeVar

from consultations.sentences import Sentence, quoted, zloty
from consultations.sentences import gettext_noop as _
from consultations.tally.counting import BALLOT_TYPES, BY_POINTS, Ballot

VOID, IGNORE, KEEP = "void", "ignore", "keep"
CONSEQUENCES = {
    VOID: _("karta jest nieważna"),
    IGNORE: _("karta jest ważna, ale tych wierszy się nie liczy"),
    KEEP: _("bez skutku"),
}


class Mark(NamedTuple):
    """One marked line of a card: the project and what was written beside it. `points` None: nothing, or nothing legible."""

    project: str
    points: int | None = None


@dataclass(frozen=True)
class CardRule:
    """What a valid card is (C30, C31). Amounts in grosze; None means no limit. Set by the resolution, fixed before the vote."""

    ballot_type: str
    least_marks: int = 1
    most_marks: int | None = None
    least_points: int | None = None  # on one line
    most_points: int | None = None
    least_sum: int | None = None  # on the whole card
    most_sum: int | None = None
    least_cost: int | None = None  # of all marked projects together
    most_cost: int | None = None
    each_value_once: bool = False
    no_points: str = VOID  # a marked project without points
    equal_points: str = VOID  # where each value may stand once
    points_outside: str = VOID  # below least_points or above most_points
    unknown_project: str = VOID

    def __post_init__(self) -> None:
        consequences = {self.no_points, self.equal_points, self.points_outside, self.unknown_project}
        if self.ballot_type not in BALLOT_TYPES or not consequences <= {VOID, IGNORE}:
            raise ValueError(f"not a rule of cards: {self}")

    @property
    def takes_points(self) -> bool:
        return self.ballot_type in BY_POINTS

    def as_data(self) -> dict:
        """For a JSON column; `of_data` reads it back. Only what differs from the default is kept."""
        return {name: value for name, value in asdict(self).items() if name != "ballot_type" and value != _DEFAULTS[name]}

    @classmethod
    def of_data(cls, ballot_type: str, data: Mapping[str, object]) -> "CardRule":
        """Unknown names are refused (TypeError): a misspelt limit must not be a limit that is not there."""
        usual = CARD_RULES[ballot_type].as_data() if ballot_type in CARD_RULES else {}
        return cls(ballot_type, **{**usual, **data})  # type: ignore[arg-type]


_DEFAULTS = {one.name: one.default for one in fields(CardRule)}

CARD_RULES = {
    "approval": CardRule("approval"),
    "choose-1": CardRule("choose-1", most_marks=1),
    "cumulative": CardRule("cumulative", least_points=0),
    "scoring": CardRule("scoring"),
    "ordinal": CardRule("ordinal"),
    # Pruszcz Gdański 2019 (C30, C31). Points outside 1-5 are not named there; we read them as no points at all.
    "pruszcz-2019": CardRule(
        "cumulative", most_marks=5, least_points=1, most_points=5, each_value_once=True,
        no_points=IGNORE, equal_points=IGNORE, points_outside=IGNORE,
    ),
}  # fmt: skip


class Ignored(NamedTuple):
    mark: Mark
    reason: Sentence


@dataclass(frozen=True)
class Verdict:
    """`kept` is what counts: nothing on an invalid card, and perhaps nothing on a valid one whose every line was left out."""

    kept: tuple[Mark, ...]
    ignored: tuple[Ignored, ...] = ()
    code: str = ""  # why invalid, for the protocol: none-marked, too-many, ...
    reason: Sentence | None = None

    @property
    def is_valid(self) -> bool:
        return self.reason is None

    @property
    def ballot(self) -> Ballot:
        """For `consultations.tally`: order as marked."""
        points = tuple(mark.points for mark in self.kept)
        return Ballot(tuple(mark.project for mark in self.kept), () if None in points else points)  # type: ignore[arg-type]


def judge(rule: CardRule, marks: Sequence[Mark], costs: Mapping[str, int]) -> Verdict:
    """The card by its rule. `marks` in the order of the card (of an ordinal one: of the places); `costs` of all projects."""
    marks = tuple(marks)
    if void := _void_by_number(rule, marks) or _void_by_line(rule, marks, costs):
        return _void(*void)
    ignored = _ignored(rule, marks, costs)
    left_out = {line.mark for line in ignored}
    kept = tuple(dict.fromkeys(mark for mark in marks if mark not in left_out))
    if void := _void_by_sums(rule, kept, costs):
        return _void(*void)
    return Verdict(kept, tuple(ignored))


Fault = tuple[str, Sentence]


def _void(code: str, reason: Sentence) -> Verdict:
    return Verdict((), (), code, reason)


def _void_by_number(rule: CardRule, marks: Sequence[Mark]) -> Fault | None:
    """Counted are marked projects, with points or without (C31)."""
    number = len({mark.project for mark in marks})
    params = {"number": number, "least": rule.least_marks, "most": rule.most_marks}
    if not number and rule.least_marks:
        return "none-marked", Sentence(_("Na karcie nie zaznaczono żadnego projektu."))
    if number < rule.least_marks:
        return "too-few", Sentence(_("Zaznaczono projekty: %(number)s, a\u00a0trzeba co najmniej %(least)s."), params)
    if rule.most_marks is not None and number > rule.most_marks:
        return "too-many", Sentence(_("Zaznaczono projekty: %(number)s, a\u00a0można najwyżej %(most)s."), params)
    return None


def _void_by_line(rule: CardRule, marks: Sequence[Mark], costs: Mapping[str, int]) -> Fault | None:
    return next(((code, reason) for _mark, consequence, code, reason in _faults(rule, marks, costs) if consequence == VOID), None)


def _ignored(rule: CardRule, marks: Sequence[Mark], costs: Mapping[str, int]) -> list[Ignored]:
    first = {mark: reason for mark, _consequence, _code, reason in reversed(list(_faults(rule, marks, costs)))}
    return [Ignored(mark, first[mark]) for mark in dict.fromkeys(marks) if mark in first]


def _faults(rule: CardRule, marks: Sequence[Mark], costs: Mapping[str, int]) -> Iterable[tuple[Mark, str, str, Sentence]]:
    """Everything wrong with single lines, and what follows from it."""
    lines = tuple(dict.fromkeys(marks))  # the same line twice says nothing new
    projects, values = Counter(mark.project for mark in lines), Counter(mark.points for mark in lines)
    for mark in lines:
        named = {"project": quoted(mark.project), "points": mark.points}
        if mark.project not in costs:
            yield mark, rule.unknown_project, "unknown-project", Sentence(_("Projektu %(project)s nie ma na liście."), named)
        if projects[mark.project] > 1:
            reason = Sentence(_("Projekt %(project)s ma na karcie różne punkty."), named)
            yield mark, rule.equal_points, "project-twice", reason
        if rule.takes_points and mark.points is None:
            yield mark, rule.no_points, "no-points", Sentence(_("Projekt %(project)s zaznaczono bez punktów."), named)
        elif rule.takes_points and _is_outside(rule, mark.points or 0):
            reason = Sentence(_("Projekt %(project)s ma punkty spoza skali: %(points)s."), named)
            yield mark, rule.points_outside, "points-outside", reason
        elif rule.takes_points and rule.each_value_once and values[mark.points] > 1:
            reason = Sentence(_("Tyle samo punktów (%(points)s) stoi przy więcej niż jednym projekcie."), named)
            yield mark, rule.equal_points, "equal-points", reason


def _is_outside(rule: CardRule, points: int) -> bool:
    too_low = rule.least_points is not None and points < rule.least_points
    return too_low or (rule.most_points is not None and points > rule.most_points)


def _void_by_sums(rule: CardRule, kept: Sequence[Mark], costs: Mapping[str, int]) -> Fault | None:
    points, cost = sum(mark.points or 0 for mark in kept), sum(costs.get(mark.project, 0) for mark in kept)
    limits = {"points": points, "least": rule.least_sum, "most": rule.most_sum}
    if rule.least_sum is not None and points < rule.least_sum:
        return "sum-too-low", Sentence(_("Punktów razem jest %(points)s, a\u00a0trzeba co najmniej %(least)s."), limits)
    if rule.most_sum is not None and points > rule.most_sum:
        return "sum-too-high", Sentence(_("Punktów razem jest %(points)s, a\u00a0można najwyżej %(most)s."), limits)
    if rule.least_cost is not None and cost < rule.least_cost:
        params = {"cost": zloty(cost), "least": zloty(rule.least_cost)}
        return "cost-too-low", Sentence(
            _("Zaznaczone projekty kosztują razem %(cost)s, a\u00a0trzeba co najmniej %(least)s."), params
        )
    if rule.most_cost is not None and cost > rule.most_cost:
        params = {"cost": zloty(cost), "most": zloty(rule.most_cost)}
        return "cost-too-high", Sentence(
            _("Zaznaczone projekty kosztują razem %(cost)s, a\u00a0można najwyżej %(most)s."), params
        )
    return None


# Second cards (C34) ---------------------------------------------------------------------------------------------------

FIRST, LAST, REVIEW, NEITHER = "first", "last", "review", "neither"
SECOND_CARD = {
    FIRST: _("liczy się pierwsza karta"),
    LAST: _("liczy się ostatnia karta"),
    REVIEW: _("obie karty rozpatruje komisja; do tego czasu żadna się nie liczy"),
    NEITHER: _("obie karty są nieważne"),  # only where the resolution says so, as in 2018
}
Card = TypeVar("Card")


def counted_of(policy: str, cards: Sequence[Card]) -> Card | None:
    """Which of one person's cards counts, in the order they were received. One card always counts itself."""
    if policy not in SECOND_CARD:
        raise ValueError(policy)
    if len(cards) < 2:
        return cards[0] if cards else None
    return {FIRST: cards[0], LAST: cards[-1]}.get(policy)


# The protocol (C35) ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Protocol:
    """What the commission reads out: taken out of the urn = valid + invalid, the invalid by reason."""

    taken_out: int
    valid: int
    invalid: Mapping[str, int]  # code of `Verdict` -> cards
    ignored_lines: int

    @property
    def invalid_together(self) -> int:
        return sum(self.invalid.values())


def protocol(verdicts: Iterable[Verdict]) -> Protocol:
    taken_out = valid = ignored = 0
    invalid: Counter[str] = Counter()
    for verdict in verdicts:
        taken_out += 1
        valid += verdict.is_valid
        ignored += len(verdict.ignored)
        if not verdict.is_valid:
            invalid[verdict.code] += 1
    return Protocol(taken_out, valid, dict(sorted(invalid.items())), ignored)


# Age (C33, C36) -------------------------------------------------------------------------------------------------------

OLDEST = 115  # above it nobody is believed without a look (C36): Wrocław counted votes of people aged 142 and 200


@dataclass(frozen=True)
class AgePolicy:
    """Who may vote by age, from a day on. A year is full on the birthday; of 29 February on 1 March."""

    since: date
    least_age: int | None  # None: no limit
    consent_below: int | None  # under this age only with a guardian's consent
    source: str  # which resolution says so

    def refusal(self, birth_or_age: date | int, day: date, *, has_consent: bool) -> Sentence | None:
        """None when the person may vote on the day."""
        if strange := impossible(birth_or_age, day):
            return strange
        age = age_on(birth_or_age, day) if isinstance(birth_or_age, date) else birth_or_age
        if self.least_age is not None and age < self.least_age:
            return Sentence(_("Głosować można od ukończenia %(age)s lat."), {"age": self.least_age})
        if self.consent_below is not None and age < self.consent_below and not has_consent:
            return Sentence(_("Przed ukończeniem %(age)s lat potrzebna jest zgoda opiekuna."), {"age": self.consent_below})
        return None


def policy_on(policies: Iterable[AgePolicy], day: date) -> AgePolicy | None:
    """The one in force on the day; None before the first."""
    return max((policy for policy in policies if policy.since <= day), key=lambda policy: policy.since, default=None)


def age_on(birth: date, day: date) -> int:
    """Full years. Negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def impossible(birth_or_age: date | int, day: date) -> Sentence | None:
    """Why nobody has such an age (C36), or None. Such a vote is stopped before it is accepted, never removed later."""
    if isinstance(birth_or_age, date):
        if birth_or_age > day:
            return Sentence(_("Data urodzenia jest w\u00a0przyszłości."))
        birth_or_age = age_on(birth_or_age, day)
    if birth_or_age < 0:
        return Sentence(_("Wiek nie może być ujemny."))
    if birth_or_age > OLDEST:
        return Sentence(_("Wiek powyżej %(oldest)s lat wymaga sprawdzenia."), {"oldest": OLDEST})
    return None
