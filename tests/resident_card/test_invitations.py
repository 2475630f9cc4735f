"""An adult is asked to join by a link that works once, to the day, and only for them (R12-R16, R19)."""

from datetime import date, timedelta

import pytest

from accounts.addresses import fold_address
from office.models import Message
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import families, invitations
from resident_card.models import Invitation, Membership
from residents.actions import confirm_identity_at_desk
from residents.models import Person
from tests.factories import TUESDAY, at, live_together, make_person
from tests.resident_card.relatives import (
    EWA,
    MAREK,
    MAREKS_ADDRESS,
    invited,
    joined,
    make_anna,
    person_of,
    secret_in_the_last_letter,
    with_child,
)

pytestmark = pytest.mark.django_db
LAST_MINUTE = at(date(2026, 12, 24), 23, 59)  # 24 November and thirty days
TOO_LATE = at(date(2026, 12, 25), 0, 0)


@pytest.fixture
def her(anna):
    return make_anna(anna)


@pytest.fixture
def marek(make_account):
    return make_account(MAREKS_ADDRESS)


def test_the_adult_who_confirms_joins_with_one_row_for_one_person(her, marek):
    sent, secret = invited(her)
    own = person_of(marek, "Marek", "Kowalski", MAREK)

    member = invitations.confirm(invitations.found_by(secret, TUESDAY), by=marek, moment=TUESDAY)

    assert (member.person, member.role, member.confirmed_at) == (own, Membership.Role.ADULT, TUESDAY)
    assert rules.may_act_for(her, own, TUESDAY.date())
    assert Person.objects.standing().with_pesel(MAREK).get() == own
    sent.refresh_from_db()
    assert (sent.status, sent.email) == ("confirmed", None)


def test_only_the_hash_of_the_link_is_kept_and_it_works_once(her, marek):
    """R14"""
    sent, secret = invited(her)
    person_of(marek, "Marek", "Kowalski", MAREK)

    assert secret.encode() not in bytes(sent.token_hash)
    invitations.confirm(sent, by=marek, moment=TUESDAY)

    assert invitations.found_by(secret, TUESDAY) is None
    with pytest.raises(invitations.InvitationGone):
        invitations.confirm(sent, by=marek, moment=TUESDAY)


def test_the_thirtieth_day_works_and_the_thirty_first_does_not(her, marek):
    """R13"""
    _sent, secret = invited(her)

    assert invitations.found_by(secret, LAST_MINUTE)
    assert invitations.found_by(secret, TOO_LATE) is None


def test_what_was_typed_is_gone_after_the_last_day_and_the_administrator_is_told(her):
    """R13: the person, the copies in the history, the address."""
    sent, _secret = invited(her)
    typed = sent.person_id

    assert invitations.expire_all(moment=LAST_MINUTE) == 0
    assert invitations.expire_all(moment=TOO_LATE) == 1

    sent.refresh_from_db()
    assert (sent.status, sent.person, sent.email, sent.email_lookup) == ("expired", None, None, None)
    assert not Person.objects.filter(pk=typed).exists()
    assert not Person.pgh_event_model.objects.filter(pgh_obj=typed).exists()
    assert Message.objects.filter(event="resident_card/family_expired", address=her.account.email).count() == 1


def test_declining_needs_no_account_and_deletes_at_once(her):
    sent, secret = invited(her)
    typed = sent.person_id

    invitations.decline(invitations.found_by(secret, TUESDAY), moment=TUESDAY)

    assert not Person.objects.filter(pk=typed).exists()
    assert invitations.found_by(secret, TUESDAY) is None
    assert Message.objects.filter(event="resident_card/family_declined").count() == 1


def test_a_new_link_ends_the_one_before_and_counts_thirty_days_anew(her):
    sent, first = invited(her)
    later = TUESDAY + timedelta(days=20)

    invitations.send_again(sent, by=her.account, moment=later)

    assert invitations.found_by(first, later) is None
    assert invitations.found_by(secret_in_the_last_letter(), later + timedelta(days=30))


def test_called_back_the_link_is_dead(her):
    sent, secret = invited(her)

    invitations.call_back(sent, by=her.account, moment=TUESDAY)

    assert invitations.found_by(secret, TUESDAY) is None
    assert not Person.objects.with_pesel(MAREK).exists()


@pytest.mark.parametrize(
    "same", ["anna@example.com", " Anna@EXAMPLE.com ", "anna@ｅｘａｍｐｌｅ.com"], ids=["same", "capitals", "full width"]
)
def test_an_adult_needs_an_address_of_their_own_however_spelled(her, same):
    """R12"""
    with pytest.raises(Refused, match="używa już ktoś"):
        invited(her, email=same)


def test_an_address_with_a_plus_is_another_address(her):
    """3.7: whose mailbox it is only its owner can show, by the link."""
    sent, _secret = invited(her, email="anna+marek@example.com")

    assert sent.email == "anna+marek@example.com"


