"""Who belongs to whom on a family account, who answers for the children, and who may do what for another (R12-R20)."""

from datetime import UTC, date, timedelta

import pytest

from office import files
from office.models import Message, StoredFile
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import care, endings, families
from resident_card.models import (
    Application,
    ApplicationFile,
    CardMedium,
    Family,
    FamilyAct,
    Membership,
    PackageGrant,
    PackageType,
    Photo,
)
from residents.models import Person
from tests.factories import TUESDAY, at, make_person
from tests.resident_card.cast import BASE, grant, make_phone
from tests.resident_card.relatives import joined, make_anna, person_of, with_child

pytestmark = pytest.mark.django_db
ADMINISTRATOR, ADULT, CHILD = Membership.Role.ADMINISTRATOR, Membership.Role.ADULT, Membership.Role.CHILD


@pytest.fixture
def her(anna):
    return make_anna(anna)


@pytest.fixture
def marek(her, make_account):
    """Joined as an adult."""
    return joined(her, make_account("marek@example.com"))


def member_of(person):
    return Membership.objects.standing().get(person=person)


def told(event):
    return list(Message.objects.filter(event=f"resident_card/{event}").values_list("address", flat=True))


def test_a_family_account_appears_with_the_first_person_and_the_applicant_runs_it(her, anna):
    zosia, staś = with_child(her), with_child(her, "Staś")

    again = families.add_child(administrator=her, child=staś, by=anna, moment=TUESDAY)

    family = Family.objects.get()
    assert {families.family_of(one) for one in (her, zosia, staś)} == {family}
    assert family.memberships.count() == 3
    assert again.person == staś
    assert families.guardians_of(zosia) == [her]
    assert families.guardians_of(her) == []


def test_a_child_belongs_to_one_family_account_at_a_time(her, bartek):
    zosia = with_child(her)
    other = person_of(bartek, "Bartek", "Nowak")

    with pytest.raises(Refused, match="innego konta rodzinnego"):
        families.add_child(administrator=other, child=zosia, by=bartek, moment=TUESDAY)

    assert families.guardians_of(zosia) == [her]


def test_who_joined_does_not_add_people(her, marek):
    with pytest.raises(Refused, match="kto je prowadzi"):
        with_child(marek.person, "Ola")


def test_each_act_for_another_adult_is_his_to_read_and_none_for_a_child(her, marek, anna):
    zosia = member_of(with_child(her))

    for member in (marek, zosia):
        care.change_contact(member, phone="+48501502503", mail_address="", by=anna, moment=TUESDAY)

    assert [(act.person, act.actor, act.what) for act in FamilyAct.objects.all()] == [
        (marek.person, her, "zmiana danych: telefon")
    ]
    marek.person.refresh_from_db()
    assert marek.person.phone == "+48501502503"


def test_an_adult_changes_nothing_for_the_administrator_nor_a_stranger_for_anybody(her, marek, ewa):
    person_of(ewa, "Ewa", "Obca")

    for account, member in ((marek.person.account, member_of(her)), (ewa, marek)):
        with pytest.raises(Refused):
            care.change_contact(member, phone="", mail_address="", by=account, moment=TUESDAY)


def test_at_18_the_administrator_may_do_nothing_more_until_they_confirm(her, anna, bartek):
    """R20: to the day."""
    ola = with_child(her, "Ola", date(2008, 11, 24))
    Person.objects.filter(pk=ola.pk).update(account=bartek)
    member = member_of(ola)
    eve = TUESDAY - timedelta(days=1)

    assert rules.may_act_for(her, ola, eve.date())
    assert not rules.may_act_for(her, ola, TUESDAY.date())
    with pytest.raises(Refused):
        families.stay_of_age(member, by=anna, moment=TUESDAY)
    with pytest.raises(Refused):
        families.stay_of_age(member, by=bartek, moment=eve)

    families.stay_of_age(member, by=bartek, moment=TUESDAY)

    assert member_of(ola).role == ADULT
    assert rules.may_act_for(her, ola, TUESDAY.date())


def test_either_side_detaches_at_once_keeps_the_card_and_the_other_is_told(her, marek, anna):
    """R17"""
    phone, given = make_phone(marek.person), grant(marek.person)

    families.detach(marek, by=marek.person.account, moment=TUESDAY)

    assert families.family_of(marek.person) is None
    assert not rules.may_act_for(her, marek.person, TUESDAY.date())
    phone.medium.refresh_from_db()
    assert (phone.medium.status, PackageGrant.objects.get(pk=given.pk).revoked_at) == ("active", None)
    assert told("family_left") == [anna.email]


