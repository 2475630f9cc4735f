"""`manage.py export_pabulib SLUG`: the vote as a Pabulib file on standard output."""

from django.core.management.base import BaseCommand

from consultations.actions.pabulib_files import export_lines
from consultations.management.commands.tally import budget_of
from consultations.pabulib import PROFILES


class Command(BaseCommand):
    help = "Wypisuje głosowanie jako plik Pabulib. Dokładny wiek jest tylko w zakresie pełnym."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--profile", default="public", choices=list(PROFILES))

    def handle(self, slug, profile, **options):
        for line in export_lines(budget_of(slug), profile=profile):
            self.stdout.write(line, ending="")
