"""The supervisor's desk: rules with dates ahead, no two that contradict, disputes, the report and its files."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from office.models import PersonalDataRead
from pruszcz_portal import roles
from pszok.actions import disputes
from pszok.models import (
    Dispute,
    Fraction,
    GateOperator,
    LimitRule,
    OpeningHours,
    OutboundTransfer,
    Point,
    QuotaBalance,
    VisitLine,
    WasteCode,
    WasteItem,
    YearlyReport,
)
from pszok.statuses import DisputeStatus
from tests.factories import TUESDAY, live_together, make_person
from tests.pszok.cast import hand_in, line, make_gate, make_point
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk(client, sign_in, make_account):
    make_point()
    return sign_in(client, make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR))


def limit(fractions, **fields):
    typed = {
        "name": "Czysty gruz", "fractions": [Fraction.objects.get(code=code).pk for code in fractions], "measure": "kg",
        "amount": 1000, "period_years": 1, "valid_from": localdate() + 30 * DAY, "source": "uchwała próbna",
    }  # fmt: skip
    return {**typed, **fields}


ADD_LIMIT = "admin:pszok_limitrule_add"


def test_a_limit_begins_tomorrow_at_the_earliest(desk):
    answer = desk.post(reverse(ADD_LIMIT), limit(["opony"], valid_from=localdate()))

    assert "najwcześniej od jutra" in answer.content.decode()
    assert not LimitRule.objects.filter(source="uchwała próbna").exists()


def test_two_limits_of_the_same_fractions_and_measure_do_not_hold_on_one_day(desk):
    against = desk.post(reverse(ADD_LIMIT), limit(["gruz"]))
    ended = LimitRule.objects.get(name="Czysty gruz")
    desk.post(reverse("admin:pszok_limitrule_change", args=[ended.pk]), {"valid_to": localdate() + 29 * DAY})
    after_its_end = desk.post(reverse(ADD_LIMIT), limit(["gruz"]))

    assert "mają już limit w tej mierze" in against.content.decode()
    assert after_its_end.status_code == 302
    assert LimitRule.objects.valid_on(localdate() + 30 * DAY).get(name="Czysty gruz").amount == 1000


def test_a_group_limit_beside_a_limit_of_one_of_its_fractions_is_no_contradiction(desk):
    answer = desk.post(reverse(ADD_LIMIT), limit(["gruz", "budowlane"], name="Razem"))

    assert answer.status_code == 302


def test_of_a_limit_that_holds_only_the_end_moves_and_never_into_the_past(desk):
    rule = LimitRule.objects.get(name="Czysty gruz")
    address = reverse("admin:pszok_limitrule_change", args=[rule.pk])

    desk.post(address, {"valid_to": localdate() + DAY, "amount": 5, "name": "Inny"})
    rule.refresh_from_db()
    past = desk.post(address, {"valid_to": localdate() - DAY})

    assert (rule.amount, rule.name, rule.valid_to) == (2000, "Czysty gruz", localdate() + DAY)
    assert "nie może być z przeszłości" in past.content.decode()


def test_hours_of_one_weekday_do_not_overlap(desk):
    typed = {
        "point": Point.objects.get().pk, "weekday": 1, "opens": "16:00", "closes": "19:00", "valid_from": localdate() + DAY,
        "source": "ogłoszenie",
    }  # fmt: skip

    over = desk.post(reverse("admin:pszok_openinghours_add"), typed)
    beside = desk.post(reverse("admin:pszok_openinghours_add"), {**typed, "opens": "17:00"})

    assert "się z tymi nakładają" in over.content.decode()
    assert beside.status_code == 302
    assert OpeningHours.objects.filter(weekday=1, opens=time(17)).exists()


def test_a_code_is_hazardous_always_or_never(desk):
    typed = {
        "code": "20 01 23", "name": "Urządzenia", "fraction": Fraction.objects.get(code="elektro").pk,
        "valid_from": localdate() + DAY, "source": "katalog",
    }  # fmt: skip

    answer = desk.post(reverse("admin:pszok_wastecode_add"), typed)

    assert "zawsze albo nigdy" in answer.content.decode()
    assert WasteCode.objects.filter(code="200123").count() == 1


@pytest.mark.parametrize("code", ["17O1O7", "17 01", "١٧٠١٠٧"])
def test_a_code_that_is_none_is_not_taken(desk, code):
    answer = desk.post(reverse("admin:pszok_wastecode_add"), {"code": code})

    assert "Kod ma sześć cyfr" in answer.content.decode()


def test_a_new_thing_is_found_at_once(desk, client):
    bulky = Fraction.objects.get(code="gabaryty")
    desk.post(reverse("admin:pszok_wasteitem_add"), {"name": "Hamak", "synonyms": "leżanka wisząca", "fraction": bulky.pk})

    page = client.get(reverse("pszok:home"), {"co": "lezanka wiszaca"}).content.decode()

    assert WasteItem.objects.get(name="Hamak").search == "hamak, lezanka wiszaca"
    assert "Hamak" in page


def test_a_load_is_entered_and_taken_back_with_a_reason(desk):
    typed = {
        "point": Point.objects.get().pk, "day": date(2026, 11, 2), "code": WasteCode.objects.get(code="170107").pk, "kg": 12000,
        "recipient": "Zakład", "recipient_address": "Gdańsk", "process": "r5", "note_number": "KPO/1",
    }  # fmt: skip
    desk.post(reverse("admin:pszok_outboundtransfer_add"), typed)
    load = OutboundTransfer.objects.get()

    desk.post(reverse("admin:pszok_outboundtransfer_verb", args=[load.pk, "cancel_transfer"]), {"reason": "zła masa", "seen": ""})

    load.refresh_from_db()
    assert (load.process, load.cancelled_reason, load.entered_by is not None) == ("R5", "zła masa", True)


@pytest.fixture
def dispute(desk, anna):
    person = make_person(anna, "Anna", born_on=date(1985, 4, 15))
    live_together(person)
    visit = hand_in(make_holder(person), make_gate(), line("gruz", kg=340))
    return disputes.open_dispute(visit, person=person, text="Było 34 kg.", by=anna, moment=TUESDAY)


def test_a_dispute_is_upheld_with_the_correction_in_one_step_and_the_balance_follows(desk, dispute):
    rubble = VisitLine.objects.get(visit=dispute.visit)
    address = reverse("admin:pszok_dispute_verb", args=[dispute.pk, "uphold_with_correction"])

    desk.post(address, {"line": rubble.pk, "kg": 34, "answer": "Racja, poprawione.", "seen": "open"})

    dispute.refresh_from_db()
    assert dispute.status == DisputeStatus.UPHELD
    assert QuotaBalance.objects.get(rule__name="Czysty gruz", dwelling=dispute.visit.dwelling).used == 34


def test_a_look_at_a_dispute_is_told_to_the_person(desk, dispute):
    page = desk.get(reverse("admin:pszok_dispute_change", args=[dispute.pk]))

    assert page.status_code == 200
    assert PersonalDataRead.objects.filter(person=dispute.person_id).exists()


def test_the_report_is_made_shown_and_taken_along(desk, dispute):
    year = localdate().year - 1
    made = desk.post(reverse("admin:pszok_yearlyreport_make"), {"year": year}, follow=True)
    report = YearlyReport.objects.get(year=year)

    answers = {
        kind: desk.get(reverse("admin:pszok_yearlyreport_file", args=[report.pk, kind])) for kind in ("csv", "xlsx", "pdf")
    }

    assert "Sporządzono wersję 1." in made.content.decode()
    assert {kind: answer.status_code for kind, answer in answers.items()} == {"csv": 200, "xlsx": 200, "pdf": 200}
    assert f"31 stycznia {year + 1}" in made.content.decode().replace("\xa0", " ")


def test_day_totals_are_a_list_and_a_file(desk, dispute):
    asked = {"first": "2026-11-24", "last": "2026-11-24"}
    address = reverse("admin:pszok_yearlyreport_days")

    page = desk.get(address, asked).content.decode()
    file = b"".join(desk.get(address, {**asked, "plik": "csv"}).streaming_content).decode()

    assert "17 01 07" in page and "340" in page
    assert "24.11.2026" in file or "2026-11-24" in file


def test_who_does_not_supervise_the_point_finds_none_of_it(client, sign_in, celina, dispute):
    stranger = sign_in(client, celina)

    for name in ("limitrule", "dispute", "outboundtransfer", "yearlyreport"):
        assert stranger.get(reverse(f"admin:pszok_{name}_changelist")).status_code == 403
    assert stranger.get(reverse("admin:pszok_yearlyreport_days")).status_code == 403
    assert Dispute.objects.get().status == DisputeStatus.OPEN


# What the supervisor reads


def test_limits_and_hours_tell_their_days_price_and_whether_anybody_confirmed_them(desk):
    limits = desk.get(reverse("admin:pszok_limitrule_changelist")).content.decode().replace("\xa0", " ")
    hours = desk.get(reverse("admin:pszok_openinghours_changelist")).content.decode()

    assert "1.01.2022–31.12.2025" in limits and "od 1.01.2026" in limits and "do potwierdzenia" in limits
    assert "nie przyjmuje się" in limits  # R60: no price by default
    assert "wtorek" in hours and "od 1.01.2026" in hours


def test_a_limit_is_offered_for_what_is_taken_alone_and_no_fraction_is_added_from_within(desk):
    page = desk.get(reverse(ADD_LIMIT)).content.decode()

    assert "Czysty gruz" in page
    assert "Azbest" not in page
    assert "add_id_fractions" not in page


def test_devices_and_people_of_the_gate_that_are_no_more_are_a_choice_away(desk):
    gate, gone = make_gate(), make_gate(name="Dawny Pracownik")
    GateOperator.objects.filter(pk=gone.operator.pk).update(ended_at=timezone.now())
    at = reverse("admin:pszok_gateoperator_changelist")

    here, before, all_of_them = (desk.get(at, choice).content.decode() for choice in ({}, {"dzis": "nie"}, {"dzis": "oba"}))

    assert [gate.operator.name in page for page in (here, before, all_of_them)] == [True, False, True]
    assert ["Dawny Pracownik" in page for page in (here, before, all_of_them)] == [False, True, True]
