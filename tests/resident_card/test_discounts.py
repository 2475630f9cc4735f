"""At the counter: what a card gives, what is counted, what is taken back."""

from datetime import date, timedelta

import pytest

from office.models import PersonalDataRead
from office.transitions import Refused
from resident_card.actions.discounts import CHECK_LIFE, CheckEnded, check_card, forget_checks, redeem, undo
from resident_card.actions.families import add_child
from resident_card.discounts import NoDiscount, discounts_of, period_of
from resident_card.models import CardCheck, CardMedium, Membership, Offer, OfferCount, PackageGrant, Redemption, SeenCode
from resident_card.statuses import MediumStatus
from resident_card.verification import CardRefused, Why
from tests.factories import TUESDAY, at, make_person
from tests.resident_card.cast import grant, make_holder
from tests.resident_card.counters import look, make_cashier, make_offer, make_point

DAY = TUESDAY.date()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def point(db):
    return make_point()


@pytest.fixture
def piotr(point):
    return make_cashier(point)


@pytest.fixture
def phone(db):
    return make_holder()


def used(offer):
    return sum(OfferCount.objects.filter(offer=offer).values_list("used", flat=True))


def refusal_of(call, kind=Refused) -> str:
    with pytest.raises(kind) as refused:
        call()
    return str(refused.value)


def test_a_good_card_gives_the_offers_of_its_packages_at_this_point(point, phone):
    """R42"""
    offer = make_offer(point)
    make_offer(point, "seniora", subject="sauna")
    make_offer(make_point("Kino"), subject="bilet do kina")

    assert [one.offer for one in discounts_of(phone.medium, point, DAY)] == [offer]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda offer, point: Offer.objects.update(valid_to=DAY - timedelta(days=1)), "nie ma dziś zniżki", id="ended"),
        pytest.param(lambda offer, point: Offer.objects.update(valid_from=DAY + timedelta(days=1)), "nie ma dziś zniżki", id="ahead"),
        pytest.param(lambda offer, point: type(point).objects.update(is_active=False), "nie ma dziś zniżki", id="point closed"),
        pytest.param(lambda offer, point: point.partner._meta.model.objects.update(agreed_to=DAY - timedelta(days=1)), "nie ma dziś zniżki", id="agreement over"),
        pytest.param(lambda offer, point: PackageGrant.objects.update(valid_to=DAY - timedelta(days=1)), "stracił ważność", id="packages over"),
        pytest.param(lambda offer, point: PackageGrant.objects.update(valid_from=DAY + timedelta(days=1)), "jeszcze nie obowiązuje", id="packages ahead"),
    ],
)  # fmt: skip
def test_a_card_that_gives_nothing_here_says_which_it_is(point, phone, change, words):
    """R42, R43"""
    change(make_offer(point), point)

    assert words in refusal_of(lambda: discounts_of(phone.medium, point, DAY), NoDiscount)


def test_the_last_day_of_a_package_still_counts_until_midnight_in_warsaw(point, phone):
    """R42: the answer is asked of a day, and the day is the town's."""
    make_offer(point)
    PackageGrant.objects.update(valid_to=DAY)

    assert discounts_of(phone.medium, point, DAY)
    assert refusal_of(lambda: discounts_of(phone.medium, point, DAY + timedelta(days=1)), NoDiscount)


def test_two_packages_do_not_add_up_the_better_one_is_given(point, phone):
    """R45"""
    make_offer(point)
    better = make_offer(point, "seniora", title="50 % taniej", percent=50, subject="Bilet na basen")
    grant(phone.medium.person, "seniora")

    assert [one.offer for one in discounts_of(phone.medium, point, DAY)] == [better]


def test_of_two_the_one_that_is_not_used_up_is_the_better_one(point, piotr, phone):
    """R45"""
    base = make_offer(point)
    once = make_offer(point, "seniora", title="wejście bezpłatne", percent=100, limit=1)
    grant(phone.medium.person, "seniora")
    redeem(look(phone, point, piotr), once, by=piotr, moment=TUESDAY)

    assert [one.offer for one in discounts_of(phone.medium, point, DAY)] == [base]


def test_the_worse_of_two_is_not_counted_and_neither_are_both(point, piotr, phone):
    """R45: not even by somebody who sends the form by hand."""
    worse = make_offer(point)
    better = make_offer(point, "seniora", title="50 % taniej", percent=50)
    grant(phone.medium.person, "seniora")
    check = look(phone, point, piotr)

    assert "należy się lepsza" in refusal_of(lambda: redeem(check, worse, by=piotr, moment=TUESDAY))
    redeem(check, better, by=piotr, moment=TUESDAY)
    assert "nie łączą" in refusal_of(lambda: redeem(check, worse, by=piotr, moment=TUESDAY))
    assert Redemption.objects.count() == 1


def test_who_looked_stands_where_the_holder_reads_it(point, piotr, phone):
    """R90"""
    look(phone, point, piotr)

    read = PersonalDataRead.objects.get(person=phone.medium.person_id)
    assert (read.reader, read.purpose) == (piotr.subject, "sprawdzenie zniżki")
    assert "Pływalnia Raduńska, kasa" in read.what


