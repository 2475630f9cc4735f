from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from office.transitions import Refused
from residents import actions, rules
from residents.actions.one_time import ALPHABET
from residents.models import DeskCode, DeskCodeTry, IdentityLevel, Person
from tests.residents.conftest import ANNA_PESEL, BARTEK_PESEL, NOON

WRONG = "Kod nie pasuje do danych na tym koncie"


def test_a_code_from_the_desk_ties_annas_account_to_the_person_of_her_document(anna, franek, declare, on_paper):
    """The paper row survives, takes the account and its contact data; the declared row stays empty and names it."""
    paper = on_paper("Anna", "Kowalska", ANNA_PESEL)
    declared = declare(anna, "Ania", "Kowalska", ANNA_PESEL, phone="+48501502503")

    code = actions.issue_desk_code(paper, by=franek, moment=NOON)
    person = actions.redeem_desk_code(anna, f" {code.lower()} ", moment=NOON)

    paper.refresh_from_db()
    declared.refresh_from_db()
    assert person == paper
    assert list(Person.objects.of(anna)) == [paper]
    assert (paper.first_name, paper.phone, paper.pesel_seen_at) == ("Anna", "+48501502503", NOON)
    assert rules.identity_level(paper) == IdentityLevel.DESK
    assert paper.identity_confirmations.get().confirmed_by == franek.subject
    assert (declared.account, declared.pesel, declared.merged_into) == (None, None, paper)
    assert list(Person.objects.standing()) == [paper]


