"""`manage.py sync_roles`: write the table of roles into groups. Run after every deployment; safe to repeat."""

from django.core.management.base import BaseCommand

from pruszcz_portal.roles import ROLES, sync_roles


class Command(BaseCommand):
    help = "Zapisuje role z tabeli pruszcz_portal/roles.py jako grupy uprawnień."

    def handle(self, **options):
        sync_roles()
        self.stdout.write(f"role: {', '.join(ROLES)}")
