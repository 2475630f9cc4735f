"""Two at the same moment on one family account, on real connections. Beside each race a control that goes red without its guard."""

import threading
from datetime import date
from functools import partial

import pytest
from django.db import transaction

from office.models import Message
from resident_card.actions import families, invitations
from resident_card.models import Family, Invitation, Membership
from residents.models import Person
from tests.factories import at
from tests.races import at_once
from tests.resident_card.relatives import MAREK, MAREKS_ADDRESS, invited, joined, make_anna, person_of, with_child

pytestmark = pytest.mark.django_db(transaction=True)
tried_at_once = partial(at_once, refused=lambda refusal: None)  # what each came to, None for a refusal
ROUNDS = 12
LAST_MINUTE, TOO_LATE = at(date(2026, 12, 24), 23, 59), at(date(2026, 12, 25), 0, 0)


@pytest.fixture
def her(anna):
    return make_anna(anna)


@pytest.fixture
def marek(make_account):
    return make_account(MAREKS_ADDRESS)


def left_by(sent):
    """What the race left: who joined, whose data are still here."""
    sent.refresh_from_db()
    return (
        sent.status,
        Membership.objects.filter(role="adult").count(),
        Person.objects.filter(account=None, merged_into=None).count(),
    )


def test_of_a_click_on_the_last_day_and_the_nightly_removal_exactly_one_succeeds(her, marek):
    """R80: either Marek is a member and nobody was told otherwise, or nothing of the invitation is left. No half account."""
    own = person_of(marek, "Marek", "Kowalski", MAREK)
    for _round in range(ROUNDS):
        sent, _secret = invited(her)

        joined_as, expired = tried_at_once(
            lambda sent=sent: invitations.confirm(sent, by=marek, moment=LAST_MINUTE),
            lambda: invitations.expire_all(moment=TOO_LATE),
        )

        assert bool(joined_as) != bool(expired)
        told = Message.objects.filter(event="resident_card/family_expired").count()
        assert left_by(sent) == (("confirmed", 1, 0) if joined_as else ("expired", 0, 0))
        assert told == (0 if joined_as else 1)
        Membership.objects.filter(person=own).delete()
        Message.objects.all().delete()


def test_control_without_the_lock_and_the_move_both_succeed(her, marek):
    """R80 control: each looks at the invitation before the other writes, and both believe that it is theirs."""
    person_of(marek, "Marek", "Kowalski", MAREK)
    sent, _secret = invited(her)
    meet = threading.Barrier(2)

    def blindly(then):
        with transaction.atomic():
            is_open = Invitation.objects.filter(pk=sent.pk, status="sent").exists()
            meet.wait(30)
            if is_open:
                then()
            return is_open

    own = Person.objects.of(marek).get()
    came = tried_at_once(
        lambda: blindly(lambda: families.joined_by_consent(sent.family, own, LAST_MINUTE)),
        lambda: blindly(lambda: Invitation.objects.filter(pk=sent.pk).update(status="expired", person=None)),
    )

    assert came == [True, True]
    assert left_by(sent)[:2] == ("expired", 1)


def test_one_link_confirmed_in_two_windows_makes_one_member(her, marek):
    person_of(marek, "Marek", "Kowalski", MAREK)
    for _round in range(ROUNDS):
        sent, _secret = invited(her)

        came = tried_at_once(*[lambda sent=sent: invitations.confirm(sent, by=marek, moment=LAST_MINUTE)] * 2)

        assert sum(bool(one) for one in came) == 1
        assert left_by(sent) == ("confirmed", 1, 0)
        Membership.objects.filter(role="adult").delete()


def test_two_administrators_who_leave_at_once_do_not_leave_a_child_alone(her, marek, anna):
    """R18: the family is locked, so the second sees that the first has gone."""
    zosia = with_child(her)
    for _round in range(ROUNDS):
        member = joined(her, marek)
        Membership.objects.filter(pk=member.pk).update(role="administrator")
        hers = Membership.objects.standing().get(person=her)

        tried_at_once(
            lambda hers=hers: families.detach(hers, by=anna, moment=LAST_MINUTE) or True,
            lambda member=member: families.detach(member, by=marek, moment=LAST_MINUTE) or True,
        )

        assert len(families.guardians_of(zosia)) == 1
        Membership.objects.filter(pk=hers.pk).update(left_at=None, role="administrator")
        Membership.objects.filter(pk=member.pk).delete()


def test_control_without_the_lock_both_administrators_leave(her, marek):
    zosia = with_child(her)
    member = joined(her, marek)
    Membership.objects.filter(pk=member.pk).update(role="administrator")
    meet = threading.Barrier(2)

    def blindly(pk):
        with transaction.atomic():
            one = Membership.objects.select_related("person").get(pk=pk)
            families._guard_last(one, LAST_MINUTE)
            meet.wait(30)
            families._end(one, LAST_MINUTE)

    tried_at_once(*[lambda pk=pk: blindly(pk) for pk in (Membership.objects.get(person=her).pk, member.pk)])

    assert families.guardians_of(zosia) == []


def test_two_children_added_at_once_make_one_family_account(her, anna):
    children = [person_of(None, name, "Kowalska", born_on=date(2016, 3, 1)) for name in ("Ola", "Zosia")]

    tried_at_once(
        *[
            lambda child=child: families.add_child(administrator=her, child=child, by=anna, moment=LAST_MINUTE)
            for child in children
        ]
    )

    assert (Family.objects.count(), Membership.objects.standing().count()) == (1, 3)


def left_to_two(her, anna, marek):
    """Marek and Cezary stay on the account that Anna left; nobody administers it."""
    first = joined(her, marek)
    second = families.joined_by_consent(first.family, person_of(None, "Cezary", "Lipski", "78091812343"), at(date(2026, 11, 24)))
    families.detach(Membership.objects.standing().get(person=her), by=anna, moment=at(date(2026, 11, 24)))
    return first, second


def test_two_clerks_who_appoint_at_once_leave_one_administrator(her, anna, marek, make_account):
    """R18"""
    clerk = make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca")
    both = left_to_two(her, anna, marek)

    tried_at_once(
        *(partial(families.appoint, member, reason="tak", by=clerk, moment=at(date(2026, 11, 24))) for member in both * 4)
    )

    assert Membership.objects.standing().filter(role="administrator").count() == 1


def test_control_without_the_lock_both_would_administer(her, anna, marek, make_account, monkeypatch):
    clerk = make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca")
    both = left_to_two(her, anna, marek)
    gate = threading.Barrier(8)
    monkeypatch.setattr(
        families, "_locked", lambda member: Membership.objects.select_related("person__account", "family").get(pk=member.pk)
    )
    monkeypatch.setattr(families, "may_administer", lambda member, day: gate.wait(30) is not None)

    tried_at_once(
        *(partial(families.appoint, member, reason="tak", by=clerk, moment=at(date(2026, 11, 24))) for member in both * 4)
    )

    assert Membership.objects.standing().filter(role="administrator").count() == 2
