"""`manage.py export_bundle SLUG --to DIR`: the bundle that anybody can check with `python -m consultations.verify`, unpacked or as a zip."""

import tempfile
import zipfile
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consultations import results
from consultations.exports.bundle import scopes_of, write_bundle
from consultations.models import Consultation, Export
from office.transitions import Refused


class Command(BaseCommand):
    help = "Zapisuje komplet do sprawdzenia: głosy, potwierdzenia, dziennik i podpisaną metrykę."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--to", required=True, help="folder, w którym powstaną pliki")
        parser.add_argument("--profile", default=Export.Profile.PUBLIC, choices=Export.Profile.values)
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="stan na dzień RRRR-MM-DD, domyślnie dziś")

    def handle(self, slug, to, profile, as_of, **options):
        consultation = Consultation.objects.filter(slug=slug).first()
        if consultation is None:
            raise CommandError(f"Nie ma konsultacji pod adresem „{slug}”.")
        try:
            results.check_open(consultation)
        except Refused as why:
            raise CommandError(str(why)) from None
        scopes = scopes_of(consultation, None, profile, as_of or timezone.localdate())
        if not scopes:
            raise CommandError("W tych konsultacjach nie ma ankiety ani głosowania.")
        folder = Path(to)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            packed = Path(scratch) / "komplet.zip"
            write_bundle(packed, scopes)
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(folder)
        self.stdout.write(str(folder))
