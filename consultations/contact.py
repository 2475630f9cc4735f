"""A mailbox shown to be one's own by a one-time code, without an account and without a row that remembers it.

What was asked travels sealed in the form. Of the letter itself the outbox keeps the address and its hour, as of every letter;
it names the consultation and nothing of a voice.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass

from allauth.core.internal.ratelimit import consume
from django.db import transaction
from django.utils.translation import gettext as _

from consultations import keys
from consultations.faces import normal_email
from office.outbox import post
from office.transitions import Refused

VALID = 30 * 60  # seconds
DIGITS = 6
TRIES = {"try_contact_code": "10/30m/key"}
LETTERS = {"send_contact_code": "3/30m/key,200/h/ip"}  # of one mailbox; of one network only against floods of letters


class WrongCode(Refused):
    """The code is not the one that was sent, or it is too old."""


@dataclass(frozen=True)
class Challenge:
    email: str
    nonce: str
    until: int

    def sealed(self, consultation_id) -> str:
        content = json.dumps([self.email, self.nonce, self.until]).encode()
        return base64.urlsafe_b64encode(keys.close(keys.subkey(consultation_id, keys.CONTACT), content, b"challenge")).decode()

    def code(self, consultation_id) -> str:
        digest = keys.mark(consultation_id, keys.CONTACT, f"{self.nonce}\0{normal_email(self.email)}\0{self.until}")
        return str(int.from_bytes(hashlib.sha256(digest).digest()[:8], "big") % 10**DIGITS).zfill(DIGITS)


def ask(request, consultation, email: str) -> Challenge:
    """Send a code. Refused when this mailbox has been asked too often."""
    mailbox = keys.mark(consultation.pk, keys.CONTACT, f"limit\0{normal_email(email)}").hex()
    if not may_write(request, mailbox):
        raise Refused(_("Na ten adres wysłaliśmy już kilka kodów. Poczekaj pół godziny albo zaloguj się do portalu."))
    challenge = Challenge(email=email, nonce=secrets.token_urlsafe(12), until=int(time.time()) + VALID)
    with transaction.atomic():
        context = {"code": challenge.code(consultation.pk), "title": consultation.title}
        post(event="consultations/contact_code", to=email, context=context)
    return challenge


def may_write(request, mailbox: str) -> bool:
    """Whether one more letter may go to this mailbox on the word of a stranger."""
    return bool(consume(request, app="consultations", action="send_contact_code", key=mailbox, config=LETTERS))


def read(consultation, sealed: str) -> Challenge | None:
    """What `ask` put into the form; None for anything else."""
    try:
        content = keys.open_up(keys.subkey(consultation.pk, keys.CONTACT), base64.urlsafe_b64decode(sealed or ""), b"challenge")
    except (keys.Unreadable, ValueError):
        return None
    return Challenge(*json.loads(content))


def confirm(request, consultation, challenge: Challenge, code: str) -> str:
    """The address, once its code was typed. The same code is good again for a form that is sent twice. Raises WrongCode."""
    if time.time() > challenge.until:
        raise WrongCode(_("Ten kod już wygasł. Poproś o nowy."))
    if not consume(request, app="consultations", action="try_contact_code", key=challenge.nonce, config=TRIES):
        raise WrongCode(_("Zbyt wiele prób. Poproś o nowy kod."))
    typed = "".join(char for char in code if char.isdigit())
    if not hmac.compare_digest(typed, challenge.code(consultation.pk)):
        raise WrongCode(_("To nie jest ten kod. Przepisz sześć cyfr z ostatniego listu."))
    return challenge.email
