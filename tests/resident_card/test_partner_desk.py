"""The card manager's desk: Lech invites, ends, and changes offers without touching what was used."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import Message
from office.transitions import Refused
from pruszcz_portal import roles
from resident_card.actions import partners as verbs
from resident_card.actions.discounts import redeem
from resident_card.models import Offer, PackageType, PartnerUser
from tests.factories import LONG_AGO, TUESDAY
from tests.resident_card.cast import make_holder
from tests.resident_card.counters import look, make_cashier, make_offer, make_point

DAY = TUESDAY.date()
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def lech(make_account):
    return make_account("lech@pruszcz.example", "Lech Górski", roles.CARD_MANAGER)


@pytest.fixture
def point(db):
    return make_point()


@pytest.fixture
def desk(client, sign_in, lech):
    return sign_in(client, lech)


def page(model, pk):
    return reverse(f"admin:resident_card_{model}_change", args=[pk])


def used_offer(point, **fields):
    offer, cashier = make_offer(point, **fields), make_cashier(point)
    redeem(look(make_holder(), point, cashier), offer, by=cashier, moment=TUESDAY)
    return offer


def test_an_invitation_is_a_letter_with_a_link_and_nothing_may_be_verified_before_it_is_accepted(point, lech):
    verbs.invite(point.partner, email="Piotr@Example.com", points=[point], by=lech, moment=TUESDAY)

    invited, letter = PartnerUser.objects.get(), Message.objects.get()
    assert (invited.email, letter.address) == ("piotr@example.com", "piotr@example.com")
    assert "/karta/sprawdz/" in letter.text and point.partner.name not in letter.text
    assert not PartnerUser.objects.working_on(DAY).exists()


def test_only_the_account_that_proved_the_address_accepts(point, lech, ewa, bartek):
    verbs.invite(point.partner, email=ewa.email, points=[point], by=lech, moment=TUESDAY)
    ewa.emailaddress_set.update(verified=False)

    for user in (bartek, ewa):
        with pytest.raises(Refused):
            verbs.accept(user, moment=TUESDAY)
    ewa.emailaddress_set.update(verified=True)
    assert verbs.accept(ewa, moment=TUESDAY) == 1
    assert PartnerUser.objects.of(ewa).working_on(DAY).exists()


def test_who_is_invited_already_gets_no_second_letter(point, lech):
    verbs.invite(point.partner, email="piotr@example.com", points=[point], by=lech, moment=TUESDAY)

    with pytest.raises(Refused, match="już zaproszona"):
        verbs.invite(point.partner, email="piotr@example.com", points=[point], by=lech, moment=TUESDAY)
    assert Message.objects.count() == 1


def test_points_of_another_partner_and_clerks_are_refused(point, lech, celina):
    with pytest.raises(Refused, match="tego partnera"):
        verbs.invite(point.partner, email="piotr@example.com", points=[make_point("Kino")], by=lech, moment=TUESDAY)
    with pytest.raises(Refused, match="pracownika urzędu"):
        verbs.invite(point.partner, email=celina.email, points=[point], by=lech, moment=TUESDAY)


def test_access_ends_at_a_day_or_at_once_and_never_in_the_past(point, lech):
    piotr = make_cashier(point)
    access = PartnerUser.objects.get(user=piotr)

    with pytest.raises(Refused, match="wstecz"):
        verbs.end_access(access, last_day=DAY - timedelta(days=2), by=lech, day=DAY)
    verbs.end_access(access, last_day=DAY, by=lech, day=DAY)
    assert PartnerUser.objects.working_on(DAY).exists() and not PartnerUser.objects.working_on(TOMORROW).exists()
    verbs.end_access(access, last_day=DAY - timedelta(days=1), by=lech, day=DAY)
    assert not PartnerUser.objects.working_on(DAY).exists()


def test_other_terms_from_a_day_on_are_another_offer_and_the_old_one_stays_as_it_was_used(point, lech):
    offer = used_offer(point, limit=5)

    following = verbs.change_offer(offer, starts_on=TOMORROW, by=lech, day=DAY)

    offer.refresh_from_db()
    assert (offer.valid_to, offer.percent) == (DAY, 20)
    assert (following.valid_from, following.limit, list(following.points.all())) == (TOMORROW, 5, [point])
    assert list(Offer.objects.open_on(TOMORROW)) == [following]


@pytest.mark.parametrize("starts_on", [DAY, DAY - timedelta(days=1), date(2027, 2, 1)])
def test_terms_change_neither_today_nor_after_the_offer_ends(point, lech, starts_on):
    offer = make_offer(point, valid_to=date(2027, 1, 31))

    with pytest.raises(Refused):
        verbs.change_offer(offer, starts_on=starts_on, by=lech, day=DAY)
    assert Offer.objects.count() == 1


def test_an_offer_ends_today_at_the_earliest(point, lech):
    """What people read this morning is true until the evening."""
    offer = make_offer(point)

    with pytest.raises(Refused):
        verbs.end_offer(offer, last_day=DAY - timedelta(days=1), by=lech, day=DAY)
    verbs.end_offer(offer, last_day=DAY, by=lech, day=DAY)
    assert Offer.objects.open_on(DAY).exists() and not Offer.objects.open_on(TOMORROW).exists()


def test_a_used_offer_is_shown_and_not_edited(desk, point):
    offer = used_offer(point)

    shown = desk.get(page("offer", offer.pk)).content.decode()
    desk.post(page("offer", offer.pk), {"title": "90 % taniej", "percent": 90})

    offer.refresh_from_db()
    assert 'name="percent"' not in shown and "Zmień warunki od dnia" in shown
    assert offer.percent == 20


def test_the_agreement_stands_once_a_discount_was_used(desk, point):
    assert 'name="agreement"' in desk.get(page("partner", point.partner_id)).content.decode()

    used_offer(point)

    shown = desk.get(page("partner", point.partner_id)).content.decode()
    assert 'name="agreement"' not in shown and 'name="agreed_to"' in shown


def typed(point, **others):
    package = PackageType.objects.get(is_base=True)
    return {
        "partner": point.partner_id, "points": [str(point.pk)], "package": package.pk, "category": "sport", "subject": "sauna",
        "title": "10 % taniej", "description": "", "percent": "10", "limit": "", "limit_per": "person", "limit_period": "year",
        "valid_from": str(timezone.localdate()), "valid_to": "", **others,
    }  # fmt: skip


def test_an_offer_is_added_at_the_desk_and_found_by_everybody(desk, point, client):
    desk.post(reverse("admin:resident_card_offer_add"), typed(point))

    assert Offer.objects.get(subject="sauna").points.get() == point


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"percent": "101"}, "od 1 do 100"),
        ({"limit": "0"}, "co najmniej 1"),
        ({"valid_to": "2020-01-01"}, "wcześniejszy"),
        ({"valid_from": str(LONG_AGO - timedelta(days=1))}, "nie obejmuje tego dnia"),
    ],
)
def test_an_offer_that_cannot_be_is_told_beside_the_field(desk, point, wrong, words):
    answer = desk.post(reverse("admin:resident_card_offer_add"), typed(point, **wrong))

    assert words in answer.content.decode()
    assert not Offer.objects.exists()


def test_points_of_another_partner_are_no_points_of_the_offer(desk, point):
    answer = desk.post(reverse("admin:resident_card_offer_add"), typed(point, points=[str(make_point("Kino").pk)]))

    assert "Wybierz punkty tego partnera" in answer.content.decode()


def test_the_manager_sees_how_often_an_offer_was_used_and_never_by_whom(desk, point):
    used_offer(point)

    body = desk.get(reverse("admin:resident_card_offer_changelist")).content.decode()

    assert "Kowalska" not in body
    assert '<td class="field-used">1</td>' in body


def test_the_buttons_of_the_desk_invite_and_end(desk, point):
    invite = reverse("admin:resident_card_partner_verb", args=[point.partner_id, "invite"])
    assert "Osoba zaloguje się" in desk.get(invite).content.decode()
    desk.post(invite, {"email": "piotr@example.com", "points": [str(point.pk)], "seen": ""})

    access = PartnerUser.objects.get()
    end = reverse("admin:resident_card_partneruser_verb", args=[access.pk, "end_access"])
    desk.post(end, {"last_day": str(timezone.localdate()), "seen": ""})

    access.refresh_from_db()
    assert access.valid_to == timezone.localdate()


def test_a_clerk_of_the_card_desk_sets_no_partners(client, sign_in, make_account, point):
    """S25"""
    hanna = make_account("hanna@pruszcz.example", "Hanna Mazur", roles.CARD_DESK)

    assert sign_in(client, hanna).get(page("partner", point.partner_id)).status_code == 403
