"""Who answered, beside who lives in the town: by age and sex. And what the answers would be if all had answered alike often.

Population figures are five-year bands. A band that cuts one (18 to 24 cuts 15-19) is counted as if ages in it were spread evenly,
and says so. Children count only where the survey's bands reach them: the comparison is with the same ages of the town.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from consultations.statistics.crosstab import percent
from consultations.statistics.suppression import K, protect_line

OLDEST = 200  # an open last band ends here
LEAST_COMPARED = 30  # fewer answers are too few to speak of shares
FEWER, MORE = Decimal("0.8"), Decimal("1.25")  # of the town's share; and
POINTS = Decimal("2")  # at least so many percentage points apart
LEAST_WEIGHTED, LEAST_IN_CELL = 100, 5
TRIM = (1 / 3, 3.0)  # no answer weighs less or more than this, the mean being one
ROUNDS, CLOSE = 200, 1e-9
OVER, UNDER, ALIKE, TOO_FEW = "over", "under", "alike", "too-few"


@dataclass(frozen=True)
class Band:
    """Ages from and to, both included; `until` None: and older."""

    code: str
    label: str
    since: int
    until: int | None = None

    @property
    def last(self) -> int:
        return OLDEST if self.until is None else self.until


@dataclass(frozen=True)
class Population:
    ages: tuple[Band, ...]
    people: Mapping[str, int]  # by code of an age band of the register
    sexes: Mapping[str, int]  # "k", "m"

    def between(self, since: int, until: int) -> float:
        """How many are of these ages; parts of a band in proportion."""
        return sum(self.people[band.code] * _overlap(band, since, until) for band in self.ages)

    def is_cut(self, since: int, until: int) -> bool:
        """Whether the ages cut a band of the register, so that their number is an estimate."""
        return any(0 < _overlap(band, since, until) < 1 for band in self.ages)


def _overlap(band: Band, since: int, until: int) -> float:
    if band.until is None:
        return 1.0 if since <= band.since and until >= OLDEST else 0.0
    common = min(band.until, until) - max(band.since, since) + 1
    return max(0, common) / (band.until - band.since + 1)


def load(path: Path) -> Population:
    """From `by,code,age_from,age_to,people`: rows of age, open at the end, and of sex."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ages = [row for row in rows if row["by"] == "age"]
    return Population(
        ages=tuple(Band(r["code"], r["code"], int(r["age_from"]), int(r["age_to"]) if r["age_to"] else None) for r in ages),
        people={row["code"]: int(row["people"]) for row in ages},
        sexes={row["code"]: int(row["people"]) for row in rows if row["by"] == "sex"},
    )


# Comparison


@dataclass(frozen=True)
class Compared:
    """`count`, `ours` None: hidden. Shares in percent. `words`: one sentence for anybody."""

    code: str
    label: str
    count: int | None
    ours: Decimal | None
    town: Decimal
    verdict: str
    is_estimated: bool
    words: str


def compare_ages(counts: Mapping[str, int], bands: Sequence[Band], population: Population, *, k: int = K) -> list[Compared]:
    """Answers by the survey's own age bands, which follow one another without a gap. Those who gave no age are left to the caller."""
    town = {band.code: population.between(band.since, band.last) for band in bands}
    estimated = {band.code for band in bands if population.is_cut(band.since, band.last)}
    return _compared(counts, {band.code: band.label for band in bands}, town, estimated, k)


def compare_sexes(counts: Mapping[str, int], labels: Mapping[str, str], population: Population, *, k: int = K) -> list[Compared]:
    """`labels`: {"k": "kobiety", "m": "mężczyźni"}. Of all ages, as the register gives no sex by age."""
    return _compared(counts, labels, {code: population.sexes[code] for code in labels}, set(), k)


def _compared(
    counts: Mapping[str, int], labels: Mapping[str, str], town: Mapping[str, float], estimated: Collection[str], k: int
) -> list[Compared]:
    given = {code: counts.get(code, 0) for code in labels}
    whole, people = sum(given.values()), sum(town.values())
    hidden = protect_line(given, k=k)
    made = []
    for code, label in labels.items():
        ours = percent(given[code], whole) if whole else Decimal("0.0")
        share = percent(round(town[code]), round(people))
        verdict = _verdict(ours, share, whole)
        is_hidden = code in hidden
        words = _words(label, None if is_hidden else ours, share, verdict)
        made.append(
            Compared(
                code,
                label,
                None if is_hidden else given[code],
                None if is_hidden else ours,
                share,
                verdict,
                code in estimated,
                words,
            )
        )
    return made


def _verdict(ours: Decimal, town: Decimal, whole: int) -> str:
    if whole < LEAST_COMPARED:
        return TOO_FEW
    if abs(ours - town) < POINTS:
        return ALIKE
    return UNDER if ours <= town * FEWER else OVER if ours >= town * MORE else ALIKE


