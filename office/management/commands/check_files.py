"""Do the register of files and the disk agree? (D8)"""

import hashlib

from django.core.management.base import BaseCommand, CommandError

from office import files
from office.models import StoredFile


class Command(BaseCommand):
    help = "List rows without their file and files without a row; ends with 1 when a row has lost its file."

    def add_arguments(self, parser):
        parser.add_argument("--sweep", action="store_true", help="remove files without a row older than 48 hours")
        parser.add_argument("--hashes", action="store_true", help="read every file and compare its SHA-256")

    def handle(self, *, sweep, hashes, **options):
        orphans = list(files.files_without_row())
        self.stdout.write(f"files without a row: {len(orphans)}")
        if sweep:
            self.stdout.write(f"removed: {files.sweep()}")
        lost = {stored.pk for stored in files.rows_without_file()}
        changed = set(self.changed(lost)) if hashes else set()
        for pk in sorted(lost | changed):
            self.stdout.write(f"{'lost' if pk in lost else 'changed'}: {pk}")
        if lost or changed:
            raise CommandError(f"{len(lost)} files are lost, {len(changed)} are changed: restore them from the backup")

    def changed(self, lost):
        for stored in StoredFile.objects.exclude(pk__in=lost).iterator(chunk_size=1000):
            with files.path_of(stored).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
                    yield stored.pk
