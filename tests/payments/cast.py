"""What tests of the till start from: a true-looking account, Grażyna the treasurer, Anna who owes twenty złotych."""

from datetime import date

from office.transitions import move
from payments import actions
from payments.actions import settling
from payments.models import Checkout, CheckoutLine, Entry, TownAccount
from payments.statuses import CheckoutStatus
from tests.factories import LONG_AGO, SOURCE, TUESDAY, make_person

PURPOSE = "card-duplicate"
TODAY = date(2026, 11, 24)
NUMBER = "82102052260000610204177895"  # made up, check digits right
WRONG_NUMBER = "00102052260000610204177895"


def make_account(number=NUMBER, **fields):
    fields = {"purpose": PURPOSE, "owner": "Gmina Miejska Pruszcz Gdański", "short_owner": "Miasto Pruszcz Gd.", **fields}
    return TownAccount.objects.create(**{"valid_from": LONG_AGO, "source": SOURCE, "number": number, **fields})


def make_payment(payer=None, amount_grosze=2000, title="Duplikat karty", moment=TUESDAY, **fields):
    """Asked for by the town hall, on the one account that there is."""
    if not TownAccount.objects.filter(purpose=PURPOSE).exists():
        make_account()
    return actions.ask(
        payer=payer or make_person(), purpose=PURPOSE, title=title, amount_grosze=amount_grosze, moment=moment, **fields
    )


def book(payment, grosze, evidence, by, kind=Entry.Kind.CASH, received_on=TODAY, moment=TUESDAY):
    return actions.book(
        payment, kind=kind, amount_grosze=grosze, received_on=received_on, evidence=evidence, by=by, moment=moment
    )


def arguments_of(person):
    """For the guards that walk every address of the house."""
    here = {"pk": make_payment(person).pk}
    basket = {"pk": make_basket(person).pk}
    return {
        "payments:payment": here, "payments:code_svg": here, "payments:code_png": here,
        **dict.fromkeys(["payments:checkout", "payments:pay", "payments:give_up"], basket),
        "payments:confirmation": {"pk": make_paid(make_basket(person)).pk},
    }  # fmt: skip


def make_basket(person, copies=1):
    """A basket not yet at the provider, made without one: the guards walk its pages while nothing is paid online."""
    lines = [make_payment(person) for _copy in range(copies)]
    basket = Checkout.objects.create(payer=person, amount_grosze=sum(one.amount_grosze for one in lines), begun_at=TUESDAY)
    for one in lines:
        CheckoutLine.objects.create(checkout=basket, payment=one, amount_grosze=one.amount_grosze)
    return basket


def make_paid(basket, order_id=300_000_000):
    """As the provider's yes leaves it."""
    move(basket, CheckoutStatus.REGISTERED, by=basket.payer.account, moment=TUESDAY)
    settling.record(basket, order_id, moment=TUESDAY)
    return Checkout.objects.get(pk=basket.pk)
