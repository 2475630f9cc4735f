"""The twenty matters: found by what people call them, told by their cards, given as data, kept by clerks with dates."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eboi import sample_catalogue
from eboi.actions import filing
from eboi.actions.catalogue import next_card
from eboi.models import MatterTerms, MatterType
from eboi.search import matters
from office.transitions import Refused
from tests.factories import TUESDAY, make_person

DAY = timedelta(days=1)


@pytest.fixture
def catalogue(db, dariusz):
    sample_catalogue.load(TUESDAY)
    return MatterType.objects


def at(name, *args):
    return reverse(f"eboi:{name}", args=args)


def test_all_twenty_matters_stand_and_the_dog_fee_waits_for_its_switch(catalogue, client):
    """L52"""
    assert catalogue.count() == 20
    assert "Opłata od posiadania psów" not in client.get(at("home")).content.decode()
    assert client.get(at("matter", "psy")).status_code == 404

    catalogue.filter(code="psy").update(is_offered=True)

    assert client.get(at("matter", "psy")).status_code == 200


@pytest.mark.parametrize(
    "question, code",
    [
        ("śmieci", "do-1"), ("smieci", "do-1"), ("ŚMIECI", "do-1"), ("wycinka drzewa", "drzewa-zgloszenie"), ("latarnia", "awaria-oswietlenia"),
        ("meldunek", "zameldowanie"), ("akt urodzenia", "odpis-aktu"), ("zaleglosci", "niezaleganie"), ("raty", "ulga"), ("podanie", "pismo"),
    ],
)  # fmt: skip
def test_a_matter_is_found_by_what_people_call_it(catalogue, question, code):
    assert code in [matter.code for matter in matters(question)]


def test_loading_again_leaves_what_a_clerk_has_changed(catalogue):
    catalogue.filter(code="do-1").update(name="Deklaracja śmieciowa")

    sample_catalogue.load(TUESDAY)

    assert catalogue.count() == 20
    assert MatterTerms.objects.count() == 20
    assert catalogue.get(code="do-1").name == "Deklaracja śmieciowa"


def test_a_card_says_fee_terms_basis_and_that_it_is_to_be_confirmed(catalogue, client):
    """L20 L52"""
    page = client.get(at("matter", "niezaleganie")).content.decode().replace("\u00a0", " ")

    for told in (
        "21 zł za każde zaświadczenie",
        "7 dni",
        "art. 306a",
        "Do potwierdzenia",
        "Administratorem danych",
        "od 1 stycznia 2026 r.",
    ):
        assert told in page


def test_every_card_opens_and_says_its_term(catalogue, client):
    for matter in catalogue.filter(is_offered=True):
        assert client.get(at("matter", matter.code)).status_code == 200


# As data


def test_the_catalogue_is_data_too(catalogue, client):
    """L51"""
    answer = client.get(at("matters_json"))

    told = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert (told["version"], len(told["matters"])) == (1, 19)
    certificate = next(one for one in told["matters"] if one["code"] == "niezaleganie")
    assert certificate["card"]["fee"]["grosze"] == 2100
    assert certificate["card"]["office_term"] == {"count": 7, "unit": "days"}
    assert certificate["card"]["needs_confirmation"] is True
    assert certificate["form"] == {"code": "niezaleganie", "version": 1}


def test_a_cards_twin_tells_how_it_was_before(catalogue, client, celina):
    """L51 L52"""
    today = timezone.localdate()
    card = MatterTerms.objects.get(matter__code="niezaleganie")
    new = next_card(card, valid_from=today + DAY, source="nowa stawka", by=celina, day=today)
    MatterTerms.objects.filter(pk=new.pk).update(fee_grosze=2200)

    told = client.get(at("matter_json", "niezaleganie")).json()

    assert told["card"]["fee"]["grosze"] == 2100
    assert [one["fee"]["grosze"] for one in told["history"]] == [2200, 2100]
    assert client.get(at("matter_json", "nie-ma")).status_code == 404


# Cards with dates


def test_the_next_card_begins_where_the_old_one_ends(catalogue, celina):
    old = MatterTerms.objects.get(matter__code="pismo")

    new = next_card(old, valid_from=date(2026, 12, 1), source="zarządzenie 5/2026", by=celina, day=date(2026, 11, 24))

    old.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 11, 30), date(2026, 12, 1), None)
    assert (new.who, new.source) == (old.who, "zarządzenie 5/2026")


@pytest.mark.parametrize("since", [date(2026, 11, 24), date(2020, 1, 1)])
def test_a_card_can_not_begin_today_or_in_the_past(catalogue, celina, since):
    card = MatterTerms.objects.get(matter__code="pismo")

    with pytest.raises(Refused, match="od jutra"):
        next_card(card, valid_from=since, source="x", by=celina, day=date(2026, 11, 24))

    card.refresh_from_db()
    assert card.valid_to is None


def test_a_second_next_card_is_refused(catalogue, celina):
    card = MatterTerms.objects.get(matter__code="pismo")
    next_card(card, valid_from=date(2026, 12, 5), source="x", by=celina, day=date(2026, 11, 24))

    with pytest.raises(Refused, match="późniejszą"):
        next_card(card, valid_from=date(2026, 12, 1), source="x", by=celina, day=date(2026, 11, 24))


# Matters that go by letter


def test_a_matter_without_a_form_of_its_own_begins_as_a_letter_with_its_name(catalogue, anna):
    kowalska = make_person(anna)

    draft = filing.open_draft(kowalska, catalogue.get(code="zajecie-pasa"), moment=TUESDAY)

    assert draft.answers["subject"] == "Zezwolenie na zajęcie pasa drogowego"
    assert draft.answers["content"].startswith("Wnoszę o zezwolenie na zajęcie pasa drogowego.")
    assert draft.answers["first-name"] == "Anna"


def test_a_plain_letter_begins_empty(catalogue, anna):
    draft = filing.open_draft(make_person(anna), catalogue.get(code="pismo"), moment=TUESDAY)

    assert "subject" not in draft.answers
    assert "content" not in draft.answers


def test_the_first_screen_tells_the_cards_documents_and_fee(catalogue, anna, client, sign_in):
    draft = filing.open_draft(make_person(anna), catalogue.get(code="wypis-mpzp"), moment=timezone.now())

    page = sign_in(client, anna).get(at("page", draft.pk, "tresc")).content.decode().replace("\u00a0", " ")

    assert "Numer działki i obręb" in page
    assert "razem najwyżej 200 zł" in page


def test_the_card_of_every_letter_fits_the_letters_form(catalogue, anna):
    """What a card begins must itself be a good answer, or nobody could send it."""
    form = json.loads((sample_catalogue.DATA / "forms" / "pismo-ogolne.json").read_text())
    limits = {one["code"]: one["maximum"] for one in form["pages"][0]["questions"]}

    for card in MatterTerms.objects.select_related("matter"):
        assert len(card.matter.name) <= limits["subject"]
        assert len(card.letter_opening) <= limits["content"]
