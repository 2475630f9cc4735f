"""Discounts that everybody finds, and what a family has used."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from office.models import PersonalDataRead
from resident_card.actions.discounts import redeem, undo
from resident_card.actions.families import add_child
from resident_card.agenda import search_entries
from resident_card.models import Membership, Offer
from tests.factories import make_person
from tests.resident_card.cast import make_holder
from tests.resident_card.counters import good_today, look, make_cashier, make_offer, make_point

CATALOGUE = "/karta/znizki/"
USED = "/karta/moje-znizki/"


@pytest.fixture
def offers(db):
    pool, cinema = make_point(), make_point("Kino Młyn")
    return {
        "pool": make_offer(pool), "senior": make_offer(pool, "seniora", title="połowa ceny", percent=50),
        "cinema": make_offer(cinema, subject="bilet do kina", category="kultura"),
    }  # fmt: skip


@pytest.fixture
def found(client, offers):
    """Which of them the catalogue shows."""

    def ask(**asked):
        body = client.get(CATALOGUE, asked).content.decode()
        return {name for name, offer in offers.items() if f"{CATALOGUE}{offer.pk}/" in body}

    return ask


@pytest.mark.parametrize("words", ["basen", "BASEN", "Basén", "  na   basen ", "plywalnia radunska", "pływalnia", "wodna"])
def test_a_discount_is_found_by_any_of_its_words_however_written(found, words):
    assert found(q=words) >= {"pool", "senior"}


def test_discounts_are_sifted_by_field_and_package(found):
    assert found(dziedzina="kultura") == {"cinema"}
    assert found(pakiet="seniora") == {"senior"}
    assert found(pakiet="seniora", q="kino") == set()


def test_what_is_not_there_is_said_with_a_way_back(client, offers):
    assert "Nie ma takiej zniżki" in client.get(CATALOGUE, {"q": "<script>helikopter"}).content.decode()


def test_a_visitor_without_a_card_reads_how_to_get_one(client, offers):
    for url in (CATALOGUE, f"{CATALOGUE}{offers['pool'].pk}/"):
        assert "Nie masz jeszcze karty" in client.get(url).content.decode()


def test_a_holder_sees_which_are_for_them(client, sign_in, anna, offers):
    holder = make_holder(make_person(anna, born_on=date(1985, 4, 15)))
    good_today(holder.medium.person)

    body = sign_in(client, anna).get(CATALOGUE).content.decode()

    assert "dla Ciebie" in body and "Nie masz jeszcze karty" not in body


def test_what_has_ended_has_no_page(client, found, offers):
    Offer.objects.filter(pk=offers["pool"].pk).update(valid_to=timezone.localdate() - timedelta(days=1))

    assert client.get(f"{CATALOGUE}{offers['pool'].pk}/").status_code == 404
    assert "pool" not in found()


def test_the_pages_for_everybody_may_be_made_once_for_many(client, offers):
    """Neither sets a cookie nor carries a form's token, so `same_for_visitors` may keep it."""
    for url in (CATALOGUE, f"{CATALOGUE}{offers['pool'].pk}/"):
        answer = client.get(url)
        assert not answer.cookies and b"csrfmiddlewaretoken" not in answer.content


def test_the_search_of_the_portal_finds_a_discount(offers):
    titles = [entry.title for entry in search_entries(timezone.now())]

    assert str(offers["cinema"]) in titles


# What a family has used


@pytest.fixture
def family(anna, bartek):
    """Anna runs the account; Bartek agreed to it; Zosia is eleven. Each was at the pool."""
    people = {
        "Anna": make_person(anna, "Anna", "Kowalska", born_on=date(1985, 4, 15)),
        "Bartek": make_person(bartek, "Bartek", "Kowalski", born_on=date(1984, 1, 2)),
        "Zosia": make_person(None, "Zosia", "Kowalska", born_on=timezone.localdate() - timedelta(days=11 * 365)),
    }
    now, point = timezone.now(), make_point()
    membership = add_child(administrator=people["Anna"], child=people["Zosia"], by=anna, moment=now)
    Membership.objects.create(
        family=membership.family, person=people["Bartek"], role=Membership.Role.ADULT, joined_at=now, confirmed_at=now
    )
    cashier = make_cashier(point)
    for name, person in people.items():
        offer = make_offer(point, subject=f"bilet {name}", limit=5)
        phone = make_holder(person, moment=now)
        good_today(person)
        redeem(look(phone, point, cashier, now), offer, by=cashier, moment=now)
    return people


def test_everyone_reads_their_own_uses_with_place_and_what_is_left(client, sign_in, family, bartek):
    body = sign_in(client, bartek).get(USED).content.decode()

    assert "Bilet Bartek" in body and "Pływalnia Raduńska" in body
    assert "zostało <strong>4</strong> z 5" in body


def test_who_runs_the_account_reads_those_of_children_and_of_adults_who_agreed_and_these_read_of_it(
    client, sign_in, family, anna
):
    """R16"""
    mine = sign_in(client, anna)

    for name in ("Zosia", "Bartek"):
        body = mine.get(USED, {"osoba": family[name].pk}).content.decode()
        assert f"Bilet {name}" in body
    read = PersonalDataRead.objects.get(person=family["Bartek"].pk, reader=anna.subject)
    assert (read.what, read.purpose) == ("użyte zniżki", "konto rodzinne")


def test_an_adult_who_has_not_agreed_is_not_read(client, sign_in, family, anna):
    """R15"""
    Membership.objects.filter(person=family["Bartek"]).update(confirmed_at=None)

    assert sign_in(client, anna).get(USED, {"osoba": family["Bartek"].pk}).status_code == 404


def test_nobody_reads_the_uses_of_who_runs_the_account_or_of_strangers(client, sign_in, family, bartek, ewa):
    assert sign_in(client, bartek).get(USED, {"osoba": family["Anna"].pk}).status_code == 404
    make_person(ewa, "Ewa", "Obca")
    assert sign_in(client, ewa).get(USED, {"osoba": family["Zosia"].pk}).status_code == 404
    assert client.get(USED, {"osoba": "nikt"}).status_code == 404


def test_a_use_that_was_taken_back_stays_and_says_so(client, sign_in, family, bartek):
    used = family["Bartek"].redemptions.get()
    undo(used, by=used.point.users.get().user, moment=timezone.now())

    assert "cofnięta" in sign_in(client, bartek).get(USED).content.decode()


def test_who_has_no_card_reads_where_to_begin(client, sign_in, ewa):
    assert "Jeszcze nic" in sign_in(client, ewa).get(USED).content.decode()