def test_a_code_sent_twice_by_the_same_cashier_is_one_check(point, piotr, phone):
    """A double click is no replay."""
    code = phone.shows(TUESDAY)

    first = check_card(code, point=point, by=piotr, moment=TUESDAY)

    assert check_card(code, point=point, by=piotr, moment=TUESDAY) == first
    assert CardCheck.objects.count() == 1


def test_a_code_seen_at_one_till_is_refused_at_another(point, piotr, phone):
    """R71"""
    code, halina = phone.shows(TUESDAY), make_cashier(point, "halina@example.com")
    check_card(code, point=point, by=piotr, moment=TUESDAY)

    with pytest.raises(CardRefused) as refused:
        check_card(code, point=point, by=halina, moment=TUESDAY)

    assert refused.value.why == Why.SEEN


def test_a_refused_card_leaves_no_check_and_tells_of_nobody(point, piotr, phone):
    """R43"""
    CardMedium.objects.update(status=MediumStatus.BLOCKED)

    words = refusal_of(lambda: check_card(phone.medium.number, point=point, by=piotr, moment=TUESDAY), CardRefused)

    assert "zablokowana" in words
    assert phone.medium.person.first_name not in words
    assert not CardCheck.objects.exists()


def test_a_discount_is_counted_once_however_often_it_is_pressed(point, piotr, phone):
    """A double click, a reload, a form sent again from a restored tab."""
    offer = make_offer(point, limit=5)
    check = look(phone, point, piotr)

    answers = {redeem(check, offer, by=piotr, moment=TUESDAY).pk for _press in range(3)}

    assert len(answers) == 1
    assert used(offer) == 1


def test_the_last_press_of_a_used_up_discount_still_gets_its_answer(point, piotr, phone):
    offer = make_offer(point, limit=1)
    check = look(phone, point, piotr)
    first = redeem(check, offer, by=piotr, moment=TUESDAY)

    assert redeem(check, offer, by=piotr, moment=TUESDAY) == first


def test_above_the_limit_nothing_is_counted_until_the_next_period(point, piotr, phone):
    """R44"""
    offer = make_offer(point, limit=2, limit_period=Offer.Period.MONTH)
    for _visit in range(2):
        redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)

    assert "już wykorzystana" in refusal_of(lambda: redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY))
    december = at(date(2026, 12, 1))
    assert redeem(look(phone, point, piotr, december), offer, by=piotr, moment=december)


def test_an_offer_without_a_limit_is_never_used_up(point, piotr, phone):
    """Q16"""
    offer = make_offer(point)
    for _visit in range(5):
        redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)

    assert Redemption.objects.count() == 5
    assert not OfferCount.objects.exists()


@pytest.mark.parametrize(
    ("period", "first"),
    [("day", date(2026, 11, 24)), ("month", date(2026, 11, 1)), ("year", date(2026, 1, 1)), ("once", date(2020, 1, 1))],
)
def test_a_period_begins_on_its_first_day(db, period, first):
    assert period_of(make_offer(limit=1, limit_period=period), DAY) == first


def test_a_family_shares_one_counter_and_nobody_escapes_it_by_leaving(point, piotr, phone):
    """R44, R17"""
    offer = make_offer(point, limit=2, limit_per=Offer.Per.FAMILY)
    child = make_holder(make_person(first_name="Zosia", born_on=date(2015, 3, 1)))
    add_child(administrator=phone.medium.person, child=child.medium.person, by=piotr, moment=TUESDAY)
    redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)
    redeem(look(child, point, piotr), offer, by=piotr, moment=TUESDAY)

    assert refusal_of(lambda: redeem(look(child, point, piotr), offer, by=piotr, moment=TUESDAY))
    Membership.objects.update(left_at=TUESDAY)
    redeem(look(child, point, piotr), offer, by=piotr, moment=TUESDAY)
    assert refusal_of(lambda: redeem(look(child, point, piotr), offer, by=piotr, moment=TUESDAY))


def test_who_founds_a_family_in_the_middle_of_the_year_gets_no_fresh_limit(point, piotr, phone):
    offer = make_offer(point, limit=1, limit_per=Offer.Per.FAMILY)
    redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)
    child = make_person(first_name="Zosia", born_on=date(2015, 3, 1))
    add_child(administrator=phone.medium.person, child=child, by=piotr, moment=TUESDAY)

    assert "już wykorzystana" in refusal_of(lambda: redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY))


def test_a_small_child_uses_the_parents_card_and_counter(point, piotr, phone):
    """R47"""
    offer = make_offer(point, limit=3)

    booked = redeem(look(phone, point, piotr), offer, children=1, by=piotr, moment=TUESDAY)

    assert (booked.uses, used(offer)) == (2, 2)
    words = refusal_of(lambda: redeem(look(phone, point, piotr), offer, children=2, by=piotr, moment=TUESDAY))
    assert "Zostało tylko 1" in words
    assert redeem(look(phone, point, piotr), offer, for_holder=False, children=1, by=piotr, moment=TUESDAY)