def test_whom_the_administrator_detaches_is_told(her, marek, anna):
    families.detach(marek, by=anna, moment=TUESDAY)

    assert families.family_of(marek.person) is None
    assert told("family_detached") == ["marek@example.com"]


def test_an_adult_does_not_detach_another_nor_a_minor_themselves(her, marek, bartek):
    ola = with_child(her, "Ola", date(2010, 1, 1))
    Person.objects.filter(pk=ola.pk).update(account=bartek)

    for account in (marek.person.account, bartek):
        with pytest.raises(Refused):
            families.detach(member_of(ola), by=account, moment=TUESDAY)

    assert families.family_of(ola)


def test_the_last_administrator_hands_over_before_leaving_children(her, marek, anna):
    """R18"""
    zosia = with_child(her)

    with pytest.raises(Refused, match="Najpierw przekaż"):
        families.detach(member_of(her), by=anna, moment=TUESDAY)
    families.hand_over(marek, by=anna, moment=TUESDAY)
    families.detach(member_of(her), by=anna, moment=TUESDAY)

    assert families.guardians_of(zosia) == [marek.person]
    assert told("family_handed_over") == ["marek@example.com"]


@pytest.fixture
def left_alone(her, marek, anna):
    """Anna ran the account and left it; Marek and Ewa, both adults, stay with nobody to run it."""
    ewa = families.joined_by_consent(
        families.family_of(marek.person), person_of(None, "Ewa", "Zych", "52030800022", date(1952, 3, 8)), TUESDAY
    )
    Person.objects.filter(pk=ewa.person_id).update(email="ewa.zych@example.com")
    families.detach(member_of(her), by=anna, moment=TUESDAY)
    return marek


def test_a_clerk_gives_adults_whom_nobody_administers_an_administrator_and_all_adults_are_told(left_alone, clerk):
    families.appoint(left_alone, reason="Anna odeszła, zostali sami dorośli", by=clerk, moment=TUESDAY)

    member = member_of(left_alone.person)
    assert (member.role, member.role_reason) == (ADMINISTRATOR, "Anna odeszła, zostali sami dorośli")
    history = Membership.pgh_event_model.objects.filter(pgh_obj=member).order_by("pgh_id")
    assert list(history.values_list("role", "role_reason"))[-1] == (ADMINISTRATOR, "Anna odeszła, zostali sami dorośli")
    assert told("family_handed_over") == ["marek@example.com"]
    assert told("family_appointed") == ["ewa.zych@example.com"]
    assert with_child(left_alone.person)


@pytest.mark.parametrize("case", ["child", "unconfirmed", "somebody runs it", "no right", "left"])
def test_whom_a_clerk_may_not_appoint(left_alone, clerk, ewa, her, case):
    member = left_alone
    if case == "child":
        Membership.objects.filter(pk=member.pk).update(role=CHILD)
    if case == "unconfirmed":
        Membership.objects.filter(pk=member.pk).update(confirmed_at=None)
    if case == "somebody runs it":
        Membership.objects.filter(family=member.family).exclude(pk=member.pk).update(role=ADMINISTRATOR, left_at=None)
    if case == "left":
        Membership.objects.filter(pk=member.pk).update(left_at=TUESDAY)
    before = Membership.objects.filter(role=ADMINISTRATOR, left_at=None).count()

    with pytest.raises(Refused):
        families.appoint(member, reason="tak", by=ewa if case == "no right" else clerk, moment=TUESDAY)

    assert Membership.objects.filter(role=ADMINISTRATOR, left_at=None).count() == before


def test_a_clerk_appoints_nobody_in_their_own_family(left_alone, make_account):
    """R7"""
    clerk = make_account("zofia@pruszcz.example", "Zofia Lis", "Punkt Karty mieszkańca")
    families.joined_by_consent(left_alone.family, person_of(clerk, "Zofia", "Lis", "78091812343", date(1978, 9, 18)), TUESDAY)

    with pytest.raises(Refused, match="Swoich spraw"):
        families.appoint(left_alone, reason="tak", by=clerk, moment=TUESDAY)


def test_erasing_takes_the_reason_away_from_the_row_and_its_history(left_alone, clerk, dpo):
    families.appoint(left_alone, reason="powód z nazwiskiem", by=clerk, moment=TUESDAY)

    endings.forget_owner(left_alone.person, by=dpo, moment=TUESDAY)

    assert not Membership.objects.exclude(role_reason="").exists()
    assert not Membership.pgh_event_model.objects.exclude(role_reason="").exists()


