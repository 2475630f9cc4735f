"""From a draft to the archive: who may, when, and what the clock of the database says on the last day (C1, C7, C17, B7, I3)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from consultations import keys, rules
from consultations.actions import calendar, cloning
from consultations.models import Announcement, CalendarChange, Consultation, LegalBasis, PaperForm
from consultations.statuses import ConsultationStatus, Phase
from office.transitions import Refused, StaleStatus, history_of
from tests.consultations import cast
from tests.consultations.clock import database_clock

Status = ConsultationStatus
WARSAW = ZoneInfo("Europe/Warsaw")
MILLISECOND = timedelta(milliseconds=1)
SPRING, AUTUMN, CHRISTMAS = date(2027, 3, 28), date(2026, 10, 25), date(2026, 12, 24)


def in_words(refused):
    return str(refused.value).replace("\xa0", " ")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def draft(dariusz):
    """Dariusz's draft, complete, opening in two days."""
    made = cast.make_consultation(Status.DRAFT, Phase.BEFORE, drafted_by=dariusz.subject, edited_by=[str(dariusz.subject)])
    cast.make_survey(made)
    return made


@pytest.fixture
def approved(draft, zofia, now):
    return calendar.approve(draft, by=zofia, moment=now)


# Two people


def test_zofia_approves_what_dariusz_drafted_and_the_box_gets_its_key(draft, zofia, now):
    approved = calendar.approve(draft, by=zofia, moment=now)

    assert (approved.status, approved.approved_by) == (Status.APPROVED, zofia.subject)
    assert keys.is_made(approved)
    assert [move.to_status for move in history_of(approved)] == ["approved"]


@pytest.mark.parametrize("author", ["drafted_by", "edited_by"])
def test_nobody_approves_a_draft_they_had_a_hand_in(draft, zofia, now, author):
    value = zofia.subject if author == "drafted_by" else [str(zofia.subject)]
    Consultation.objects.filter(pk=draft.pk).update(**{author: value})

    with pytest.raises(Refused, match="ktoś inny"):
        calendar.approve(draft, by=zofia, moment=now)


def test_the_database_itself_refuses_one_person_for_both(draft, zofia):
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.filter(pk=draft.pk).update(approved_by=draft.drafted_by)


def test_a_draft_with_gaps_is_not_approved_and_all_gaps_are_named(draft, zofia, now):
    Consultation.objects.filter(pk=draft.pk).update(order_number="", purpose="")

    with pytest.raises(calendar.Incomplete) as refused:
        calendar.approve(draft, by=zofia, moment=now)

    assert refused.value.reasons == ["Podaj numer zarządzenia, które rozpoczyna konsultacje.", "Napisz, po co pytacie."]


def test_sent_back_it_is_a_draft_again_and_needs_a_new_approval(approved, zofia, now):
    calendar.send_back(approved, reason="Za krótki opis.", by=zofia, moment=now)

    back = Consultation.objects.get(pk=approved.pk)
    assert (back.status, back.approved_by) == (Status.DRAFT, None)


# Announcing


def test_announcing_shows_the_page_and_writes_the_portal_down_as_told(approved, dariusz, now):
    Announcement.objects.filter(channel="portal").delete()

    calendar.announce(approved, by=dariusz, moment=now)

    told = Announcement.objects.get(consultation=approved, channel="portal")
    assert told.url == f"{settings.PORTAL_URL}/konsultacje/{approved.slug}/"
    assert Consultation.objects.public().filter(pk=approved.pk).exists()


def test_opening_before_announcing_is_blocked(approved, dariusz):
    with pytest.raises(calendar.Incomplete, match="nie może wyprzedzić ogłoszenia"):
        calendar.announce(approved, by=dariusz, moment=approved.opens_at + MILLISECOND)


def test_announcing_without_bip_is_blocked(approved, dariusz, now):
    Announcement.objects.filter(channel="bip").delete()

    with pytest.raises(calendar.Incomplete, match="Biuletyn Informacji Publicznej"):
        calendar.announce(approved, by=dariusz, moment=now)


def test_the_slower_of_two_clerks_is_told(approved, dariusz, zofia, now):
    seen = Consultation.objects.get(pk=approved.pk)
    calendar.announce(approved, by=dariusz, moment=now)

    with pytest.raises(StaleStatus):
        calendar.send_back(seen, reason="Jeszcze raz.", by=zofia, moment=now)


