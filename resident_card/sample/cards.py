"""Cards of the demonstration: Anna's works on no phone yet, Bartek lost his plastic one and has not paid for the duplicate."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts.models import User
from resident_card.actions import media, packages, plastic
from resident_card.models import CardMedium, PackageGrant, PackageType, PlasticOrder
from residents.models import Person

Reason = PlasticOrder.Reason


def load(moment: datetime) -> None:
    anna, bartek = (Person.objects.get(account__email=f"{name}@pruszcz.example") for name in ("anna", "bartek"))
    clerk = User.objects.get(email="hanna@pruszcz.example")
    for person in (anna, bartek):
        _holds(person, moment - timedelta(days=30))
    if not CardMedium.objects.filter(kind=CardMedium.Kind.PLASTIC).exists():
        _in_plastic(anna, clerk, moment - timedelta(days=20))
        _in_plastic(bartek, clerk, moment - timedelta(days=20))
        plastic.order(bartek, reason=Reason.LOST, by=bartek.account, moment=moment - timedelta(days=1))


def _holds(person, moment):
    """A base package and the card on the phone, unless the person has them already."""
    base = PackageType.objects.get(is_base=True)
    if not PackageGrant.objects.filter(person=person, package=base).exists():
        packages.grant(person, base, day=localdate(moment), moment=moment, by=None)
    if not CardMedium.objects.filter(person=person).exists():
        media.make_app_card(person, moment=moment)


def _in_plastic(person, clerk, moment):
    """Ordered, printed, brought and collected. Printed one by one, because the demonstration has no photos to print."""
    order = plastic.order(person, reason=Reason.FIRST, by=person.account, moment=moment)
    plastic.came_from_print(order, by=clerk, moment=moment + timedelta(days=5))
    plastic.collect(order, collected_by=str(person), shown="dowód osobisty", by=clerk, moment=moment + timedelta(days=7))
