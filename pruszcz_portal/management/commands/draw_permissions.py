"""`manage.py draw_permissions`: write docs/permissions.md from the table of roles. Needs a migrated database."""

from django.conf import settings
from django.core.management.base import BaseCommand

from pruszcz_portal.rights import table


class Command(BaseCommand):
    help = "Rysuje docs/permissions.md z tabeli ról."

    def handle(self, **options):
        (settings.BASE_DIR / "docs" / "permissions.md").write_text(table(), encoding="utf-8")
