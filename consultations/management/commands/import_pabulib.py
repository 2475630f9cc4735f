"""`manage.py import_pabulib FILE`: a participatory budget of any town from a Pabulib file; prints the address it got."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consultations.actions.pabulib_files import BadFile, import_file
from office.transitions import Refused

SHOWN = 50


class Command(BaseCommand):
    help = "Wczytuje głosowanie z pliku Pabulib (.pb) i wypisuje jego adres."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", default="", help="adres zamiast ułożonego z nagłówka pliku")

    def handle(self, file, slug, **options):
        try:
            with file.open("rb") as opened:
                consultation, problems = import_file(opened, slug=slug, moment=timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except BadFile as bad:
            raise CommandError(_listed(bad.problems.errors)) from bad
        except Refused as why:
            raise CommandError(str(why)) from why
        for problem in problems.differences[:SHOWN]:
            self.stderr.write(str(problem))
        self.stdout.write(consultation.slug)


def _listed(errors):
    more = len(errors) - SHOWN
    return "\n".join([*map(str, errors[:SHOWN]), *([f"… i jeszcze {more}"] if more > 0 else [])])
