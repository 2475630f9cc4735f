"""Anna types the code from the desk and sees her dues; whoever finds her slip sees nothing."""

from datetime import timedelta

import pytest

from dues.actions import links
from dues.models import LinkCode, Payer, PayerLink
from dues.models.payers import pesel_lookup
from office.transitions import Refused
from residents import actions as register
from tests.dues.cast import ANNA_PESEL, give_code, make_payer
from tests.factories import TUESDAY, make_person

pytestmark = pytest.mark.django_db


def declared(account, first_name="Anna", last_name="Kowalska", pesel=ANNA_PESEL):
    return register.declare_person(
        account=account, first_name=first_name, last_name=last_name, pesel=pesel, by=account, moment=TUESDAY
    )


@pytest.fixture
def payer(db):
    payer = make_payer()
    Payer.objects.update(pesel_lookup=pesel_lookup(ANNA_PESEL))
    return Payer.objects.get(pk=payer.pk)


def test_anna_links_her_payer(anna, teresa, payer):
    code = give_code(payer, teresa)

    link = links.redeem_code(declared(anna), code.lower(), moment=TUESDAY)

    assert list(Payer.objects.of(anna)) == [payer]
    assert (link.method, link.verified_by) == ("desk_code", teresa.subject)
    assert code.replace("-", "").encode() not in bytes(LinkCode.objects.get().code_lookup)


def test_a_lost_slip_is_worth_nothing(anna, ewa, teresa, payer):
    """S5: neither to another name, nor to Anna's name without her PESEL."""
    code = give_code(payer, teresa)

    for person in (declared(ewa, "Ewa", "Obca", pesel=""), declared(anna, pesel="")):
        with pytest.raises(Refused, match="nie pasuje"):
            links.redeem_code(person, code, moment=TUESDAY)
    assert not PayerLink.objects.exists()


def test_a_code_works_once_and_not_for_ever(anna, teresa, payer):
    person = declared(anna)
    code = give_code(payer, teresa)
    with pytest.raises(Refused, match="stracił ważność"):
        links.redeem_code(person, code, moment=TUESDAY + timedelta(days=31))

    links.redeem_code(person, code, moment=TUESDAY)
    links.end_link(payer, by=teresa, moment=TUESDAY)
    with pytest.raises(Refused, match="nie pasuje"):
        links.redeem_code(person, code, moment=TUESDAY)
    assert not Payer.objects.of(anna).exists()


def test_a_new_code_ends_the_old_one_and_a_linked_payer_gets_none(anna, teresa, payer):
    person = declared(anna)
    old, new = give_code(payer, teresa), give_code(payer, teresa, moment=TUESDAY + timedelta(minutes=1))
    with pytest.raises(Refused, match="stracił ważność"):
        links.redeem_code(person, old, moment=TUESDAY + timedelta(minutes=2))

    links.redeem_code(person, new, moment=TUESDAY + timedelta(minutes=3))
    with pytest.raises(Refused, match="już połączony"):
        give_code(payer, teresa)


def test_guessing_ends_after_a_few_tries(anna, payer):
    person = declared(anna)
    for _number in range(5):
        with pytest.raises(Refused, match="nie pasuje"):
            links.redeem_code(person, "AAAA-AAAA", moment=TUESDAY)

    with pytest.raises(Refused, match="Za dużo prób"):
        links.redeem_code(person, "AAAA-AAAA", moment=TUESDAY)


def test_for_a_firm_the_code_is_for_who_may_speak_for_it(anna, teresa):
    firm = make_payer(number="P-9", name="Młyn sp. z o.o.")

    link = links.redeem_code(make_person(anna), give_code(firm, teresa), moment=TUESDAY)

    assert link.payer == firm
