"""The till of the demonstration: an account that no bank takes, and a payment in each state a person meets. Made by verbs."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from payments import actions
from payments.duties import PURPOSE
from payments.models import Entry, Payment, TownAccount
from residents.models import Person

DUPLICATE = "card-duplicate"
NUMBER = "00102018110000000000000001"  # the right check digits would be 03, so every bank refuses it
FEE = 2000


@transaction.atomic
def load(moment: datetime) -> None:
    """The account, and on the first load payments of Anna and Bartek. What is there already is left as it is."""
    account = {
        "number": NUMBER, "owner": "Gmina Miejska Pruszcz Gdański", "short_owner": "Miasto Pruszcz Gd.", "is_sample": True,
        "needs_confirmation": True, "source": "rachunek zmyślony",
    }  # fmt: skip
    TownAccount.objects.get_or_create(purpose=DUPLICATE, valid_from=date(2026, 1, 1), defaults=account)
    TownAccount.objects.get_or_create(purpose=PURPOSE, valid_from=date(2026, 1, 1), defaults=account)
    if not Payment.objects.exists():
        _paid_and_due(moment)


def _paid_and_due(now):
    treasurer = User.objects.get(email="grazyna@pruszcz.example")
    anna, bartek = (Person.objects.get(account__email=f"{name}@pruszcz.example") for name in ("anna", "bartek"))
    paid = _asked(bartek, now - timedelta(days=20))
    _booked(paid, Entry.Kind.CASH, FEE, "KP 118/2026", treasurer, now - timedelta(days=18))
    part = _asked(anna, now - timedelta(days=6), due_on=localdate(now) + timedelta(days=8))
    wrong = _booked(part, Entry.Kind.TRANSFER, FEE, "WB 226/2026 poz. 4", treasurer, now - timedelta(days=3))
    actions.reverse(wrong, reason="Przelew innej osoby", by=treasurer, moment=now - timedelta(days=2))
    _booked(part, Entry.Kind.TRANSFER, 500, "WB 227/2026 poz. 1", treasurer, now - timedelta(days=2))


def _asked(person, moment, due_on=None):
    return actions.ask(
        payer=person, purpose=DUPLICATE, title="Duplikat karty mieszkańca", amount_grosze=FEE, due_on=due_on, moment=moment,
        by=person.account,
    )  # fmt: skip


def _booked(payment, kind, grosze, evidence, treasurer, moment):
    return actions.book(
        payment, kind=kind, amount_grosze=grosze, received_on=localdate(moment), evidence=evidence, by=treasurer, moment=moment
    )
