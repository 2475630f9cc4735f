"""Is anything stuck? (F22)"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office import repair


class Command(BaseCommand):
    help = "Mend what is stuck, then list what is left; --check only lists. Ends with 1 while anything is stuck."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        if not check:
            repair.mend()
        found = repair.findings(moment=timezone.now())
        for finding in found:
            self.stdout.write(str(finding))
        if any(finding.is_stuck for finding in found):
            raise CommandError("something is stuck")
