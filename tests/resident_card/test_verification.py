"""One answer to „is this card good right now”, for every gate and partner."""

from datetime import timedelta

import pytest

from office.transitions import Refused
from resident_card import rules
from resident_card.models import CardMedium, PackageGrant, SeenCode
from resident_card.numbers import checked_number, in_fours, new_number
from resident_card.statuses import MediumStatus
from resident_card.verification import CardRefused, Why, verify
from tests.factories import TUESDAY
from tests.resident_card.cast import GPSZOK, make_holder

SECOND = timedelta(seconds=1)


def refusal_of(text, moment=TUESDAY):
    with pytest.raises(CardRefused) as refused:
        verify(text, moment=moment)
    return refused.value.why


def test_a_phone_shows_its_card(db):
    phone = make_holder()

    verified = verify(phone.shows(TUESDAY), moment=TUESDAY + 5 * SECOND)

    assert verified.medium == phone.medium
    assert verified.by_phone


def test_a_number_read_from_plastic_or_typed_with_spaces_names_a_card_without_proving_it(db):
    phone = make_holder()

    verified = verify(in_fours(phone.medium.number), moment=TUESDAY)

    assert verified.medium == phone.medium
    assert not verified.by_phone


def test_a_code_lives_sixty_seconds(db):
    """R70"""
    phone = make_holder()

    assert verify(phone.shows(TUESDAY), moment=TUESDAY + 60 * SECOND)
    assert refusal_of(phone.shows(TUESDAY), TUESDAY + 61 * SECOND) == Why.STALE


def test_a_phone_whose_clock_is_half_a_minute_ahead_is_still_believed(db):
    phone = make_holder()

    assert verify(phone.shows(TUESDAY + 30 * SECOND), moment=TUESDAY)
    assert refusal_of(phone.shows(TUESDAY + 32 * SECOND)) == Why.AHEAD


def test_a_code_is_good_once(db):
    """R70, R71"""
    phone = make_holder()
    screen = phone.shows(TUESDAY)
    verify(screen, moment=TUESDAY)

    assert refusal_of(screen) == Why.SEEN


def test_a_new_code_of_the_same_phone_is_good_at_once(db):
    phone = make_holder()
    verify(phone.shows(TUESDAY), moment=TUESDAY)

    assert verify(phone.shows(TUESDAY), moment=TUESDAY)


@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_code_with_one_part_altered_is_refused_and_spends_nothing(db, part):
    """R70: number, time or nonce of another code under the same signature."""
    phone, other = make_holder(), make_holder()
    parts = phone.shows(TUESDAY).split(".")
    parts[part] = other.shows(TUESDAY - SECOND).split(".")[part]

    assert refusal_of(".".join(parts)) == Why.ALTERED
    assert not SeenCode.objects.exists()


def test_a_code_signed_by_another_phone_is_refused(db):
    mine, stranger = make_holder(), make_holder()
    stranger.medium = mine.medium

    assert refusal_of(stranger.shows(TUESDAY)) == Why.ALTERED


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (MediumStatus.BLOCKED, Why.BLOCKED),
        (MediumStatus.REPLACED, Why.REPLACED),
        (MediumStatus.READY, Why.NOT_YET),
        (MediumStatus.CANCELLED, Why.UNKNOWN),
    ],
)
def test_a_card_that_is_not_active_says_why(db, status, why):
    """R29, R42, R43"""
    phone = make_holder()
    CardMedium.objects.filter(pk=phone.medium.pk).update(status=status)

    assert refusal_of(phone.shows(TUESDAY)) == why
    assert refusal_of(phone.medium.number) == why


def test_a_number_of_no_card_is_unknown_and_tells_of_nobody(db):
    """R43"""
    assert refusal_of(new_number()) == Why.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "https://gdansk.example/karta/123456789012",
        "PKM1." + "A" * 10_000,
        "KARTA-GDANSKA 8812",
        "",
        "12345678901",
        "١٢٣٤٥٦٧٨٩٠١٢",
        "12З456789О12",  # Cyrillic letters that look like 3 and 0
        "PKM1.123456789012.1764147600.ABCDEFGHIJKLMNOP.za-krotki",
    ],
)
def test_what_is_no_card_of_ours_is_refused_in_words(db, text):
    """3.7: an address, ten kilobytes, another town's card, nothing, a digit short, digits and letters of another alphabet, a torn code."""
    with pytest.raises(Refused) as refused:
        verify(text, moment=TUESDAY)

    assert str(refused.value)
    assert not isinstance(refused.value, CardRefused)


def test_a_slip_in_a_typed_number_never_names_another_card():
    number = new_number()
    slips = {number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :] for place in range(12)}
    swapped = {number[:place] + number[place + 1] + number[place] + number[place + 2 :] for place in range(11)} - {number}

    for slip in slips | swapped:
        with pytest.raises(Refused):
            checked_number(slip)


def test_a_package_works_only_while_the_base_does(db):
    """R34"""
    phone = make_holder()
    person, day = phone.medium.person, TUESDAY.date()
    assert rules.packages_of(person, day) == {"mieszkanca", GPSZOK}

    PackageGrant.objects.filter(package__is_base=True).update(revoked_at=TUESDAY)

    assert rules.packages_of(person, day) == set()
    assert not rules.has_package(person, GPSZOK, day)


def test_two_people_never_get_one_number(db):
    """R29: the column is unique for ever."""
    from django.db import IntegrityError, transaction

    phone = make_holder()
    with pytest.raises(IntegrityError), transaction.atomic():
        CardMedium.objects.create(
            person=phone.medium.person, kind="plastic",
            number=phone.medium.number, made_at=TUESDAY,
        )  # fmt: skip