# The last day


@pytest.mark.parametrize("last_day", [SPRING, AUTUMN, CHRISTMAS])
def test_until_midnight_means_until_the_last_millisecond_of_that_day_in_warsaw(db, last_day):
    """C17, B7: on both clock-change nights, by the clock of the database, with no worker anywhere."""
    opens_at, closes_at = rules.opening_of(last_day - timedelta(days=20)), rules.closing_of(last_day)
    made = cast.make_consultation(opens_at=opens_at, closes_at=closes_at)

    seen = {}
    for name, moment in {
        "before": closes_at - MILLISECOND,
        "at": closes_at,
        "first": opens_at,
        "early": opens_at - MILLISECOND,
    }.items():
        with database_clock(moment):
            seen[name] = (Consultation.objects.open_now().exists(), Consultation.objects.with_phase().get(pk=made.pk).phase)

    assert closes_at == datetime(*(last_day + timedelta(days=1)).timetuple()[:3], tzinfo=WARSAW)
    assert seen == {
        "before": (True, Phase.OPEN), "at": (False, Phase.CLOSED), "first": (True, Phase.OPEN), "early": (False, Phase.BEFORE),
    }  # fmt: skip


def test_the_clock_of_the_web_server_decides_nothing(db, monkeypatch):
    """The phase stays although this process believes that it is a year later."""
    made = cast.make_consultation()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2030, 1, 1, tzinfo=WARSAW))

    assert Consultation.objects.with_phase().get(pk=made.pk).phase == Phase.OPEN


# Changes of the calendar


def test_an_extension_has_a_reason_a_later_day_and_a_new_announcement(open_survey, zofia, now):
    consultation = open_survey.consultation
    old, last_day = consultation.closes_at, rules.last_day_of(consultation) + timedelta(days=7)

    longer = calendar.extend(
        consultation, last_day=last_day, reason="Mało odpowiedzi z jednej strony ulicy.", by=zofia, moment=now
    )

    change = CalendarChange.objects.get()
    assert longer.closes_at == rules.closing_of(last_day)
    assert (change.old_closes_at, change.new_closes_at, change.by) == (old, longer.closes_at, zofia.subject)
    assert Announcement.objects.get(about="extension").note == "Mało odpowiedzi z jednej strony ulicy."
    assert [text.split(":")[0] for text in rules.untold(longer)] == ["Biuletyn Informacji Publicznej"]


def test_an_extension_is_never_a_shortening(open_consultation, zofia, now):
    same = rules.last_day_of(open_consultation)

    with pytest.raises(Refused, match="późniejszy"):
        calendar.extend(open_consultation, last_day=same, reason="-", by=zofia, moment=now)


def test_what_is_closed_by_the_database_is_not_extended(db, zofia, now):
    closed = cast.make_consultation(phase=Phase.CLOSED)

    with pytest.raises(Refused, match="już się skończyło"):
        calendar.extend(closed, last_day=timezone.localdate() + timedelta(days=9), reason="-", by=zofia, moment=now)


def test_a_change_of_the_calendar_never_changes(open_consultation, zofia, now):
    day = rules.last_day_of(open_consultation) + timedelta(days=1)
    calendar.extend(open_consultation, last_day=day, reason="-", by=zofia, moment=now)

    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarChange.objects.update(reason="inny")


def test_suspended_collects_nothing_and_resumed_collects_again(open_consultation, zofia, now):
    stopped = calendar.suspend(open_consultation, reason="Błąd w ankiecie.", by=zofia, moment=now)
    while_stopped = Consultation.objects.open_now().exists()
    calendar.resume(stopped, reason="Błąd poprawiony.", by=zofia, moment=now)

    assert not while_stopped
    assert Consultation.objects.open_now().exists()


def test_a_suspension_does_not_eat_the_days_of_the_basis(db, zofia, now):
    basis = LegalBasis.objects.get(code="budzet-obywatelski")
    made = cast.make_consultation(basis=basis, opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=12))
    stopped = calendar.suspend(made, reason="Awaria.", by=zofia, moment=now)
    later = now + timedelta(days=5)

    with pytest.raises(Refused) as refused:
        calendar.resume(stopped, reason="Działa.", by=zofia, moment=later)
    calendar.resume(stopped, reason="Działa.", by=zofia, moment=later, last_day=timezone.localdate(later) + timedelta(days=12))

    assert "a potrzeba 14" in in_words(refused)


