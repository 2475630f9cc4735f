"""How surely do we know that this is the owner of the account, and how long ago did they show it?"""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

SECOND_FACTORS = frozenset({"totp", "webauthn", "recovery_codes"})
# A code sent by e-mail opens the account, but does not prove enough to change how it is protected (S9).
PROOFS = frozenset({"password", "mfa"})
RECENT = 300  # seconds (S15)


def is_strongly_signed_in(request: HttpRequest) -> bool:
    """S9: a passkey, the app with codes or a recovery code was used in this very session. Costs no query.

    To be asked before filing, paying, showing a PESEL, and by the desk (S3).
    """
    return any(is_second_factor(record) for record in authentication_records(request))


def has_recently_signed_in(request: HttpRequest, now: float | None = None) -> bool:
    """S15: a password, passkey or app was shown in the last five minutes."""
    now = time.time() if now is None else now
    return any(record["method"] in PROOFS and now - record["at"] < RECENT for record in authentication_records(request))


def is_second_factor(record: dict) -> bool:
    return record.get("method") == "mfa" and record.get("type") in SECOND_FACTORS


def authentication_records(request: HttpRequest) -> list[dict]:
    """What was shown in this session, oldest first; empty for a stranger."""
    if not request.user.is_authenticated:
        return []
    return get_authentication_records(request, request.user)