@pytest.mark.parametrize("wrong", [{"children": 5}, {"children": -1}, {"for_holder": False, "children": 0}])
def test_a_number_of_children_that_cannot_be_is_refused(point, piotr, phone, wrong):
    offer = make_offer(point)

    assert refusal_of(lambda: redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY, **wrong))


def test_a_child_with_a_card_brings_no_smaller_child(point, piotr):
    """R47: the parent's card, not a sister's."""
    child = make_holder(make_person(first_name="Zosia", born_on=date(2015, 3, 1)))
    offer = make_offer(point)

    assert "osoba dorosła" in refusal_of(lambda: redeem(look(child, point, piotr), offer, children=1, by=piotr, moment=TUESDAY))


def test_a_card_blocked_between_the_scan_and_the_use_is_refused(point, piotr, phone):
    """R29, and as R72 at the gate"""
    offer = make_offer(point, limit=5)
    check = look(phone, point, piotr)
    CardMedium.objects.update(status=MediumStatus.BLOCKED)

    with pytest.raises(CardRefused) as refused:
        redeem(check, offer, by=piotr, moment=TUESDAY)

    assert refused.value.why == Why.BLOCKED
    assert not Redemption.objects.exists()


def test_a_package_taken_back_between_the_scan_and_the_use_is_refused(point, piotr, phone):
    offer = make_offer(point)
    check = look(phone, point, piotr)
    PackageGrant.objects.update(revoked_at=TUESDAY)

    assert refusal_of(lambda: redeem(check, offer, by=piotr, moment=TUESDAY), NoDiscount)


def test_after_ten_minutes_the_card_is_shown_again(point, piotr, phone):
    offer = make_offer(point)
    check = look(phone, point, piotr)

    assert redeem(check, offer, by=piotr, moment=TUESDAY + CHECK_LIFE)
    late = look(phone, point, piotr)
    with pytest.raises(CheckEnded):
        redeem(late, offer, by=piotr, moment=TUESDAY + CHECK_LIFE + timedelta(seconds=1))


def test_access_ends_with_its_last_day(point, phone):
    piotr = make_cashier(point, until=DAY)

    assert look(phone, point, piotr)
    tomorrow = TUESDAY + timedelta(days=1)
    assert "Nie sprawdzasz już" in refusal_of(lambda: look(phone, point, piotr, tomorrow))
    assert SeenCode.objects.count() == 1


def test_a_use_is_taken_back_once_within_fifteen_minutes(point, piotr, phone):
    """R48"""
    offer = make_offer(point, limit=5)
    booked = redeem(look(phone, point, piotr), offer, children=1, by=piotr, moment=TUESDAY)

    for _press in range(3):
        undo(booked, by=piotr, moment=TUESDAY + 15 * MINUTE)

    assert used(offer) == 0
    assert Redemption.objects.get().reversed_at == TUESDAY + 15 * MINUTE


def test_after_fifteen_minutes_a_use_stands(point, piotr, phone):
    """R48"""
    offer = make_offer(point, limit=5)
    booked = redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)

    words = refusal_of(lambda: undo(booked, by=piotr, moment=TUESDAY + 15 * MINUTE + timedelta(seconds=1)))

    assert "15 minut" in words
    assert used(offer) == 1


def test_another_partner_takes_nothing_back(point, piotr, phone):
    """R48: its own use."""
    other = make_cashier(make_point("Kino"), "kino@example.com")
    booked = redeem(look(phone, point, piotr), make_offer(point), by=piotr, moment=TUESDAY)

    assert refusal_of(lambda: undo(booked, by=other, moment=TUESDAY))


def test_what_was_taken_back_is_counted_again_only_after_a_new_look(point, piotr, phone):
    offer = make_offer(point, limit=1)
    check = look(phone, point, piotr)
    undo(redeem(check, offer, by=piotr, moment=TUESDAY), by=piotr, moment=TUESDAY)

    assert "jeszcze raz" in refusal_of(lambda: redeem(check, offer, by=piotr, moment=TUESDAY))
    assert redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)


def test_old_checks_are_forgotten_and_uses_stay(point, piotr, phone):
    redeem(look(phone, point, piotr), make_offer(point), by=piotr, moment=TUESDAY)

    assert forget_checks(moment=TUESDAY + timedelta(days=2)) == 1
    assert Redemption.objects.count() == 1


def test_a_card_of_a_merged_person_gives_nothing(point, phone):
    """R42: the person has to be there."""
    make_offer(point)
    other = make_person()
    phone.medium.person.account = None
    type(other).objects.filter(pk=phone.medium.person_id).update(merged_into=other)

    medium = CardMedium.objects.select_related("person").get()
    assert "niczyja" in refusal_of(lambda: discounts_of(medium, point, DAY), NoDiscount)
