"""`manage.py hire EMAIL "Imię Nazwisko" "Administrator portalu"`: the first account of staff; later ones are made on the desk."""

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from accounts import actions
from pruszcz_portal.roles import ROLES, sync_roles


class Command(BaseCommand):
    help = "Zakłada konto pracownika z podanymi rolami. Hasło ustawi sam przez „Nie pamiętam hasła”, drugi krok przy pierwszym wejściu."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("roles", nargs="+")
        parser.add_argument("--position", default="")

    def handle(self, *, email, name, roles, position, **options):
        if unknown := sorted(set(roles) - set(ROLES)):
            raise CommandError(f"nie ma roli: {', '.join(unknown)}; są: {', '.join(ROLES)}")
        sync_roles()
        user = actions.hire(email=email, name=name, position=position, roles=list(Group.objects.filter(name__in=roles)), by=None)
        self.stdout.write(f"{user.email}: {', '.join(roles)}")
