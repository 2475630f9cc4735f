"""What tests of the waste point start from. A transactional test finds no rows of migrations, so they are made when missing."""

import io
import secrets
from datetime import time, timedelta
from importlib import import_module
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image

from office import files
from pszok.actions import closing, shifts, visits
from pszok.lines import Line
from pszok.models import Fraction, GateDevice, GateOperator, LimitRule, OpeningException, Point
from pszok.rules import Gate
from pszok.views.shifts import COOKIE
from resident_card.models import Photo
from tests.factories import LONG_AGO, SOURCE, TUESDAY
from tests.resident_card.cast import BASE, GPSZOK, grant, make_holder


def make_point() -> Point:
    """The point at ul. Kupiecka with its hours, fractions, codes, things and limits, as the portal starts with them."""
    if not Point.objects.exists():
        import_module("pszok.migrations.0002_first_waste_data").write(apps, None)
    return Point.objects.order_by("pk")[0]


def make_gate(point=None, name="Franciszek Wilk", user=None, moment=TUESDAY) -> Gate:
    """A tablet at which Franek is signed on; nobody has typed its code, so no browser holds it (`enrolled` in test_gate.py)."""
    point = point or make_point()
    operator = GateOperator.objects.create(point=point, name=name, user=user, pin_hash="!")
    device = GateDevice.objects.create(
        point=point, name="Tablet przy wadze", enrolled_by=uuid4(), enrolled_at=moment,
        operator=operator, signed_on_at=moment, seen_at=moment,
    )  # fmt: skip
    return Gate(device, operator)


def line(fraction="gruz", code=None, **amounts) -> Line:
    """So much of a fraction, under its first code unless another is named."""
    codes = Fraction.objects.get(code=fraction).codes.all()
    found = codes.get(code=code) if code else codes.get(is_default=True)
    return Line(fraction=found.fraction_id, code=found.pk, **amounts)


def make_limit(amount, *fractions, measure="kg", name="Limit na próbę", **fields) -> LimitRule:
    rule = LimitRule.objects.create(
        **{"name": name, "measure": measure, "amount": amount, "valid_from": LONG_AGO, "source": SOURCE} | fields
    )
    rule.fractions.set(Fraction.objects.filter(code__in=fractions))
    return rule


def arrive(phone, gate, moment=TUESDAY):
    """The holder shows the code on the phone at the gate."""
    return visits.open_by_card(phone.shows(moment), gate=gate, moment=moment)


def hand_in(phone, gate, *lines, moment=TUESDAY):
    """A whole visit."""
    return closing.close(arrive(phone, gate, moment).pk, lines, uuid4(), gate=gate, moment=moment)


# What pages need: today, whatever day it is


def open_all_day(point) -> None:
    """The point is open now, at whatever hour the tests run."""
    OpeningException.objects.get_or_create(
        point=point, day=localdate(), defaults={"opens": time(0), "closes": time.max, "reason": "Dzień otwarty"}
    )


def put_on_duty(client, gate, since=None) -> Gate:
    """The client's browser is the gate's device from now on, and the operator has just signed on."""
    secret, now = secrets.token_urlsafe(32), since or timezone.now()
    gate.device.secret_hash, gate.device.signed_on_at, gate.device.seen_at = shifts.hash_of(secret), now, now
    gate.device.save()
    client.cookies[COOKIE] = secret
    open_all_day(gate.point)
    return gate


def make_holder_today(person=None):
    """A holder whose packages are good today."""
    phone, today = make_holder(person, packages=()), localdate()
    for code in (BASE, GPSZOK):
        grant(phone.medium.person, code, today - timedelta(days=30), today + timedelta(days=180))
    return phone


def give_face(person) -> Photo:
    """An accepted photograph."""
    picture = io.BytesIO()
    Image.new("RGB", (480, 600), "#8fb8c2").save(picture, "JPEG")
    with transaction.atomic():
        stored = files.store_own(picture.getvalue(), name="twarz.jpg", media_type="image/jpeg")
        return Photo.objects.create(
            person=person, file=stored, status="accepted", sent_at=timezone.now(), reviewed_at=timezone.now()
        )


def let_in(gate, person):
    """An open visit of the person's dwelling with a line in it, on a document shown today."""
    open_all_day(gate.point)
    home = person.memberships.get(until=None).household.dwelling
    return visits.keep_line(visits.open_by_document(home, gate=gate, moment=timezone.now()), line(kg=100))


def gate_arguments_of(gate, visit, face="brak") -> dict[str, dict]:
    """For the guards that walk every address of the house."""
    here = {"pk": visit.pk}
    pages = ("gate_visit", "gate_summary", "gate_refuse", "gate_receipt")
    return {
        **{f"pszok:{page}": here for page in pages}, "pszok:gate_pin": {"pk": gate.operator.pk}, "pszok:gate_face": {"token": face},
        "pszok:gate_line": {**here, "fraction": "gruz"}, "pszok:gate_drop_line": {**here, "place": 0},
    }  # fmt: skip
