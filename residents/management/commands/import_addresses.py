"""`manage.py import_addresses FILE`: lay down the town's address points. The same verb as the button of the desk."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from residents.addresses import LARGEST, import_addresses, read_addresses


class Command(BaseCommand):
    help = "Wczytuje punkty adresowe z pliku CSV: TERC, SIMC, ULIC, street, number, flat."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--sample", action="store_true", help="zaznacz punkty jako przykładowe")

    def handle(self, file, sample, **options):
        try:
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if len(content) > LARGEST:
            raise CommandError(f"{file}: plik jest większy niż {LARGEST // 1024 // 1024} MB")
        reading = read_addresses(content)
        if reading.errors:
            raise CommandError("\n".join(f"wiersz {error.line}: {error.text}" for error in reading.errors[:50]))
        change = import_addresses(reading, is_sample=sample)
        self.stdout.write(
            f"wierszy: {reading.lines}, nowe punkty: {change.new_points}, zmienione nazwy: {change.renamed_points}, "
            f"nowe lokale: {change.new_dwellings}, nieobecne w pliku (zostają): {change.missing_points}"
        )
