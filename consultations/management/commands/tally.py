"""`manage.py tally SLUG`: count a participatory budget and print rule, ties and winners as JSON. Stores nothing."""

import json

from django.core.management.base import BaseCommand, CommandError

from consultations import budget
from consultations.models import Instrument, InstrumentKind
from consultations.pabulib import Project, compare
from consultations.tally import RULES


class Command(BaseCommand):
    help = "Liczy głosy budżetu obywatelskiego i wypisuje zasadę, remisy i zwycięzców jako JSON."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--rule", default="", choices=["", *RULES], help="inna zasada, dla porównania")

    def handle(self, slug, rule, **options):
        instrument = budget_of(slug)
        result = budget.count(instrument, rule)
        answer = result.as_json() | {"inputs_sha256": budget.inputs_sha256(instrument, rule)}
        if official := _compared(instrument, result):
            answer["official"] = official
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def budget_of(slug):
    """The budget vote of the consultation, or a refusal in words."""
    found = Instrument.objects.filter(consultation__slug=slug, kind=InstrumentKind.BUDGET)
    found = found.select_related("budget", "consultation").first()
    if found is None:
        raise CommandError(f"Nie ma głosowania pod adresem „{slug}”.")
    return found


def _compared(instrument, result):
    """What the town announced, where the source says it: totals that differ, winners that differ and what would explain them."""
    stored = [one for one in budget.on_card(instrument) if one.official]
    if not stored:
        return None
    projects = [
        Project(one.code, one.cost_grosze, one.name, selected=one.official.get("selected")) for one in budget.on_card(instrument)
    ]
    votes = {one.code: one.official["votes"] for one in stored if "votes" in one.official}
    differing = {
        code: {"official": said, "counted": result.totals.votes[code]}
        for code, said in votes.items()
        if said != result.totals.votes[code]
    }
    comparison = compare(result, projects)
    return {
        "totals_agree": not differing, "totals_differing": differing, "winners_announced": comparison.is_said,
        "winners_agree": comparison.agrees, "more": list(comparison.more) if comparison.is_said else [],
        "fewer": list(comparison.fewer), "explained_by": comparison.explained_by,
    }  # fmt: skip