def test_a_child_does_not_take_the_account_over(her, anna):
    ola = with_child(her, "Ola", date(2008, 1, 1))

    with pytest.raises(Refused, match="tylko dorosły"):
        families.hand_over(member_of(ola), by=anna, moment=TUESDAY)


def test_a_clerk_joins_the_accounts_of_a_paper_application(her, clerk, ewa):
    marek = person_of(None, "Marek", "Kowalski")
    ola = make_person(None, "Ola", "Kowalska", born_on=date(2015, 5, 5))

    for person in (marek, ola, ola):
        families.join_on_paper(administrator=her, person=person, by=clerk, moment=TUESDAY)

    assert [(member_of(one).role, bool(member_of(one).confirmed_at)) for one in (marek, ola)] == [(ADULT, True), (CHILD, False)]
    with pytest.raises(Refused):
        families.join_on_paper(administrator=her, person=person_of(ewa, "Ewa", "Obca"), by=ewa, moment=TUESDAY)


def test_death_ends_card_and_packages_the_same_day_and_the_next_adult_runs_the_account(her, marek, clerk):
    """Q20"""
    zosia, phone, given = with_child(her), make_phone(her), grant(her)

    endings.note_death(her, by=clerk, moment=TUESDAY)

    assert CardMedium.objects.get(pk=phone.medium.pk).status == "blocked"
    assert not PackageGrant.objects.effective_on(TUESDAY.date()).filter(pk=given.pk).exists()
    assert families.guardians_of(zosia) == [marek.person]
    assert member_of(marek.person).role == ADMINISTRATOR


def test_a_package_that_ended_yesterday_in_warsaw_is_left_alone_by_a_death_noted_after_midnight(her, clerk):
    """Half past midnight in Warsaw is still yesterday in UTC."""
    ended = grant(her, until=date(2026, 11, 23))

    endings.note_death(her, by=clerk, moment=at(date(2026, 11, 24), 0, 30).astimezone(UTC))

    assert PackageGrant.objects.get(pk=ended.pk).revoked_at is None


def test_a_clerk_closes_nothing_of_their_own_family(her, anna, make_account):
    clerk = make_account("clerk@pruszcz.example", "Halina Lis", "Punkt Karty mieszkańca")
    own = person_of(clerk, "Halina", "Lis", "52030800022")
    families.join_on_paper(
        administrator=her, person=own, by=make_account("x@pruszcz.example", "X", "Punkt Karty mieszkańca"), moment=TUESDAY
    )

    with pytest.raises(Refused, match="Swoich spraw"):
        endings.note_death(her, by=clerk, moment=TUESDAY)


def test_erasing_is_refused_while_minors_would_stay_alone(her, dpo):
    with_child(her)

    with pytest.raises(Refused, match="Najpierw przekaż"):
        endings.forget_owner(her, by=dpo, moment=TUESDAY)


@pytest.fixture
def clerk(make_account):
    return make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca")


def test_erasing_removes_photo_documents_and_words_and_keeps_the_row_of_the_application(her, dpo, make_account):
    """R91: the card's part. Masses are the point's, told by dwelling, and are not touched."""
    phone, given, filed, photo = make_phone(her), grant(her), filed_for(her), photo_of(her)

    endings.forget_owner(her, by=dpo, moment=TUESDAY)

    assert not StoredFile.objects.exists()
    assert not type(photo).objects.filter(pk=photo.pk).exists()
    filed.refresh_from_db()
    assert (filed.status, filed.details, filed.mark) == ("withdrawn", {}, "KM/1/2026")
    assert not Application.pgh_event_model.objects.filter(pgh_obj=filed.pk).exists()
    assert CardMedium.objects.get(pk=phone.medium.pk).status == "blocked"
    assert PackageGrant.objects.get(pk=given.pk).revoked_at == TUESDAY


@pytest.fixture
def dpo(make_account):
    return make_account("ida@pruszcz.example", "Ida Sowa", "Inspektor ochrony danych")


def filed_for(person):
    package = PackageType.objects.get(code=BASE)
    made = Application.objects.create(
        package=package, applicant=person, person=person, details={"osoba": {"phone": "1"}}, status="submitted", mark="KM/1/2026",
        started_at=TUESDAY, saved_at=TUESDAY, submitted_at=TUESDAY,
    )  # fmt: skip
    ApplicationFile.objects.create(application=made, basis="tax", file=files.store_own(b"%PDF", name="pit.pdf"))
    return made


def photo_of(person):
    stored = files.store_own(b"\xff\xd8", name="twarz.jpg", media_type="image/jpeg")
    return Photo.objects.create(person=person, file=stored, sent_at=TUESDAY)
