"""Hanna decides: never her own, with every paper and the photo looked at, exactly once (R4-R9, R23, R24, R26, R27, R79)."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from office.models import Message, RetentionPeriod, ScanState, StoredFile
from office.retention import run
from office.transitions import Refused, StaleStatus
from pruszcz_portal import roles
from resident_card.actions import applying, paper, reviewing
from resident_card.models import Application, CardMedium, PackageGrant, PackageType, Photo, PlasticOrder
from resident_card.removals import REMOVALS
from resident_card.statuses import ApplicationStatus, PhotoStatus
from residents.models import HouseholdMember, Person, ResidencyProof
from tests.conftest import make_user
from tests.factories import TUESDAY, at, live_together, make_person
from tests.resident_card import applicants
from tests.resident_card.cast import BASE, make_packages

TODAY = localdate(TUESDAY)
TICKED = dict.fromkeys(Photo.Rule.values, True)


@pytest.fixture
def hanna(db):
    return make_user("hanna@pruszcz.example", "Hanna Mazur", roles.CARD_DESK)


@pytest.fixture
def kowalska(anna):
    make_packages()
    return make_person(anna, born_on=applicants.BORN)


def taken(applicant, clerk, answers=None, **kwargs):
    return reviewing.take(applicants.sent(applicant, answers, **kwargs), by=clerk, moment=TUESDAY)


def looked_at(applicant, clerk, answers=None, **kwargs):
    found = taken(applicant, clerk, answers, **kwargs)
    return reviewing.accept_photo(found, **TICKED, by=clerk, moment=TUESDAY)


def approved(applicant, clerk, answers=None, **kwargs):
    return reviewing.approve(looked_at(applicant, clerk, answers, **kwargs), by=clerk, moment=TUESDAY)


# Approving


def test_approving_the_base_gives_a_home_a_proof_one_card_and_one_grant(kowalska, hanna):
    """R8"""
    done = approved(kowalska, hanna)

    home = HouseholdMember.objects.get(person=kowalska)
    proof = ResidencyProof.objects.get(person=kowalska)
    assert (str(home.household.dwelling), home.since) == ("Batorego 12 m. 3", TODAY)
    assert (proof.valid_from, proof.valid_to, "zameldowanie na pobyt stały" in proof.basis) == (TODAY, None, True)
    assert CardMedium.objects.get(person=kowalska).status == "active"
    codes = PackageGrant.objects.filter(person=kowalska).values_list("package__code", flat=True)
    assert sorted(codes) == ["gpszok", "mieszkanca"]
    assert (done.bases.get().confirmed_by, done.bases.get().confirmed_on) == (hanna.subject, TODAY)
    assert Message.objects.filter(event="resident_card/application_approved").count() == 1


def test_approving_twice_is_approving_once(kowalska, hanna):
    """R8, R79"""
    done = approved(kowalska, hanna)

    with pytest.raises(StaleStatus, match="Ktoś był szybszy"):
        reviewing.approve(done, by=hanna, moment=TUESDAY)

    assert (CardMedium.objects.count(), PackageGrant.objects.filter(package__is_base=True).count()) == (1, 1)
    assert (ResidencyProof.objects.count(), HouseholdMember.objects.count()) == (1, 1)


def test_who_lives_there_already_goes_on_living_there(kowalska, hanna):
    applicants.make_street()
    from residents.actions import dwelling_at, join_household
    from residents.models import AddressPoint

    home = dwelling_at(AddressPoint.objects.at("Batorego", "12").get(), "3")
    join_household(kowalska, home, since=date(2020, 1, 1), by=hanna)

    approved(kowalska, hanna)

    assert HouseholdMember.objects.get(person=kowalska).since == date(2020, 1, 1)


def test_a_plastic_card_asked_for_goes_to_print_with_the_approval(kowalska, hanna):
    """R28: the first one is free."""
    draft = applicants.filled(kowalska)
    applying.save_step(draft, "karta", {"wants_plastic": "yes"}, revision=draft.revision, by=kowalska.account, moment=TUESDAY)

    approved(kowalska, hanna)

    ordered = PlasticOrder.objects.get(medium__person=kowalska)
    assert (ordered.reason, ordered.payment, ordered.medium.status) == ("first", None, "ordered")


def test_a_proof_that_rests_on_a_tax_return_ends_with_the_grant(kowalska, hanna):
    """Q4"""
    approved(kowalska, hanna, applicants.TAX)

    assert ResidencyProof.objects.get().valid_to == PackageGrant.objects.get(package__is_base=True).valid_to == date(2027, 5, 31)


def test_a_temporary_registration_bounds_grant_and_proof(kowalska, hanna):
    """Q4"""
    answers = {
        "podstawa": {"kind": "registered_for_a_time"},
        "zameldowanie": {"valid_from": "2026-09-01", "valid_to": "2027-01-31"},
    }

    approved(kowalska, hanna, answers)

    assert ResidencyProof.objects.get().valid_to == PackageGrant.objects.get(package__is_base=True).valid_to == date(2027, 1, 31)


def a_child(parent, born):
    draft = applicants.begun(parent, person=None)
    answers = {"has_no_pesel": True, "born_on": born}
    names = {"first_name": "Zosia", "last_name": "Kowalska"}
    return applying.save_child(draft, answers, pesel="", **names, revision=0, by=parent.account, moment=TUESDAY).person


def test_a_child_comes_home_beside_its_parent_and_below_the_cards_age_has_no_card(kowalska, hanna):
    """R9"""
    approved(kowalska, hanna)
    small, big = a_child(kowalska, "2021-05-05"), None
    reviewing.approve(taken(kowalska, hanna, person=small), by=hanna, moment=TUESDAY)
    big = a_child(kowalska, "2014-05-05")
    approved(kowalska, hanna, person=big)

    assert HouseholdMember.objects.values("household").distinct().count() == 1
    assert not CardMedium.objects.filter(person=small).exists()
    assert not PackageGrant.objects.filter(person=small).exists()
    assert CardMedium.objects.filter(person=big, status="active").count() == 1
    assert sorted(PackageGrant.objects.filter(person=big).values_list("package__code", flat=True)) == ["mieszkanca"]


def test_a_childs_card_waits_for_its_parents(kowalska, hanna):
    applicants.sent(kowalska)
    child = a_child(kowalska, "2014-05-05")
    looked = looked_at(kowalska, hanna, person=child)

    with pytest.raises(Refused, match="Najpierw rozpatrz wniosek osoby"):
        reviewing.approve(looked, by=hanna, moment=TUESDAY)

    assert not CardMedium.objects.exists()
    assert Application.objects.get(pk=looked.pk).status == ApplicationStatus.IN_REVIEW


def test_a_pupils_rides_rest_on_the_school_card(kowalska, hanna):
    """R36"""
    approved(kowalska, hanna)
    child = a_child(kowalska, "2014-05-05")
    approved(kowalska, hanna, person=child)

    rides = taken(kowalska, hanna, {"legitymacja": {"valid_to": "2027-09-30"}}, code="przejazdow", person=child)
    reviewing.approve(rides, by=hanna, moment=TUESDAY)

    assert PackageGrant.objects.get(person=child, package__code="przejazdow").valid_to == date(2027, 10, 31)


def test_a_large_family_of_three_children_all_get_its_package(kowalska, hanna):
    """R38"""
    approved(kowalska, hanna)
    children = [a_child(kowalska, born) for born in ("2014-05-05",)]
    approved(kowalska, hanna, person=children[0])
    draft = applicants.filled(kowalska, {"rodzina": {"is_foster": False}}, code="duzej-rodziny")
    sent = applying.submit(draft, by=kowalska.account, key=uuid.uuid4(), revision=draft.revision, moment=TUESDAY)
    asked = reviewing.take(sent, by=hanna, moment=TUESDAY)
    with pytest.raises(Refused, match="nie spełnia warunku"):
        reviewing.approve(asked, by=hanna, moment=TUESDAY)

    for born in ("2021-05-05", "2023-05-05"):
        small = a_child(kowalska, born)
        reviewing.approve(taken(kowalska, hanna, person=small), by=hanna, moment=TUESDAY)
    reviewing.approve(asked, by=hanna, moment=TUESDAY)

    given = PackageGrant.objects.filter(package__code="duzej-rodziny").values_list("person", flat=True)
    assert set(given) == {kowalska.pk, children[0].pk}  # the small ones use their parent's


# The photo and the papers


def test_no_card_without_an_accepted_photo(kowalska, hanna):
    """R23"""
    found = taken(kowalska, hanna)

    with pytest.raises(Refused, match="Najpierw sprawdź zdjęcie"):
        reviewing.approve(found, by=hanna, moment=TUESDAY)
    with pytest.raises(Refused, match="wszystkie pięć"):
        reviewing.accept_photo(found, **{**TICKED, "light": False}, by=hanna, moment=TUESDAY)


def test_a_refused_photo_names_its_rule_and_only_it_is_replaced(kowalska, hanna, anna):
    """R24, R6"""
    found = reviewing.refuse_photo(taken(kowalska, hanna, applicants.TAX), failed_rule="light", by=hanna, moment=TUESDAY)
    reviewing.ask_correction(found, reason="Prosimy o jaśniejsze zdjęcie.", flaws={}, by=hanna, moment=TUESDAY)
    good = found.files.get()

    with pytest.raises(Refused, match="nie trzeba zmieniać"):
        applying.replace_document(good, applicants.paper(), by=anna, moment=TUESDAY)
    with pytest.raises(Refused, match="wymień wszystko"):
        applying.send_again(found, by=anna, moment=TUESDAY)
    applying.send_photo(found, applicants.picture(), by=anna, moment=TUESDAY)
    again = applying.send_again(found, by=anna, moment=TUESDAY)

    assert (again.status, again.correction) == (ApplicationStatus.SUBMITTED, "")
    assert [photo.status for photo in kowalska.card_photos.order_by("status")] == ["pending", "refused"]


def test_a_flagged_paper_is_replaced_and_the_reason_is_told_by_a_link(kowalska, hanna, anna):
    """R6: the letter says that something is to be corrected; what and why stands behind the sign-in (S42)."""
    found = taken(kowalska, hanna, applicants.TAX)
    flagged = found.files.get()
    reviewing.ask_correction(
        found, reason="Nie widać pieczęci.", flaws={flagged.pk: "ucięty dół strony"}, by=hanna, moment=TUESDAY
    )
    old = flagged.file_id

    applying.replace_document(flagged, applicants.paper("caly.pdf"), by=anna, moment=TUESDAY)
    applying.send_again(found, by=anna, moment=TUESDAY)

    flagged.refresh_from_db()
    assert (flagged.file.name, flagged.flaw) == ("caly.pdf", "")
    assert not StoredFile.objects.filter(pk=old).exists()
    letter = Message.objects.get(event="resident_card/application_correction")
    assert "pieczęci" not in letter.text
    assert str(found.pk) in letter.text


def test_a_paper_that_nobody_has_shown_may_be_asked_for(kowalska, hanna, anna):
    found = taken(kowalska, hanna)
    with pytest.raises(Refused, match="Wskaż dokument"):
        reviewing.ask_correction(found, reason="Coś nie tak", flaws={}, by=hanna, moment=TUESDAY)

    reviewing.ask_correction(found, reason="Rejestr nie zna adresu.", flaws={}, lacking="tax", by=hanna, moment=TUESDAY)
    applying.replace_document(found.files.get(), applicants.paper(), by=anna, moment=TUESDAY)

    assert applying.send_again(found, by=anna, moment=TUESDAY).due_on == date(2026, 12, 1)


def test_what_the_scanner_has_not_passed_nobody_approves(kowalska, hanna):
    """S52"""
    found = looked_at(kowalska, hanna, applicants.TAX)
    StoredFile.objects.update(scan_state=ScanState.PENDING)

    with pytest.raises(Refused, match="antywirusowe"):
        reviewing.approve(found, by=hanna, moment=TUESDAY)


# Whose


def test_a_clerk_decides_neither_their_own_nor_their_familys_nor_their_households(anna, hanna, kowalska, bartek):
    """R7"""
    own = make_person(hanna, "Hanna", "Mazur", born_on=date(1980, 1, 1))
    live_together(own, kowalska)
    found = applicants.sent(kowalska)

    for verb in (reviewing.take, lambda one, **who: reviewing.reject(one, reason="x", **who), reviewing.approve):
        with pytest.raises(Refused, match="nie rozpatruje się samemu"):
            verb(found, by=hanna, moment=TUESDAY)


def test_family_of_another_address_is_family_too(hanna, kowalska):
    """R7"""
    from resident_card.actions.families import add_child

    own = make_person(hanna, "Hanna", "Mazur", born_on=date(1980, 1, 1))
    child = make_person(None, "Ola", "Mazur", born_on=date(2014, 1, 1))
    add_child(administrator=own, child=child, by=hanna, moment=TUESDAY)
    found = applicants.sent(kowalska)
    Application.objects.filter(pk=found.pk).update(person=child)

    with pytest.raises(Refused, match="nie rozpatruje się samemu"):
        reviewing.take(found, by=hanna, moment=TUESDAY)


# Turned down


def test_a_rejection_says_why_and_a_new_application_may_follow(kowalska, hanna):
    found = taken(kowalska, hanna)
    with pytest.raises(Refused, match="Napisz, dlaczego"):
        reviewing.reject(found, reason=" ", by=hanna, moment=TUESDAY)

    done = reviewing.reject(found, reason="Adres jest poza miastem.", by=hanna, moment=TUESDAY)

    assert (done.status, done.decision_reason) == (ApplicationStatus.REJECTED, "Adres jest poza miastem.")
    assert not Photo.objects.exists()
    assert applicants.begun(kowalska).pk != done.pk


# Paper


def on_paper(clerk, details=None, **fields):
    applicants.make_street()
    make_packages()
    person = {"first_name": "Jan", "last_name": "Wilk", "pesel": applicants.PESEL, "born_on": applicants.BORN}
    given = {
        **applicants.REGISTERED, "adres": {"street": "Batorego", "number": "12", "flat": "2"}, "dane": {"has_no_pesel": False},
        **(details or {}),
    }  # fmt: skip
    fields = {"photo": applicants.picture(), "seen": True, "registry_number": "RSO.123.2026", **fields}
    entered = paper.enter(PackageType.objects.get(code=BASE), person=person, details=given, **fields, by=clerk, moment=TUESDAY)
    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    return entered


def test_paper_is_entered_with_its_number_and_originals_are_only_seen(hanna):
    """R27"""
    entered = on_paper(hanna, applicants.TAX)

    assert (entered.mark, entered.registry_number, entered.status) == ("KM/1/2026", "RSO.123.2026", ApplicationStatus.SUBMITTED)
    assert entered.bases.get().seen_in_original
    assert entered.files.count() == 0
    found = reviewing.take(entered, by=hanna, moment=TUESDAY)
    reviewing.accept_photo(found, **TICKED, by=hanna, moment=TUESDAY)
    reviewing.approve(found, by=hanna, moment=TUESDAY)
    assert CardMedium.objects.filter(person=entered.person).count() == 1
    assert not Message.objects.exists()  # nobody's address is known


def test_a_paper_of_somebody_who_applied_already_is_refused(hanna):
    """R5"""
    on_paper(hanna)

    with pytest.raises(Refused, match="ma już wniosek KM/1/2026"):
        on_paper(hanna)
    assert Person.objects.filter(last_name="Wilk").count() == 1


def test_a_tax_return_that_was_neither_seen_nor_sent_is_not_approved(hanna):
    found = reviewing.take(on_paper(hanna, applicants.TAX, seen=False), by=hanna, moment=TUESDAY)
    reviewing.accept_photo(found, **TICKED, by=hanna, moment=TUESDAY)

    with pytest.raises(Refused, match="Brakuje dokumentu"):
        reviewing.approve(found, by=hanna, moment=TUESDAY)
    reviewing.record_original(found, bases=["tax"], by=hanna, moment=TUESDAY)
    assert reviewing.approve(found, by=hanna, moment=TUESDAY).status == ApplicationStatus.APPROVED


# Keeping


def periods(days):
    for kind in ("card_draft", "card_document", "card_refused_photo", "card_application", "card_redemption"):
        RetentionPeriod.objects.update_or_create(kind=kind, valid_from=date(2026, 1, 1), defaults={"days": days, "source": "-"})


def test_papers_go_thirty_days_after_the_decision_and_the_facts_stay(kowalska, hanna):
    """R26"""
    periods(30)
    done = approved(kowalska, hanna, applicants.TAX)
    run(REMOVALS, moment=TUESDAY + timedelta(days=30))
    assert done.files.get().file is not None

    run(REMOVALS, moment=TUESDAY + timedelta(days=31))

    attached, basis = done.files.get(), done.bases.get()
    assert (attached.file, attached.deleted_on is not None) == (None, True)
    assert (basis.kind, basis.tax_year, basis.confirmed_by) == ("tax", 2025, hanna.subject)
    assert list(StoredFile.objects.values_list("card_photo__status", flat=True)) == [PhotoStatus.ACCEPTED]


def test_an_application_goes_when_its_package_is_over_and_its_period_too(kowalska, hanna):
    """L22: with its history; while a package that it gave still works, it stays."""
    periods(30)
    done = approved(kowalska, hanna, applicants.TAX)
    last = done.grants.get().valid_to
    given = PackageGrant.objects.get(application=done)

    run(REMOVALS, moment=at(last, 12))
    assert Application.objects.filter(pk=done.pk).exists()
    run(REMOVALS, moment=at(last + timedelta(days=60), 12))

    assert not Application.objects.exists() and not Application.pgh_event_model.objects.exists()
    given.refresh_from_db()
    assert (given.application, given.valid_to) == (None, last)


def test_a_stale_draft_goes_with_its_files_and_a_sent_one_stays(kowalska, hanna):
    periods(30)
    draft = applicants.filled(kowalska, applicants.TAX)
    run(REMOVALS, moment=TUESDAY + timedelta(days=30))
    assert Application.objects.filter(pk=draft.pk).exists()

    run(REMOVALS, moment=TUESDAY + timedelta(days=31))

    assert not Application.objects.exists()
    assert not StoredFile.objects.exists()
