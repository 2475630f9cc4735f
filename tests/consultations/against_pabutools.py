"""Equal shares beside pabutools, by hand: not a test, because pabutools brings gurobipy, which is not free software.

uv run --no-project --with pabutools --with pabulib-checker python -m tests.consultations.against_pabutools
"""

import random
import sys

from pabutools.election import (
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    CardinalProfile,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import method_of_equal_shares

from consultations.tally import Ballot, Entry, tally


def theirs(costs, pot, ballots, by_points):
    instance = Instance([Project(code, cost) for code, cost in costs.items()], budget_limit=pot)
    if by_points:
        cast = [CardinalBallot({instance.get_project(code): points for code, points in ballot.items()}) for ballot in ballots]
        profile, worth = CardinalProfile(cast, instance=instance), Additive_Cardinal_Sat
    else:
        cast = [ApprovalBallot([instance.get_project(code) for code in ballot]) for ballot in ballots]
        profile, worth = ApprovalProfile(cast, instance=instance), Cost_Sat
    return {project.name for project in method_of_equal_shares(instance, profile, sat_class=worth)}


def ours(costs, pot, ballots, by_points):
    cast = [Ballot(tuple(ballot), tuple(ballot.values())) for ballot in ballots]
    kind = "cumulative" if by_points else "approval"
    return tally(
        "equal-shares", pot, [Entry(*item) for item in costs.items()], cast, ballot_type=kind, completion="none", least=0
    )


def main():
    compared = different = 0
    for seed in range(1500):
        chance = random.Random(seed)  # noqa: S311
        costs = {str(n): chance.randint(1, 30) * 100 for n in range(chance.randint(2, 7))}
        ballots = [
            {code: chance.randint(1, 5) for code in chance.sample(list(costs), chance.randint(1, len(costs)))}
            for _n in range(chance.randint(1, 14))
        ]
        pot, by_points = chance.randint(5, 60) * 100, bool(seed % 2)
        result = ours(costs, pot, ballots, by_points)
        if result.is_final:
            compared += 1
            different += set(result.winners) != theirs(costs, pot, ballots, by_points)
    sys.stdout.write(f"{compared} budgets without a tie, {different} different\n")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
