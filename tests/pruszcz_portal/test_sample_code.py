from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.core.management import CommandError, call_command

from pruszcz_portal.sample_accounts import TOTP_SECRET


def test_the_code_opens_the_second_step_of_the_sample_accounts():
    said = StringIO()

    call_command("sample_code", stdout=said)

    assert validate_totp_code(TOTP_SECRET, said.getvalue().strip())


def test_there_is_no_such_code_in_production(settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("sample_code")