def test_called_off_it_stays_to_be_read_with_the_reason(open_consultation, zofia, now):
    calendar.cancel(open_consultation, reason="Rada wycofała projekt.", by=zofia, moment=now)

    assert Consultation.objects.public().get().status == Status.CANCELLED
    assert Announcement.objects.get(about="cancellation").note == "Rada wycofała projekt."


def test_called_off_before_it_was_announced_it_was_never_there(approved, zofia, now):
    calendar.cancel(approved, reason="Zmiana planów.", by=zofia, moment=now)

    assert not Consultation.objects.public().exists()


# After closing


def test_the_analysis_does_not_begin_while_voices_are_collected(open_consultation, dariusz, now):
    with pytest.raises(Refused, match="jeszcze zbierane"):
        calendar.close_collecting(open_consultation, by=dariusz, moment=now)


def test_the_analysis_does_not_begin_while_a_form_on_paper_is_under_way(db, dariusz, now):
    closed = cast.make_consultation(phase=Phase.CLOSED)
    PaperForm.objects.create(
        consultation=closed, instrument=cast.make_survey(closed), registry_number="1/2026", channel="post",
        received_on=timezone.localdate(), registered_by=cast.AUTHOR,
    )  # fmt: skip
    keys.make(closed)

    with pytest.raises(calendar.Incomplete, match="Formularze papierowe w toku: 1"):
        calendar.close_collecting(closed, by=dariusz, moment=now)


def test_the_analysis_begins_with_the_day_of_the_report_promised(db, dariusz, now):
    closed = cast.make_consultation(phase=Phase.CLOSED)
    promised = timezone.localdate() + timedelta(days=30)

    calendar.close_collecting(closed, by=dariusz, moment=now, report_promised_on=promised)

    closed.refresh_from_db()
    assert (closed.status, closed.report_promised_on) == (Status.UNDER_ANALYSIS, promised)


def test_a_broken_promise_is_seen(db):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = cast.make_consultation(Status.UNDER_ANALYSIS, Phase.CLOSED, report_promised_on=yesterday)
    done = cast.make_consultation(Status.REPORT_PUBLISHED, Phase.CLOSED, report_promised_on=yesterday)

    assert [rules.is_report_late(one, timezone.localdate()) for one in (late, done)] == [True, False]


# Texts


def test_a_sentence_is_put_right_with_a_reason_and_the_old_one_stays(open_consultation, zofia, now):
    calendar.correct(open_consultation, field="contact", text="tel. 58 111 11 11", reason="zły numer", by=zofia, moment=now)

    correction = open_consultation.corrections.get()
    assert (correction.old, correction.new) == ("tel. 58 000 00 00", "tel. 58 111 11 11")
    assert Consultation.objects.get().contact == "tel. 58 111 11 11"


@pytest.mark.parametrize("field", ["addressees", "integrity", "basis", "opens_at", "slug", "status"])
def test_what_people_relied_on_is_never_corrected(open_consultation, zofia, now, field):
    with pytest.raises(Refused, match="nie można sprostować"):
        calendar.correct(open_consultation, field=field, text="2", reason="-", by=zofia, moment=now)


# The next one


def test_a_clone_has_everything_but_dates_order_and_voices(open_survey, dariusz, now):
    old = open_survey.consultation

    new = cloning.clone(old, title="Przebudowa, etap drugi", slug="etap-drugi", by=dariusz, moment=now)

    survey = new.instruments.get()
    assert (new.status, new.order_number, new.opens_at, new.cloned_from) == (Status.DRAFT, "", None, old)
    assert (new.purpose, new.addressees) == (old.purpose, old.addressees)
    assert new.channels.count() == old.channels.count()
    assert survey.definition != open_survey.definition
    assert survey.definition.versions.get().is_draft
    assert not new.announcements.exists()


def test_the_connection_is_back_on_the_true_clock(db):
    """Control: the story's clock does not leak into the next test."""
    with database_clock(datetime(2030, 1, 1, tzinfo=WARSAW)), connection.cursor() as cursor:
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")
        inside = cursor.fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT STATEMENT_TIMESTAMP()")
        outside = cursor.fetchone()[0]

    assert inside == datetime(2030, 1, 1, tzinfo=WARSAW)
    assert abs(outside - timezone.now()) < timedelta(minutes=5)
