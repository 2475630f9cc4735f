"""One-time codes on a slip of paper: how they look, how they are found without being kept, how often one may guess (S5)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.encryption import lookup
from accounts.models import User
from office.transitions import Refused
from residents.models import DeskCodeTry
from residents.rules import policy

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else: no I, L, O, 0, 1
CODE_LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def in_print(code: str) -> str:
    """„ABCD-2345”."""
    return f"{code[:4]}-{code[4:]}"


def code_lookup(code: str, purpose: str) -> bytes:
    """By what a code is found; small letters, spaces and hyphens do not matter."""
    return lookup("".join(letter for letter in code.upper() if letter.isalnum()), purpose)


@transaction.atomic
def count_try(account: User, moment: datetime) -> None:
    """Every code typed counts, whatever it opens, also when it is refused. Refused after so many in an hour (RegisterPolicy)."""
    User.objects.select_for_update().get(pk=account.pk)  # tries at the same moment stand in line
    allowed = policy(localdate(moment)).desk_code_tries
    if DeskCodeTry.objects.filter(account=account, at__gt=moment - timedelta(hours=1)).count() >= allowed:
        raise Refused(_("Za dużo prób. Spróbuj ponownie za godzinę."))
    DeskCodeTry.objects.create(account=account, at=moment)
