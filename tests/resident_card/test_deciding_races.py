"""Two clerks and two tabs at one moment, on real connections. Each race stands beside a control that goes red without its guard (R5, R8, R79)."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from pruszcz_portal import roles
from resident_card.actions import applying, reviewing
from resident_card.models import Application, CardMedium, PackageGrant, PackageType, Photo
from resident_card.statuses import LIVE, ApplicationStatus
from residents.models import ResidencyProof
from tests.conftest import make_user
from tests.factories import TUESDAY, make_person
from tests.races import done_at_once
from tests.resident_card import applicants
from tests.resident_card.cast import BASE, make_packages

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def clerks(transactional_db):
    return [make_user(f"{name}@pruszcz.example", name.capitalize(), roles.CARD_DESK) for name in ("hanna", "halina")]


def ready(number, clerk):
    """An application under review with an accepted photo, each of its own person in a flat of their own."""
    make_packages()
    account = make_user(f"r{number}@example.com")
    person = make_person(account, f"Osoba{number}", born_on=date(1985, 4, 15))
    found = reviewing.take(applicants.sent(person), by=clerk, moment=TUESDAY)
    reviewing.accept_photo(found, **dict.fromkeys(Photo.Rule.values, True), by=clerk, moment=TUESDAY)
    return found


def test_an_application_accepted_by_two_clerks_at_once_is_accepted_once(clerks):
    """R8, R79"""
    for number in range(ROUNDS):
        found = ready(number, clerks[0])

        came = done_at_once(*(lambda who=who, one=found: reviewing.approve(one, by=who, moment=TUESDAY) for who in clerks))

        assert came.count(True) == 1
        assert "Ktoś był szybszy: wniosek" in next(words for words in came if words is not True)
        assert CardMedium.objects.filter(person=found.person, status="active").count() == 1
        assert PackageGrant.objects.filter(person=found.person, package__is_base=True).count() == 1
        assert ResidencyProof.objects.filter(person=found.person).count() == 1


def test_accepting_and_rejecting_at_once_do_not_both_win(clerks):
    """R79"""
    for number in range(ROUNDS):
        found = ready(number, clerks[0])

        came = done_at_once(
            lambda one=found: reviewing.approve(one, by=clerks[0], moment=TUESDAY),
            lambda one=found: reviewing.reject(one, reason="Poza miastem", by=clerks[1], moment=TUESDAY),
        )

        found.refresh_from_db()
        has_card = CardMedium.objects.filter(person=found.person).exists()
        assert came.count(True) == 1
        assert has_card == (found.status == ApplicationStatus.APPROVED) == (came[0] is True)


def test_control_without_lock_and_conditional_move_both_clerks_decide(clerks):
    found = ready(1, clerks[0])
    meet = threading.Barrier(2)

    def decide(clerk):
        with transaction.atomic():
            seen = Application.objects.get(pk=found.pk)
            meet.wait(30)
            assert seen.status == ApplicationStatus.IN_REVIEW
            Application.objects.filter(pk=found.pk).update(status=ApplicationStatus.APPROVED)
            ResidencyProof.objects.create(person=seen.person, basis="-", granted_by=clerk.subject, valid_from=localdate(TUESDAY))

    came = done_at_once(*(lambda who=who: decide(who) for who in clerks))

    assert came == [True, True]
    assert ResidencyProof.objects.filter(person=found.person).count() == 2


def test_two_tabs_begin_one_application(transactional_db):
    """R5"""
    make_packages()
    package = PackageType.objects.get(code=BASE)
    for number in range(ROUNDS):
        person = make_person(make_user(f"t{number}@example.com"), born_on=date(1985, 4, 15))

        came = done_at_once(*[lambda one=person: applying.open_draft(one, package, person=one, moment=TUESDAY)] * 2)

        assert came == [True, True]
        assert Application.objects.filter(person=person, status__in=LIVE).count() == 1


def test_control_without_the_one_live_application_two_tabs_begin_two(transactional_db):
    make_packages()
    package = PackageType.objects.get(code=BASE)
    person = make_person(make_user("t@example.com"), born_on=date(1985, 4, 15))
    meet = threading.Barrier(2)
    fields = {"package": package, "person": person, "applicant": person, "started_at": TUESDAY, "saved_at": TUESDAY}

    def begin():
        with transaction.atomic():
            assert not Application.objects.filter(person=person).exists()
            meet.wait(30)
            Application.objects.create(**fields)

    with pytest.raises(IntegrityError):
        done_at_once(begin, begin)
    Application.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("drop index resident_card_one_live_application")
    try:
        assert done_at_once(begin, begin) == [True, True]
        assert Application.objects.filter(person=person).count() == 2
    finally:
        Application.objects.all().delete()
        with connection.cursor() as cursor:
            live = ", ".join(f"'{status}'" for status in LIVE)
            cursor.execute(
                "create unique index resident_card_one_live_application on resident_card_application (person_id, package_id) "
                f"where status in ({live})"
            )
