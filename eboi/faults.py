"""Where a fault is, which reports may be of the same one, and what is said of it. The questions are a form (`schemas`).

A form of faults uses these codes: `pole`, `address` or `point` for the place, `where` for a hint, `kind`, `danger`, `email`.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from eboi.models import Fault, FaultRule
from office.polish import fold
from residents.models import AddressPoint
from residents.whereabouts import metres_between
from schemas.addresses import address_in_words
from schemas.definition import Form
from schemas.readable import answer_in_words, point_in_words

METRES_OF_A_DEGREE = 111_000  # of latitude; a degree of longitude is shorter here, so a box of it is wide enough
NARROWEST = Decimal("0.55")  # the cosine of our latitude, less than it is: a box in degrees never misses a place


def rule_on(matter, day: date) -> FaultRule | None:
    """Of two rules in force the later; None where the office has entered none, and then nothing is taken for the same."""
    return matter.fault_rules.valid_on(day).order_by("-valid_from", "-pk").first()


def pole_key(typed: str) -> str:
    """One pole, one spelling: „PG/123/4”, „pg 123-4” and „Pg 123.4” are „pg1234”."""
    return re.sub(r"[^0-9a-z]", "", fold(typed))[:40]


def place_of(answers) -> dict:
    """The fields of a Fault that say where it is, from answers that are already checked."""
    if address := answers.get("address"):
        point = AddressPoint.objects.filter(
            ulic=address["ulic"], simc=address["simc"], number=address["number"], latitude__isnull=False
        ).first()
        there = (point.latitude, point.longitude) if point else (None, None)
        return {"pole": "", "place": address_in_words(address), "latitude": there[0], "longitude": there[1]}
    if point := answers.get("point"):
        where = Decimal(point["lat"]), Decimal(point["lon"])
        return {"pole": "", "place": point_in_words(point), "latitude": where[0], "longitude": where[1]}
    pole = answers.get("pole", "")
    return {"pole": pole_key(pole), "place": _("słup %(pole)s") % {"pole": pole}, "latitude": None, "longitude": None}


def similar(fault: Fault, moment: datetime) -> list[tuple[Fault, int | None]]:
    """Standing reports of the matter that may be of the same fault, the nearest first, each with metres (None: the same pole)."""
    rule = rule_on(fault.matter, moment.date())
    if rule is None:
        return []
    lately = Fault.objects.standing().filter(matter=fault.matter, reported_at__gte=moment - timedelta(days=rule.days))
    found = [(one, _metres(fault, one)) for one in lately.exclude(pk=fault.pk).filter(_about(fault, rule.radius_m))]
    near = [(one, metres) for one, metres in found if metres is None or metres <= rule.radius_m]
    return sorted(near, key=lambda one: (one[1] or 0, -one[0].number))


def _metres(fault: Fault, other: Fault) -> int | None:
    if fault.pole and fault.pole == other.pole:
        return None
    return metres_between(fault.where, other.where)


def _about(fault: Fault, radius: int) -> Q:
    """The same pole, or within a box around the place; nothing for a fault that says neither."""
    same = Q(pole=fault.pole) if fault.pole else Q(pk__in=[])
    if fault.where is None:
        return same
    high = Decimal(radius) / METRES_OF_A_DEGREE
    wide = high / NARROWEST
    latitude, longitude = (Decimal(part) for part in fault.where)
    box = Q(latitude__range=(latitude - high, latitude + high), longitude__range=(longitude - wide, longitude + wide))
    return same | box


def kind_in_words(form: Form, answers) -> str:
    """„nie świeci”: what is wrong, by the form on which it was told."""
    question = form.questions.get("kind")
    return answer_in_words(question, answers.get("kind"), answers=answers) if question else ""


def without_address(answers) -> dict:
    """The answers once nobody has to be written to any more (L22)."""
    return {key: value for key, value in answers.items() if key != "email"}