def _words(label: str, ours: Decimal | None, town: Decimal, verdict: str) -> str:
    told = {
        OVER: _("%(label)s: wśród odpowiedzi więcej niż w mieście"),
        UNDER: _("%(label)s: wśród odpowiedzi mniej niż w mieście"),
        ALIKE: _("%(label)s: mniej więcej tyle, co w mieście"),
        TOO_FEW: _("%(label)s: odpowiedzi jest za mało, żeby porównać je z miastem"),
    }[verdict] % {"label": label}
    if ours is None or verdict == TOO_FEW:
        return told + "."
    return told + _(" (%(ours)s%% wobec %(town)s%%).") % {"ours": comma(ours), "town": comma(town)}


def comma(number: Decimal) -> str:
    return str(number).replace(".", ",")


# Weights


class NotWeighted(Exception):
    """There are no weights worth having; the text says why."""


@dataclass(frozen=True)
class Weights:
    """`of`: weight of one answer by (age, sex), the mean over answers being one. `effective`: Kish's size, how many answers
    drawn by lot would say as much. `left_out`: answers without age or sex."""

    of: Mapping[tuple[str, str], float]
    answers: int
    effective: float
    left_out: int
    is_trimmed: bool


@dataclass(frozen=True)
class Weighed:
    """The unweighted share stands first, always."""

    code: str
    unweighted: Decimal
    weighted: Decimal


def rake(
    counts: Mapping[tuple[str, str], int], ages: Mapping[str, float], sexes: Mapping[str, float], *, left_out: int = 0
) -> Weights:
    """Weights by (age, sex) that give the town's shares of ages and of sexes. `ages`, `sexes`: people of the town by code.

    Raises NotWeighted below 100 answers or where a combination has fewer than 5: one voice would speak for a crowd.
    """
    cells = {(age, sex): counts.get((age, sex), 0) for age in ages for sex in sexes}
    whole = sum(cells.values())
    if whole < LEAST_WEIGHTED:
        raise NotWeighted(
            _("Odpowiedzi z podanym wiekiem i płcią jest %(count)d. Ważymy od %(least)d.")
            % {"count": whole, "least": LEAST_WEIGHTED}
        )
    if min(cells.values()) < LEAST_IN_CELL:
        raise NotWeighted(
            _("W którejś grupie wieku i płci jest mniej niż %(least)d odpowiedzi. Kilka głosów mówiłoby za bardzo wielu.")
            % {"least": LEAST_IN_CELL}
        )
    raked = _raked(cells, _share(ages), _share(sexes))
    trimmed = {cell: min(max(weight, TRIM[0]), TRIM[1]) for cell, weight in raked.items()}
    mean = sum(cells[cell] * weight for cell, weight in trimmed.items()) / whole
    weights = {cell: weight / mean for cell, weight in trimmed.items()}
    return Weights(weights, whole, _kish(cells, weights), left_out, is_trimmed=trimmed != raked)


def _share(people: Mapping[str, float]) -> dict[str, float]:
    whole = sum(people.values())
    return {code: count / whole for code, count in people.items()}


def _raked(cells: Mapping[tuple[str, str], int], *margins: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Each margin in turn is set right, until nothing moves (iterative proportional fitting)."""
    whole, weights = sum(cells.values()), dict.fromkeys(cells, 1.0)
    for _round in range(ROUNDS):
        furthest = 0.0
        for side, shares in enumerate(margins):
            for code, share in shares.items():
                mine = [cell for cell in cells if cell[side] == code]
                factor = share * whole / sum(cells[cell] * weights[cell] for cell in mine)
                weights.update({cell: weights[cell] * factor for cell in mine})
                furthest = max(furthest, abs(factor - 1))
        if furthest < CLOSE:
            break
    return weights


def _kish(cells: Mapping[tuple[str, str], int], weights: Mapping[tuple[str, str], float]) -> float:
    plain = sum(cells[cell] * weight for cell, weight in weights.items())
    return plain**2 / sum(cells[cell] * weight**2 for cell, weight in weights.items())


def weigh(rows: Iterable[tuple[str, str, str, int]], options: Iterable[str], weights: Weights) -> list[Weighed]:
    """Shares of options from (option, age, sex, count): as answered, and weighted, among the answers that could be weighted."""
    plain, heavy = dict.fromkeys(options, 0), dict.fromkeys(options, 0.0)
    for option, age, sex, count in rows:
        if (age, sex) in weights.of:
            plain[option] += count
            heavy[option] += count * weights.of[age, sex]
    whole, weight = sum(plain.values()), sum(heavy.values())
    if not whole:
        return []
    return [
        Weighed(option, percent(count, whole), Decimal(str(round(100 * heavy[option] / weight, 1))))
        for option, count in plain.items()
    ]
