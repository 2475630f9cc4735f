"""`manage.py rotate_keys [--new-key]`: re-seal every encrypted column under the current data key."""

from django.core.management.base import BaseCommand

from accounts import keys
from accounts.rotation import encrypted_fields, rotate, rotate_second_factors


class Command(BaseCommand):
    help = "Przepisuje zaszyfrowane dane na bieżący klucz. Stare klucze można potem odłożyć do sejfu (docs/operations.md)."

    def add_arguments(self, parser):
        parser.add_argument("--new-key", action="store_true", help="najpierw utwórz nowy klucz danych w KEYS_DIR tego komputera")

    def handle(self, *, new_key, **options):
        if new_key:
            self.stdout.write(f"nowy klucz: data-{keys.make('data')}")
        for model, field in encrypted_fields():
            self.stdout.write(f"{model._meta.db_table}.{field.column}: {rotate(model, field)}")
        self.stdout.write(f"drugie kroki: {rotate_second_factors()}")
