"""`manage.py load_sample_data`: accounts and the life of a small town, for `make run`. Safe to repeat; refuses in production.

Each room offers `sample.py` with `load(moment)`, which makes what is missing through the room's own verbs. The rooms are
asked from the lowest floor up, so that a room finds what it stands on.
"""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from pruszcz_portal.roles import sync_roles
from pruszcz_portal.sample_accounts import make_sample_accounts, sample_accounts_in_words


class Command(BaseCommand):
    help = "Wczytuje dane przykładowe. Nigdy w środowisku produkcyjnym."

    def handle(self, **options):
        if settings.IS_PRODUCTION:
            raise CommandError("dane przykładowe są tylko dla wersji pokazowej i testów")
        moment = timezone.now()
        sync_roles()
        make_sample_accounts()
        for config in reversed(list(apps.get_app_configs())):
            if module_has_submodule(config.module, "sample"):
                import_module(f"{config.name}.sample").load(moment)
        self.stdout.write(sample_accounts_in_words())
