"""`manage.py import_dues FILE --as-of 2026-11-24 [--load]`: what the tax system's machine calls at night."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dues.actions import imports
from dues.models import Import
from dues.statuses import ImportStatus
from office.transitions import Refused


class Command(BaseCommand):
    help = "Przyjmuje plik z systemu podatkowego i sprawdza go; z --load także wczytuje. Błędy są na biurku."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=date.fromisoformat, required=True, help="stan na dzień")
        parser.add_argument("--load", action="store_true", help="wczytaj od razu, jeśli nie ma błędów")

    def handle(self, *, file, as_of, load, **options):
        try:
            imported = self._done(imports.take_in(file, name=file.name, as_of=as_of, by=None, moment=timezone.now()))
            if load and imported.status == ImportStatus.CHECKED:
                imports.load(imported, by=None, moment=timezone.now())
                imported = self._done(imported)
        except (OSError, Refused, ValidationError) as why:
            raise CommandError("; ".join(getattr(why, "messages", [str(why)]))) from why
        if imported.status == ImportStatus.REFUSED:
            raise CommandError(f"błędów: {imported.errors}; {imported.failure or imported.first_errors[:3]}")
        self.stdout.write(f"{imported.get_status_display()}: {imported.rows} wierszy, {imported.counts}")

    def _done(self, imported):
        imports.run(imported.pk, moment=timezone.now())
        return Import.objects.get(pk=imported.pk)
