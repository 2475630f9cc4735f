"""The published layout of a `.pb` file (pabulib.org/format): keys, columns and their order, and what a reader hands over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from consultations.sentences import NOTHING

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
WITH_POINTS = frozenset({"cumulative", "scoring"})  # `points` stand in the file; of `ordinal` they follow from the order

REQUIRED = [
    "description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule", "date_begin",
    "date_end",
]  # fmt: skip
META_ORDER = [
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget", "vote_type",
    "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points",
    "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost", "max_project_cost",
    "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition", "language", "currency",
    "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget", "budget_per_category",
    "budget_per_neighborhood", "min_length_per_category", "max_length_per_category", "min_sum_cost_per_category",
    "max_sum_cost_per_category",
]  # fmt: skip
PROJECT_ORDER = [
    "project_id", "cost", "votes", "score", "name", "category", "beneficiaries", "selected", "neighborhood", "subunit",
    "district", "description", "proposer", "public_id", "latitude", "longitude",
]  # fmt: skip
VOTE_ORDER = [
    "voter_id", "vote", "points", "age", "sex", "voting_method", "district", "neighborhood", "education",
]  # fmt: skip
LISTS = frozenset({"category", "beneficiaries"})  # commas without spaces
MAY_BE_EMPTY = frozenset({"category", "beneficiaries", "latitude", "longitude"})
WHOLE_NUMBERS = [
    "num_projects", "num_votes", "min_length", "max_length", "min_points", "max_points", "min_sum_points", "max_sum_points",
    "default_score", "min_project_score_threshold",
]  # fmt: skip
AMOUNTS = ("budget", "min_sum_cost", "max_sum_cost", "min_project_cost", "max_project_cost")

MOST_GROSZE = 10**15  # ten thousand milliards of złoty: above it somebody mistyped, and PostgreSQL keeps no more than 2^63
MOST_POINTS = 10**9
Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Project:
    """A line of PROJECTS. `votes`, `score` and `selected` are what the city announced; None where the file does not say."""

    id: str
    cost: int  # grosze
    name: str = ""
    votes: int | None = None
    score: Number | None = None
    selected: int | None = None  # 1 won, 0 lost, 2 and 3 paid from elsewhere
    fields: Mapping[str, str] = field(default_factory=dict)  # every other column, as text

    def __post_init__(self):
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def __hash__(self):
        return hash(self.id)


class Vote(NamedTuple):
    """A line of VOTES. A ballot as `consultations.tally` counts it, with who and how beside."""

    voter: str
    projects: tuple[str, ...]
    points: tuple[Number, ...] = ()  # beside `projects`; empty where the kind of ballot has none
    fields: Mapping[str, str] = NOTHING


class Meta(Mapping[str, str]):
    """The header as text, and read: amounts in grosze, whole numbers, days. What is missing or unreadable is None."""

    def __init__(self, values: Mapping[str, str]):
        self._values = dict(values)

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Meta({self._values!r})"

    @property
    def vote_type(self) -> str:
        return self.get("vote_type", "").lower()

    @property
    def budget(self) -> int | None:
        return self.amount("budget")

    def amount(self, key: str) -> int | None:
        return grosze(self.get(key, ""))

    def whole(self, key: str) -> int | None:
        number = number_of(self.get(key, ""))
        return number if isinstance(number, int) else None

    def day(self, key: str) -> date | None:
        """Only a whole date; a year alone names no day."""
        return _date_of(self.get(key, ""))


def grosze(text: str) -> int | None:
    """Złoty as any Polish file writes them (3600000, 3 600 000.5, 1234,56, 3.6e6) in grosze, half a grosz up."""
    number = _decimal(text)
    if number is None or number.adjusted() > 20:
        return None
    return int((number * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def zlotys(amount: int) -> str:
    """Grosze as the format writes them: 360000000 -> 3600000, 12345 -> 123.45."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def number_of(text: str) -> Number | None:
    """A count or points: whole where it is whole (5, 5.0), else exact (0.5 -> 1/2). None for anything else or too large."""
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    number = _decimal(text)
    if number is None or number.adjusted() > 9 or -number.as_tuple().exponent > 12:  # type: ignore[operator]
        return None
    exact = Fraction(number)
    return exact.numerator if exact.denominator == 1 else exact


def text_of(number: Number) -> str:
    """Points as the format writes them; a fraction that has no decimal form is refused."""
    if isinstance(number, int):
        return str(number)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(exact) != number:
        raise ValueError(f"{number} has no decimal form")
    return format(exact, "f")


def _decimal(text: str) -> Decimal | None:
    compact = re.sub(r"[ \u00a0\u202f]", "", text)
    if not compact.isascii() or len(compact) > 40 or compact.count(",") > 1 or "_" in compact:
        return None
    try:
        number = Decimal(compact.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None


def _date_of(text: str) -> date | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None
