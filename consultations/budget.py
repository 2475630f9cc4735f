"""The participatory budget as stored: the card, the ballots and the rules, handed to the pure core that judges and counts.

A ballot's answers are `{"votes": [[project code, points or null], ...]}` in the order of the card, which for an ordinal ballot is
the order of places; imported ones may carry `{"voter": {"age", "sex", ...}}` beside.
"""

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from consultations.cards import CardRule, Mark, Verdict, judge
from consultations.models import BudgetRules, Instrument
from consultations.tally import RULES, Ballot, Entry, Result, tally
from schemas.checking import canonical

CHUNK = 5_000


def card_rule(rules: BudgetRules) -> CardRule:
    return CardRule.of_data(rules.ballot_type, rules.card)


def on_card(instrument: Instrument):
    """The projects that may be voted for, in the order of the card."""
    return instrument.projects.filter(withdrawn_reason="").order_by("order", "id")


def costs_of(instrument: Instrument) -> dict[str, int]:
    return dict(on_card(instrument).values_list("code", "cost_grosze"))


def marks_of(answers: dict) -> tuple[Mark, ...]:
    return tuple(Mark(code, points) for code, points in answers["votes"])


def answers_of(marks: Sequence[Mark]) -> dict:
    return {"votes": [[mark.project, mark.points] for mark in marks]}


def verdict_of(instrument: Instrument, answers: dict) -> Verdict:
    """The card by the rules of this edition (C30, C31)."""
    return judge(card_rule(instrument.budget), marks_of(answers), costs_of(instrument))


def ballots_of(instrument: Instrument) -> Iterator[Ballot]:
    """Every ballot of the box, through a server-side cursor: memory does not grow with the vote."""
    rows = instrument.ballots.values_list("answers", flat=True)
    for answers in rows.iterator(chunk_size=CHUNK):
        yield ballot_of(answers)


def ballot_of(answers: dict) -> Ballot:
    votes = answers["votes"]
    points = tuple(_number(value) for _code, value in votes)
    return Ballot(tuple(code for code, _value in votes), () if None in points else points)  # type: ignore[arg-type]


def _number(value):
    return Fraction(value) if isinstance(value, str) else value


def count(instrument: Instrument, rule: str = "") -> Result:
    """Count by the edition's rule, or by another one as "what if". Recorded draws decide ties that rules leave open."""
    rules = instrument.budget
    name = rule or rules.rule
    options = dict(rules.rule_options) if name == rules.rule else {}
    return tally(
        name, rules.pot_grosze, [Entry(code, cost) for code, cost in costs_of(instrument).items()], ballots_of(instrument),
        ties=tuple(rules.tie_rules), draws=[draw.order for draw in instrument.draws.all()], ballot_type=rules.ballot_type,
        max_cost=rules.project_most_grosze, **options,
    )  # fmt: skip


def inputs_sha256(instrument: Instrument, rule: str = "") -> str:
    """What was counted: rule, its variants, the pot, projects with costs, and the head of the box. Anyone can make it again."""
    rules = instrument.budget
    last = instrument.batches.order_by("-number").first()
    inputs = {
        "rule": rule or rules.rule, "version": RULES[rule or rules.rule].version, "options": rules.rule_options,
        "tie_rules": rules.tie_rules, "ballot_type": rules.ballot_type, "pot": rules.pot_grosze, "projects": costs_of(instrument),
        "draws": [draw.order for draw in instrument.draws.all()], "head": last.head if last else "",
    }  # fmt: skip
    return hashlib.sha256(canonical(inputs)).hexdigest()


def missing(instrument: Instrument) -> list[str]:
    """What has to be said before the vote may be announced: the rules, how a tie is decided, what is on the card (C30-C33)."""
    rules = BudgetRules.objects.filter(instrument=instrument).first()
    if rules is None:
        return [_("wpisz zasady głosowania: pulę, kartę, zasadę liczenia.")]
    found = []
    if not rules.source:
        found.append(_("podaj uchwałę, z której wynikają zasady."))
    if not rules.tie_rules:
        found.append(_("zapisz, co rozstrzyga przy remisie, zanim ktokolwiek zagłosuje."))
    if "draw" in rules.tie_rules and not rules.draw_announcement:
        found.append(_("podaj jawną wartość do losowania: jaka, gdzie i którego dnia będzie ogłoszona."))
    if (rules.least_age or rules.guardian_below) and not rules.age_source:
        found.append(_("podaj podstawę zasad wieku."))
    if on_card(instrument).count() < 2:
        found.append(_("dodaj projekty, co najmniej dwa."))
    if too_dear := _over_the_most(instrument, rules):
        found.append(_("popraw projekty droższe niż pozwalają zasady: %(codes)s.") % {"codes": ", ".join(too_dear)})
    return found


def _over_the_most(instrument: Instrument, rules: BudgetRules) -> list[str]:
    most = rules.project_most_grosze or rules.pot_grosze
    return list(on_card(instrument).filter(cost_grosze__gt=most).values_list("code", flat=True))
