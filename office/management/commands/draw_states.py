"""docs/states/ from the transition tables."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from office import diagrams

FOLDER = settings.BASE_DIR / "docs" / "states"


class Command(BaseCommand):
    help = "Draw the process of each model that moves; --check compares and ends with 1 when a drawing is out of date."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        if not check:
            diagrams.draw(FOLDER)
            return
        if changed := diagrams.differences(FOLDER):
            raise CommandError(f"out of date in docs/states: {', '.join(changed)}; run manage.py draw_states")
