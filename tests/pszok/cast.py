"""What tests of the waste point start from. A transactional test finds no rows of migrations, so they are made when missing."""

from importlib import import_module
from uuid import uuid4

from django.apps import apps

from pszok.actions import closing, visits
from pszok.lines import Line
from pszok.models import Fraction, GateDevice, GateOperator, LimitRule, Point
from pszok.rules import Gate
from tests.factories import LONG_AGO, SOURCE, TUESDAY


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
    return closing.close(arrive(phone, gate, moment), lines, uuid4(), gate=gate, moment=moment)