def test_a_code_for_the_person_who_has_the_account_confirms_it(anna, franek, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    code = actions.issue_desk_code(person, by=franek, moment=NOON)
    actions.redeem_desk_code(anna, code, moment=NOON)

    assert rules.is_identity_confirmed(person)


def test_a_code_has_eight_letters_that_nobody_mistakes_and_is_kept_only_as_a_hash(franek, on_paper):
    code = actions.issue_desk_code(on_paper("Anna", "Kowalska"), by=franek, moment=NOON)

    letters = code.replace("-", "")
    assert len(letters) == 8
    assert set(letters) <= set(ALPHABET)
    assert not set("ILO01") & set(ALPHABET)
    assert DeskCode.objects.get().expires_at == NOON + timedelta(days=30)
    assert code.encode() not in bytes(DeskCode.objects.get().code_lookup)


def test_a_lost_slip_of_paper_is_worth_nothing_to_ewa(anna, ewa, franek, declare, on_paper):
    """Her account has not declared the PESEL of the person whom the desk saw."""
    paper = on_paper("Anna", "Kowalska", ANNA_PESEL)
    declare(ewa, "Ewa", "Zych", BARTEK_PESEL)
    code = actions.issue_desk_code(paper, by=franek, moment=NOON)

    with pytest.raises(Refused, match=WRONG):
        actions.redeem_desk_code(ewa, code, moment=NOON)

    paper.refresh_from_db()
    assert paper.account is None


def test_ewa_can_not_take_her_code_home_and_become_anna(ewa, franek, declare):
    """The code speaks of what the clerk compared with her document; changing it ends the code."""
    person = declare(ewa, "Ewa", "Zych", BARTEK_PESEL)
    code = actions.issue_desk_code(person, by=franek, moment=NOON)

    actions.correct_person(person, first_name="Anna", last_name="Kowalska", pesel=ANNA_PESEL, by=ewa, moment=NOON)
    with pytest.raises(Refused, match="stracił ważność"):
        actions.redeem_desk_code(ewa, code, moment=NOON)

    assert not rules.is_identity_confirmed(person)


def test_a_wrong_a_used_and_a_foreign_code_read_the_same(anna, bartek, franek, declare):
    annas, bartoszs = declare(anna, "Anna", "Kowalska", ANNA_PESEL), declare(bartek, "Bartosz", "Nowak", BARTEK_PESEL)
    used = actions.issue_desk_code(annas, by=franek, moment=NOON)
    foreign = actions.issue_desk_code(bartoszs, by=franek, moment=NOON)
    actions.redeem_desk_code(anna, used, moment=NOON)

    replies = set()
    for code in ("ABCD-EFGH", used, foreign):
        with pytest.raises(Refused) as refused:
            actions.redeem_desk_code(anna, code, moment=NOON)
        replies.add(str(refused.value))

    assert len(replies) == 1


def test_a_code_lives_as_long_as_the_policy_says(anna, franek, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    code = actions.issue_desk_code(person, by=franek, moment=NOON)

    with pytest.raises(Refused, match="stracił ważność"):
        actions.redeem_desk_code(anna, code, moment=NOON + timedelta(days=30))


def test_a_new_code_ends_the_one_before(anna, franek, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    first = actions.issue_desk_code(person, by=franek, moment=NOON)
    second = actions.issue_desk_code(person, by=franek, moment=NOON + timedelta(minutes=1))

    with pytest.raises(Refused, match="stracił ważność"):
        actions.redeem_desk_code(anna, first, moment=NOON + timedelta(minutes=2))
    actions.redeem_desk_code(anna, second, moment=NOON + timedelta(minutes=2))


def test_after_five_tries_in_an_hour_even_the_right_code_waits(anna, franek, declare):
    """S5: refused tries are counted too, although the verb was refused."""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    code = actions.issue_desk_code(person, by=franek, moment=NOON)
    for _try in range(5):
        with pytest.raises(Refused, match=WRONG):
            actions.redeem_desk_code(anna, "ABCD-EFGH", moment=NOON)

    with pytest.raises(Refused, match="Za dużo prób"):
        actions.redeem_desk_code(anna, code, moment=NOON + timedelta(minutes=59))
    actions.redeem_desk_code(anna, code, moment=NOON + timedelta(minutes=61))

    assert DeskCodeTry.objects.filter(account=anna).count() == 6


def test_without_a_pesel_the_name_must_meet(anna, ewa, franek, declare, on_paper):
    paper = on_paper("Anna", "Schmidt")
    declare(ewa, "Ewa", "Zych")
    declare(anna, "anna", "SCHMIDT")
    code = actions.issue_desk_code(paper, by=franek, moment=NOON)

    with pytest.raises(Refused, match=WRONG):
        actions.redeem_desk_code(ewa, code, moment=NOON)

    assert actions.redeem_desk_code(anna, code, moment=NOON) == paper


def test_a_document_alone_does_not_confirm_somebodys_account(anna, franek, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    with pytest.raises(Refused, match="wydaj kod"):
        actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON)


def test_a_seen_pesel_belongs_to_one_person(anna, ewa, franek, declare):
    """S54: Ewa declared Anna's number first; Anna's document settles it and Ewa's claim never gets confirmed."""
    claim, annas = declare(ewa, "Ewa", "Zych", ANNA_PESEL), declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    actions.confirm_identity_at_desk(annas, how="dowód osobisty", by=franek, moment=NOON, account_shown=True)

    with pytest.raises(Refused, match="potwierdziła już dokumentem inna osoba"):
        actions.confirm_identity_at_desk(claim, how="dowód osobisty", by=franek, moment=NOON, account_shown=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=claim.pk).update(pesel_seen_at=NOON)


def test_a_clerk_does_not_confirm_themselves_or_their_family(celina, franek, declare, on_paper, house):
    """L11"""
    clerk, husband = declare(celina, "Celina", "Nowak"), on_paper("Marek", "Nowak")
    home = actions.dwelling_at(house("Krótka", "1"))
    actions.join_household(clerk, home, since=NOON.date(), by=franek)
    actions.join_household(husband, home, since=NOON.date(), beside=clerk, by=franek)

    for person in (clerk, husband):
        with pytest.raises(Refused, match="nie załatwia się samemu"):
            actions.issue_desk_code(person, by=celina, moment=NOON)
        with pytest.raises(Refused, match="nie załatwia się samemu"):
            actions.confirm_identity_at_desk(person, how="dowód", by=celina, moment=NOON, account_shown=True)


def test_a_confirmation_given_by_mistake_is_taken_back_and_stays_in_sight(franek, on_paper):
    person = on_paper("Anna", "Kowalska", ANNA_PESEL)
    mistake = actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON)

    actions.revoke_confirmation(mistake, by=franek, moment=NOON + timedelta(hours=1))

    person.refresh_from_db()
    assert rules.identity_level(person) == IdentityLevel.DECLARED
    assert (person.identity_confirmations.count(), person.pesel_seen_at) == (1, None)


def test_a_lost_account_is_parted_and_a_new_one_tied_with_a_code(anna, ewa, franek, declare):
    """`ewa` is here Anna's new account."""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON, account_shown=True)

    actions.detach_account(person, by=franek, moment=NOON)
    declare(ewa, "Anna", "Kowalska", ANNA_PESEL)
    actions.redeem_desk_code(ewa, actions.issue_desk_code(person, by=franek, moment=NOON), moment=NOON)

    assert list(Person.objects.of(ewa)) == [person]
    assert not Person.objects.of(anna)


def test_merging_moves_what_was_given_and_closes_what_may_stand_once(anna, franek, declare, on_paper, house):
    paper, declared = on_paper("Anna", "Kowalska", ANNA_PESEL), declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    for person, source in ((paper, "formularz"), (declared, "portal")):
        actions.give_consent(person, purpose="wiadomosci", channel="email", source=source, moment=NOON)
    actions.give_consent(declared, purpose="wiadomosci", channel="sms", source="portal", moment=NOON)
    actions.ask_about_data(declared, kind="correction", text="Literówka", moment=NOON)

    actions.redeem_desk_code(anna, actions.issue_desk_code(paper, by=franek, moment=NOON), moment=NOON)

    standing = paper.consents.standing().values_list("channel", "source").order_by("channel")
    assert list(standing) == [("email", "formularz"), ("sms", "portal")]
    assert paper.consents.count() == 3
    assert paper.data_requests.count() == 1
    assert not declared.consents.exists()
