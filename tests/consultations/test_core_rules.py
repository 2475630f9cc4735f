"""What keeps a consultation from being announced, named one by one (C1-C16), and the arithmetic of its days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations import rules
from consultations.models import (
    Activity,
    ActivityKind,
    AnnouncedIn,
    Announcement,
    BasisKind,
    CollectingChannel,
    IntegrityLevel,
    LegalBasis,
)
from consultations.statuses import ConsultationStatus, Phase
from tests.consultations import cast

WARSAW = ZoneInfo("Europe/Warsaw")
DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)  # nights of 23 and of 25 hours


@pytest.fixture
def ready(db):
    """Approved, opening in two days, with a survey: nothing is missing."""
    consultation = cast.make_consultation(ConsultationStatus.APPROVED, Phase.BEFORE)
    cast.make_survey(consultation)
    return consultation


def missing(consultation):
    return rules.missing_to_announce(consultation, timezone.now())


def test_nothing_is_missing_from_a_complete_one(ready):
    assert missing(ready) == []


def test_the_order_and_its_day_are_asked_for(ready):
    ready.order_number, ready.order_on = "", None

    assert missing(ready) == ["Podaj numer zarządzenia, które rozpoczyna konsultacje.", "Podaj datę zarządzenia."]


@pytest.mark.parametrize("field", list(rules.NEEDED_TEXTS))
def test_each_text_of_the_resolution_is_asked_for_by_name(ready, field):
    setattr(ready, field, "  ")

    assert missing(ready) == [str(rules.NEEDED_TEXTS[field])]


def test_somebody_has_to_be_asked(ready):
    ready.addressees = []

    assert missing(ready) == ["Wybierz, kogo pytacie."]


@pytest.mark.parametrize("narrowing", [{"addressees_limit": "tylko zameldowani"}, {"integrity": IntegrityLevel.PROVEN}])
def test_residents_are_not_narrowed_without_a_source(ready, narrowing):
    for name, value in {**narrowing, "integrity_reason": "jeden głos"}.items():
        setattr(ready, name, value)
    before = missing(ready)

    ready.addressees_source = "§ 4 uchwały XXXIII/370/2021"

    assert len(before) == 1 and "podstawę zawężenia" in before[0]
    assert missing(ready) == []


def test_data_about_people_is_asked_only_with_a_reason(ready):
    ready.integrity = IntegrityLevel.CONTACT

    assert ["dlaczego pytacie o dane" in text for text in missing(ready)] == [True]


def survey_asking(consultation, **question):
    data = {**cast.SMALL_SURVEY, "code": "dane", "pages": [{"code": "p", "title": "Dane", "questions": [question]}]}
    return cast.make_survey(consultation, data, code="dane")


def test_a_required_pesel_blocks_and_an_optional_one_warns(ready):
    survey_asking(ready, code="pesel", kind="pesel", label="Numer PESEL")
    blocked = missing(ready)

    assert len(blocked) == 1 and "wymaga numeru PESEL" in blocked[0]
    assert len(rules.warnings(ready)) == 1


def test_a_text_field_called_pesel_warns(ready):
    survey_asking(ready, code="nr", kind="short_text", label="Twój Pesel", is_required=False)

    assert missing(ready) == []
    assert "pytanie o PESEL" in rules.warnings(ready)[0]


def test_an_email_is_not_required_of_open_answers(ready):
    survey_asking(ready, code="mail", kind="email", label="E-mail")

    assert "nie może być obowiązkowe" in missing(ready)[0]


def test_each_place_of_the_basis_has_to_be_told_with_proof(ready):
    Announcement.objects.filter(channel=AnnouncedIn.BIP).delete()
    without = missing(ready)
    Announcement.objects.create(consultation=ready, channel=AnnouncedIn.BIP, announced_on=timezone.localdate())

    assert without == ["Wpisz ogłoszenie: Biuletyn Informacji Publicznej, z datą i dowodem."]
    assert missing(ready) == ["Dodaj dowód ogłoszenia (adres albo plik): Biuletyn Informacji Publicznej."]


def test_an_opening_that_has_passed_is_no_opening(ready):
    late = rules.missing_to_announce(ready, ready.opens_at + timedelta(seconds=1))

    assert late == ["Dzień otwarcia już minął, a otwarcie nie może wyprzedzić ogłoszenia. Wybierz późniejszy."]


def seeded(code):
    return LegalBasis.objects.get(code=code)


def planned(basis_code, days):
    basis = seeded(basis_code)
    opens_at = rules.opening_of(timezone.localdate() + timedelta(days=20))
    made = cast.make_consultation(
        ConsultationStatus.APPROVED, Phase.BEFORE, basis=basis, opens_at=opens_at,
        closes_at=rules.closing_of(timezone.localdate(opens_at) + timedelta(days=days - 1)),
    )  # fmt: skip
    for channel in (AnnouncedIn.PRESS, AnnouncedIn.BOARD):
        day = timezone.localdate()
        Announcement.objects.create(consultation=made, channel=channel, announced_on=day, url="https://prasa.example/1")
    Announcement.objects.filter(consultation=made).update(announced_on=timezone.localdate())
    return made


def test_planning_needs_press_board_site_and_bip_by_the_first_day(db):
    plan = planned("planowanie", 30)
    cast.make_survey(plan)
    Announcement.objects.filter(channel__in=[AnnouncedIn.PRESS, AnnouncedIn.BOARD]).delete()
    Announcement.objects.filter(channel=AnnouncedIn.BIP).update(
        announced_on=timezone.localdate(plan.opens_at) + timedelta(days=1)
    )

    told = " ".join(missing(plan))

    assert "Wpisz ogłoszenie: prasa" in told and "Wpisz ogłoszenie: tablica ogłoszeń" in told
    assert "(Biuletyn Informacji Publicznej)" in told and "za późne" in told


def test_planning_needs_remarks_a_meeting_and_one_more_form_within_the_time(db):
    plan = planned("planowanie", 30)
    cast.make_survey(plan)
    without = missing(plan)
    Activity.objects.create(
        consultation=plan, kind=ActivityKind.REMARKS, title="Uwagi", place="-", starts_at=plan.opens_at + timedelta(hours=1)
    )
    late = cast.make_meeting(plan, starts_at=plan.closes_at)
    with_late_meeting = missing(plan)
    late.starts_at = plan.closes_at - timedelta(hours=1)
    late.save()

    assert [text.split(",")[0] for text in without] == [
        "Zaplanuj: zbieranie uwag",
        "Zaplanuj: spotkanie otwarte albo panel ekspertów albo warsztat",
    ]
    assert with_late_meeting == ["Zaplanuj: spotkanie otwarte albo panel ekspertów albo warsztat, w czasie zbierania głosów."]
    assert missing(plan) == []


@pytest.mark.parametrize(
    ("code", "needed"), [("planowanie", 30), ("planowanie-uproszczone", 14), ("rewitalizacja", 30), ("strategia", 35)]
)
def test_a_day_less_than_the_basis_asks_is_named(db, code, needed):
    short, enough = planned(code, needed - 1), planned(code, needed)

    assert any("za mało" in text or f"co najmniej {needed}" in text.replace("\xa0", " ") for text in missing(short))
    assert not any("Zbieranie głosów trwa" in text for text in missing(enough))


def test_revitalisation_is_told_seven_days_before(db):
    plan = planned("rewitalizacja", 30)
    opening = timezone.localdate(plan.opens_at)
    rows = Announcement.objects.filter(consultation=plan)

    rows.update(announced_on=opening - timedelta(days=7))
    in_time = [text for text in missing(plan) if "za późne" in text]
    rows.update(announced_on=opening - timedelta(days=6))
    too_late = [text for text in missing(plan) if "za późne" in text]

    assert in_time == []
    assert len(too_late) == 3  # BIP, board and press; the portal is told by the verb itself


def test_organisations_may_answer_on_the_portal_by_email_and_on_paper(db):
    ngo = planned("organizacje-pozarzadowe", 14)
    cast.make_survey(ngo)
    complete = missing(ngo)
    ngo.channels.filter(kind=CollectingChannel.Kind.EMAIL).delete()

    assert complete == []
    assert missing(ngo) == ["Dodaj drogę: e-mail. Wymaga jej podstawa prawna."]


@pytest.mark.parametrize(("kind", "rule", "fits"), [
    ("online", "server_time", True), ("online", "postmark", False), ("post", "postmark", True), ("box", "postmark", False),
    ("desk", "receipt", True), ("email", "receipt", True), ("online", "receipt", False), ("box", "server_time", False),
])  # fmt: skip
def test_the_rule_of_a_way_in_is_one_that_can_be_checked_there(ready, kind, rule, fits):
    ready.channels.all().delete()
    CollectingChannel.objects.create(consultation=ready, kind=kind, rule=rule)

    assert (missing(ready) == []) == fits


def test_a_survey_without_published_questions_is_named(ready):
    ready.instruments.get().versions.all().delete()
    from schemas.models import Version

    Version.objects.filter(definition=ready.instruments.get().definition).update(withdrawn_at=timezone.now())

    assert missing(ready) == ["„Ankieta o ulicy”: ogłoś wersję pytań w układaczu formularzy."]


def test_a_budget_without_a_rule_for_ties_is_named(db):
    vote = cast.make_consultation(ConsultationStatus.APPROVED, Phase.BEFORE, basis=cast.make_basis(BasisKind.BUDGET))
    cast.make_budget(vote, tie_rules=[])

    assert ["przy remisie" in text for text in missing(vote)] == [True]


def test_what_is_only_recalled_of_the_law_carries_the_mark(db):
    assert set(LegalBasis.objects.exclude(source=cast.SOURCE).values_list("needs_confirmation", flat=True)) == {True}


# Days


@given(first=DAYS, length=st.integers(1, 400))
def test_a_period_of_whole_days_is_as_long_as_a_walk_through_the_calendar(first, length):
    last = first + timedelta(days=length - 1)

    assert rules.whole_days(rules.opening_of(first), rules.closing_of(last)) == length


@given(first=DAYS, hour=st.integers(4, 23), length=st.integers(1, 60))
def test_a_day_that_had_begun_at_the_opening_does_not_count(first, hour, length):
    opens_at = rules.opening_of(first, time(hour))

    assert rules.whole_days(opens_at, rules.closing_of(first + timedelta(days=length))) == length


@given(day=DAYS)
def test_closing_is_midnight_after_the_last_day_and_a_microsecond_before_is_still_that_day(day):
    closes_at = rules.closing_of(day)

    assert closes_at.astimezone(WARSAW).time() == time.min
    assert (closes_at - timedelta(microseconds=1)).astimezone(WARSAW).date() == day


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 12, 24), 24)])
def test_the_last_day_is_whole_on_both_clock_change_nights(day, hours):
    length = rules.closing_of(day) - rules.opening_of(day).astimezone(rules.UTC)

    assert length == timedelta(hours=hours)


def test_a_time_that_the_spring_night_leaves_out_is_refused():
    with pytest.raises(ValueError, match="no such time"):
        rules.opening_of(SPRING, time(2, 30))


@given(opens=DAYS, announced=DAYS, notice=st.integers(0, 30))
def test_an_announcement_is_early_enough_exactly_when_the_days_between_reach_the_notice(opens, announced, notice):
    class Row:
        basis = LegalBasis(notice_days=notice)
        opens_at = rules.opening_of(opens)

    is_late = bool(list(rules._too_late(Row, AnnouncedIn.BIP, announced)))

    assert is_late == ((opens - announced).days < notice)


def test_moments_are_in_warsaw():
    assert rules.closing_of(date(2026, 7, 1)) == datetime(2026, 7, 2, tzinfo=WARSAW)
