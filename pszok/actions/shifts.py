"""Devices at the gate and who stands there: a one-time code, a PIN, a shift. Secrets are stored as hashes alone."""

import base64
import hashlib
import re
import secrets
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.encryption import lookup
from office.compiled import compiled
from office.transitions import Refused
from pszok import rules
from pszok.models import GateDevice, GateOperator, Point
from ui.text import clean_text

SUPERVISE = "pszok.supervise_point"
TOUCHED_EVERY = timedelta(minutes=1)
CODE = re.compile(r"[^A-Z2-7]")


def hash_of(secret: str) -> bytes:
    """Of a secret that is random itself, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).digest()


def _guard_supervisor(by) -> None:
    if not by.has_perm(SUPERVISE):
        raise Refused(_("Robi to tylko osoba nadzorująca punkt."))


# Devices


@transaction.atomic
def add_device(*, point: Point, name: str, by, moment: datetime, code_lives: timedelta = rules.CODE_LIVES) -> GateDevice:
    """A device that waits for its one-time code to be typed on it. The code is shown to the supervisor (`code_of`)."""
    _guard_supervisor(by)
    name = clean_text(name)[:80]
    if not name:
        raise Refused(_("Nazwij urządzenie, na przykład „Tablet przy wadze”."))
    device = GateDevice(point=point, name=name, enrolled_by=by.subject, enrolled_at=moment)
    return _with_code(device, moment + code_lives)


@transaction.atomic
def new_code(device: GateDevice, *, by, moment: datetime) -> GateDevice:
    """Another code: for a device whose code ran out, or that lost its cookie. Whoever held the device until now is shut out."""
    _guard_supervisor(by)
    device = GateDevice.objects.select_for_update().get(pk=device.pk)
    if device.revoked_at:
        raise Refused(_("To urządzenie jest wycofane. Dodaj nowe."))
    device.secret_hash = device.operator = device.signed_on_at = device.seen_at = None
    return _with_code(device, moment + rules.CODE_LIVES)


def _with_code(device: GateDevice, until: datetime) -> GateDevice:
    device.code_expires_at = until
    device.code_hash = hash_of(_code(device))
    device.save()
    return device


def code_of(device: GateDevice, moment: datetime) -> str | None:
    """The code to type on the device, in fours, as long as it works: made again from its row, so nobody stores it."""
    if device.code_hash is None or device.revoked_at or device.code_expires_at is None or device.code_expires_at < moment:
        return None
    code = _code(device)
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def _code(device: GateDevice) -> str:
    """Twelve letters and digits, 60 bits: nobody guesses it within its quarter of an hour."""
    expires = device.code_expires_at
    made = lookup(f"{device.pk}:{expires and int(expires.timestamp())}", "pszok.device.code")
    return base64.b32encode(made).decode()[:12]


@transaction.atomic
def enrol(code: str, *, moment: datetime) -> tuple[GateDevice, str]:
    """The device of the code, and the secret for its cookie. The code works once; two devices that type it at once do not both win."""
    typed = CODE.sub("", code.upper().replace("0", "O").replace("1", "I").replace("8", "B"))
    device = GateDevice.objects.select_for_update(of=("self",)).filter(code_hash=hash_of(typed), revoked_at=None).first()
    if device is None or device.code_expires_at is None or device.code_expires_at < moment:
        raise Refused(_("Ten kod nie działa: jest pomylony, użyty albo minął jego czas. Poproś osobę nadzorującą o nowy."))
    secret = secrets.token_urlsafe(32)
    device.secret_hash, device.code_hash, device.code_expires_at = hash_of(secret), None, None
    device.save(update_fields=["secret_hash", "code_hash", "code_expires_at"])
    return device, secret


@transaction.atomic
def revoke(device: GateDevice, *, by, moment: datetime) -> GateDevice:
    """The device is shut out from its next request on; its visits stay."""
    _guard_supervisor(by)
    GateDevice.objects.filter(pk=device.pk, revoked_at=None).update(
        revoked_at=moment, secret_hash=None, code_hash=None, code_expires_at=None, operator=None, signed_on_at=None, seen_at=None
    )
    device.refresh_from_db()
    return device


def device_of(secret: str | None) -> GateDevice | None:
    """Whose cookie this is; None for a revoked device and for a stranger."""
    return next(_enrolled(secret_hash=hash_of(secret)), None) if secret else None


@compiled
def _enrolled(*, secret_hash: bytes):
    found = GateDevice.objects.select_related("point", "operator__user")
    return found.filter(secret_hash=secret_hash, revoked_at=None)


# Operators and shifts


@transaction.atomic
def add_operator(*, point: Point, name: str, pin: str, by, user=None) -> GateOperator:
    _guard_supervisor(by)
    name = clean_text(name)[:120]
    if not name:
        raise Refused(_("Wpisz imię i nazwisko."))
    return GateOperator.objects.create(point=point, name=name, user=user, pin_hash=make_password(guarded_pin(pin)))


@transaction.atomic
def set_pin(operator: GateOperator, *, pin: str, by) -> GateOperator:
    """A new PIN; it also ends a lock after wrong ones."""
    _guard_supervisor(by)
    hashed = make_password(guarded_pin(pin))
    GateOperator.objects.filter(pk=operator.pk).update(pin_hash=hashed, wrong_pins=0, locked_until=None)
    operator.refresh_from_db()
    return operator


@transaction.atomic
def end_operator(operator: GateOperator, *, by, moment: datetime) -> GateOperator:
    """The operator works here no more: signed off at once, gone from the list; their visits keep the name."""
    _guard_supervisor(by)
    GateDevice.objects.filter(operator=operator).update(operator=None, signed_on_at=None, seen_at=None)
    GateOperator.objects.filter(pk=operator.pk, ended_at=None).update(ended_at=moment)
    operator.refresh_from_db()
    return operator


def guarded_pin(pin: str) -> str:
    """Six digits that are no row and no repetition."""
    pin = pin.strip()
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise Refused(_("PIN ma dokładnie 6 cyfr."))
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise Refused(_("Ten PIN zbyt łatwo odgadnąć. Wybierz inny niż 111111 albo 123456."))
    return pin


def sign_on(device: GateDevice, operator: GateOperator, *, pin: str, moment: datetime) -> GateDevice:
    """Begin a shift on the device. After five wrong PINs nobody signs on with this name for a quarter of an hour, at any device.

    The row is locked while the PIN is checked, so guesses typed at many devices at once are counted all; the count is kept though the
    shift is refused.
    """
    with transaction.atomic():
        row = GateOperator.objects.select_for_update(of=("self",)).get(pk=operator.pk)
        _guard_may_try(row, device, moment)
        is_right = check_password(pin.strip(), row.pin_hash)
        _count(row, is_right, moment)
        if is_right:
            _begin(device, row, moment)
    if not is_right:
        raise Refused(_wrong_pin(row))
    return device


def _guard_may_try(operator: GateOperator, device: GateDevice, moment: datetime) -> None:
    if operator.ended_at or operator.point_id != device.point_id:
        raise Refused(_("Ta osoba nie pracuje już przy tej bramce."))
    if operator.locked_until and operator.locked_until > moment:
        raise Refused(_("PIN jest zablokowany po pięciu pomyłkach. Poczekaj kwadrans albo poproś osobę nadzorującą o nowy PIN."))


def _count(operator: GateOperator, is_right: bool, moment: datetime) -> None:
    operator.wrong_pins = 0 if is_right else operator.wrong_pins + 1
    operator.locked_until = None
    if operator.wrong_pins >= rules.WRONG_PINS:
        operator.wrong_pins, operator.locked_until = 0, moment + rules.LOCKED_FOR
    operator.save(update_fields=["wrong_pins", "locked_until"])


def _wrong_pin(operator: GateOperator) -> str:
    if operator.locked_until:
        return _("To już piąty błędny PIN. Poczekaj kwadrans albo poproś osobę nadzorującą o nowy PIN.")
    left = rules.WRONG_PINS - operator.wrong_pins
    return _("To nie ten PIN. Pozostało prób: %(left)d.") % {"left": left}


def _begin(device: GateDevice, operator: GateOperator, moment: datetime) -> None:
    GateDevice.objects.filter(pk=device.pk).update(operator=operator, signed_on_at=moment, seen_at=moment)
    device.operator, device.signed_on_at, device.seen_at = operator, moment, moment


def sign_off(device: GateDevice) -> None:
    GateDevice.objects.filter(pk=device.pk).update(operator=None, signed_on_at=None, seen_at=None)


def touch(device: GateDevice, *, moment: datetime) -> None:
    """The shift goes on; written once a minute at most."""
    if device.seen_at and moment - device.seen_at >= TOUCHED_EVERY:
        GateDevice.objects.filter(pk=device.pk, operator=device.operator_id).update(seen_at=moment)
        device.seen_at = moment