def test_an_address_waits_for_one_person_at_a_time(her):
    invited(her)

    with pytest.raises(Refused, match="czeka już zaproszenie"):
        invited(her, email="MAREK@example.com", pesel=EWA)


@pytest.mark.parametrize("look_alike", ["аnna@example.com", "anna@exаmple.com"])
def test_letters_of_another_alphabet_make_no_address(look_alike):
    with pytest.raises(ValueError, match="alphabet"):
        fold_address(look_alike)


def test_whoever_signs_in_with_another_address_does_not_join(her, ewa):
    sent, _secret = invited(her)
    person_of(ewa, "Marek", "Kowalski", MAREK)

    with pytest.raises(Refused, match="inny adres e-mail"):
        invitations.confirm(sent, by=ewa, moment=TUESDAY)


def test_the_right_address_with_another_persons_pesel_does_not_join(her, marek):
    """The administrator mistyped the address, and it is somebody's."""
    sent, _secret = invited(her)
    person_of(marek, "Marek", "Kowalski", EWA)

    with pytest.raises(Refused, match="dla kogoś innego"):
        invitations.confirm(sent, by=marek, moment=TUESDAY)


def test_an_adult_whom_the_town_knows_elsewhere_does_not_join(her, marek):
    """R12: one dwelling."""
    sent, _secret = invited(her)
    live_together(person_of(marek, "Marek", "Kowalski", MAREK))

    with pytest.raises(Refused, match="innym adresem"):
        invitations.confirm(sent, by=marek, moment=TUESDAY)


def test_nobody_joins_a_second_family_account(her, marek, bartek):
    person_of(marek, "Marek", "Kowalski", MAREK)
    with_child(Person.objects.of(marek).get())
    sent, _secret = invited(her)

    with pytest.raises(Refused, match="innego konta rodzinnego"):
        invitations.confirm(sent, by=marek, moment=TUESDAY)


def test_a_minor_is_not_invited_and_nobody_invites_without_an_address(her, bartek):
    with pytest.raises(Refused, match="nie ma jeszcze 18 lat"):
        invited(her, pesel="10210100010")

    with pytest.raises(Refused, match="złóż wniosek"):
        invited(person_of(bartek, "Bartek", "Nowak"))
    assert not Invitation.objects.exists()
    assert Person.objects.count() == 2


def test_a_refused_try_leaves_the_invitation_open(her, ewa):
    sent, secret = invited(her)
    person_of(ewa, "Ewa", "Obca", EWA)

    with pytest.raises(Refused):
        invitations.confirm(sent, by=ewa, moment=TUESDAY)

    assert invitations.found_by(secret, TUESDAY)


def test_from_16_a_child_signs_in_and_stays_a_child_of_the_account(her, marek):
    """R19"""
    small, ola = with_child(her, "Staś", date(2010, 11, 25)), with_child(her, "Ola", date(2010, 11, 24))
    member = {one: Membership.objects.get(person=one) for one in (small, ola)}

    with pytest.raises(Refused, match="16 lat"):
        invitations.invite_member(member[small], email=marek.email, by=her.account, moment=TUESDAY)
    sent = invitations.invite_member(member[ola], email=marek.email, by=her.account, moment=TUESDAY)
    make_person(marek, "Ola", "Kowalska", born_on=date(2010, 11, 24))
    invitations.confirm(sent, by=marek, moment=TUESDAY)

    ola.refresh_from_db()
    assert (ola.account, Membership.objects.get(person=ola).role) == (marek, Membership.Role.CHILD)
    assert rules.may_act_for(her, ola, TUESDAY.date())


def test_who_came_of_age_confirms_with_an_address_of_their_own(her, marek):
    """R20, for who never had an account."""
    ola = with_child(her, "Ola", date(2008, 1, 1))
    member = Membership.objects.get(person=ola)
    sent = invitations.invite_member(member, email=marek.email, by=her.account, moment=TUESDAY)
    make_person(marek, "Ola", "Kowalska", born_on=date(2008, 1, 1))

    invitations.confirm(sent, by=marek, moment=TUESDAY)

    member.refresh_from_db()
    assert (member.role, member.confirmed_at) == (Membership.Role.ADULT, TUESDAY)
    assert Person.objects.of(marek).get() == ola


def test_no_letter_gives_an_account_to_an_identity_that_the_desk_confirmed(her, marek, franek):
    ola = with_child(her, "Ola", date(2010, 1, 1))
    confirm_identity_at_desk(ola, how="legitymacja", by=franek, moment=TUESDAY)

    with pytest.raises(Refused, match="kod z urzędu"):
        invitations.invite_member(Membership.objects.get(person=ola), email=marek.email, by=her.account, moment=TUESDAY)


def test_who_joined_invites_nobody_to_a_members_account(her, marek, ewa):
    joined(her, marek)
    ola = with_child(her, "Ola", date(2010, 1, 1))

    with pytest.raises(Refused):
        invitations.invite_member(Membership.objects.get(person=ola), email=ewa.email, by=marek, moment=TUESDAY)
    assert families.guardians_of(ola) == [her]
