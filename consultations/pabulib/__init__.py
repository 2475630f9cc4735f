"""The Pabulib format (pabulib.org/format), read and written as a stream. Pure Python: no Django, no database.

reading = read(file)                 # header and projects; errors of theirs are in reading.problems
for vote in reading.votes(): ...     # ballots one by one; then reading.problems is whole
for line in write(meta, projects, votes, profile="public"): ...
"""

from consultations.pabulib.layout import VOTE_TYPES, Meta, Project, Vote, grosze, zlotys
from consultations.pabulib.official import Comparison, announced, compare, meta_of, rule_of
from consultations.pabulib.problems import Level, Problem, Problems
from consultations.pabulib.reading import Reading, read
from consultations.pabulib.writing import AGE_BANDS, PROFILES, age_band, write

__all__ = [
    "AGE_BANDS", "PROFILES", "VOTE_TYPES", "Comparison", "Level", "Meta", "Problem", "Problems", "Project", "Reading", "Vote",
    "age_band", "announced", "compare", "grosze", "meta_of", "read", "rule_of", "write", "zlotys",
]  # fmt: skip
