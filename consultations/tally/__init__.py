"""Counting of the participatory budget by a named rule, with its reasons. Pure Python: no Django, no database, no floats.

result = tally("pruszcz-points", 60_000_000, projects, ballots, ties=("more-voters", "draw"))
result.winners, result.open_tie, result.as_json()
"""

from consultations.tally.counting import BALLOT_TYPES, Ballot, Entry, Totals, count
from consultations.tally.draw import Draw, draw, is_true, seed_of
from consultations.tally.equal_shares import COMPLETIONS
from consultations.tally.greedy import SKIP, STOP, TOO_DEAR_VARIANTS
from consultations.tally.results import OpenTie, Result, Step, Tie
from consultations.tally.rules import RULES, Rule, tally
from consultations.tally.ties import TIE_RULES, TieRule

__all__ = [
    "BALLOT_TYPES", "COMPLETIONS", "RULES", "SKIP", "STOP", "TIE_RULES", "TOO_DEAR_VARIANTS", "Ballot", "Draw", "Entry",
    "OpenTie", "Result", "Rule", "Step", "Tie", "TieRule", "Totals", "count", "draw", "is_true", "seed_of", "tally",
]  # fmt: skip
