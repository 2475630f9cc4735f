"""Has anybody changed the register of who read what, or the history of cases? (S58)"""

from django.core.management.base import BaseCommand, CommandError

from office import audit
from office.models import AuditSeal


class Command(BaseCommand):
    help = "Compute every day's seal again; ends with 1 when one no longer fits."

    def handle(self, **options):
        broken = [str(sealed.day) for sealed in audit.broken_seals()]
        if broken:
            raise CommandError(f"broken seals: {', '.join(broken)}")
        self.stdout.write(f"{AuditSeal.objects.count()} seals hold")
