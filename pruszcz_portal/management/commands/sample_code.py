"""`manage.py sample_code` (`./run code`): the sample accounts' code of this half minute, for who has no app with codes at hand."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pruszcz_portal.sample_accounts import TOTP_SECRET


class Command(BaseCommand):
    help = "Podaje bieżący kod drugiego kroku kont przykładowych. Nigdy w środowisku produkcyjnym."
    requires_system_checks = []

    def handle(self, **options):
        if settings.IS_PRODUCTION:
            raise CommandError("konta przykładowe są tylko w wersji pokazowej")
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(TOTP_SECRET, counter)))
