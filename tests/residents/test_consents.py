from datetime import timedelta

import pytest

from office import retention
from office.models import Message, RetentionPeriod, RetentionRun
from office.transitions import Refused
from residents import actions, rules
from residents.models import Consent, Purpose, Terms
from residents.removals import REMOVALS
from tests.residents.conftest import NOON


@pytest.fixture
def person(anna, declare):
    return declare(anna, "Anna", "Kowalska")


def test_a_consent_is_kept_with_its_words_channel_source_and_time(person):
    """L25"""
    consent = actions.give_consent(person, purpose="wiadomosci", channel="email", source="portal", moment=NOON)

    assert (consent.channel, consent.source, consent.given_at) == ("email", "portal", NOON)
    assert consent.wording == Purpose.objects.get(code="wiadomosci").wording


def test_consenting_twice_is_once_and_withdrawing_keeps_the_history(person):
    """L25"""
    for _click in range(2):
        consent = actions.give_consent(person, purpose="wiadomosci", channel="sms", source="portal", moment=NOON)
    actions.withdraw_consent(consent, moment=NOON + timedelta(days=1))
    actions.withdraw_consent(consent, moment=NOON + timedelta(days=2))
    actions.give_consent(person, purpose="wiadomosci", channel="sms", source="portal", moment=NOON + timedelta(days=3))

    assert list(Consent.objects.order_by("given_at").values_list("given_at", "withdrawn_at")) == [
        (NOON, NOON + timedelta(days=1)),
        (NOON + timedelta(days=3), None),
    ]


def test_consent_is_never_asked_for_what_the_law_orders(person):
    """L19"""
    with pytest.raises(Refused, match="nie wymaga zgody"):
        actions.give_consent(person, purpose="odpady", channel="email", source="portal", moment=NOON)


def test_a_child_below_the_age_does_not_consent_alone(bartek, declare):
    """L27: PESEL of a child born on 15 March 2010, sixteen on 15 March 2026."""
    child = declare(bartek, "Bartek", "Nowak", "10231500019")

    with pytest.raises(Refused, match="rodzic albo opiekun"):
        actions.give_consent(child, purpose="wiadomosci", channel="push", source="portal", moment=NOON)
    actions.give_consent(child, purpose="wiadomosci", channel="push", source="portal", moment=NOON + timedelta(days=13))


def test_the_newest_version_of_terms_is_accepted_once(person):
    """L58, L20"""
    day = NOON.date()
    old, new = (
        Terms.objects.create(kind="service", version=version, text="…", valid_from=since, source="zarządzenie")
        for version, since in (("1", day - timedelta(days=60)), ("2", day))
    )
    clause = Terms.objects.create(kind="privacy", version="1", text="…", valid_from=day, source="RODO")

    before = rules.terms_to_accept(person, day)
    for _click in range(2):
        actions.accept_terms(person, terms=new, moment=NOON)

    assert before == [clause, new]
    assert rules.terms_to_accept(person, day) == [clause]
    assert rules.terms_to_accept(None, day - timedelta(days=1)) == [old]
    assert person.terms_acceptances.count() == 1


def test_a_request_about_data_has_a_month_and_one_answer_in_words(person, celina):
    """L21"""
    request = actions.ask_about_data(person, kind="erasure", text="Proszę usunąć konto.", moment=NOON)

    with pytest.raises(Refused, match="już czeka"):
        actions.ask_about_data(person, kind="erasure", text="Jeszcze raz.", moment=NOON)
    with pytest.raises(Refused, match="Odmowa musi mieć uzasadnienie"):
        actions.answer_data_request(request, is_granted=False, answer=" ", by=celina, moment=NOON)
    actions.answer_data_request(request, is_granted=False, answer="Akta sprawy, B10.", by=celina, moment=NOON)
    with pytest.raises(Refused, match="ktoś już odpowiedział"):
        actions.answer_data_request(request, is_granted=True, answer="Usunięto.", by=celina, moment=NOON)

    request.refresh_from_db()
    assert (request.due_on.isoformat(), request.is_granted, request.answer) == ("2026-04-02", False, "Akta sprawy, B10.")


def test_an_answer_is_put_off_once_within_the_first_month_and_the_person_is_told_why(person, celina):
    """GDPR art. 12 (3): by two months, with the reason, before the first month is over; by e-mail without a word of the content."""
    request = actions.ask_about_data(person, kind="objection", text="Sprzeciwiam się.", moment=NOON)
    with pytest.raises(Refused, match="dlaczego"):
        actions.extend_data_request(request, reason=" ", by=celina, moment=NOON)

    actions.extend_data_request(request, reason="Akta są w archiwum.", by=celina, moment=NOON)

    request.refresh_from_db()
    assert (request.due_on.isoformat(), request.extended_why) == ("2026-06-02", "Akta są w archiwum.")
    letter = Message.objects.get(event="residents/request_extended")
    assert letter.address == person.account.email and "archiwum" not in letter.text
    with pytest.raises(Refused, match="już raz"):
        actions.extend_data_request(request, reason="Jeszcze raz.", by=celina, moment=NOON)


def test_after_the_first_month_nothing_is_put_off(person, celina):
    """GDPR art. 12 (3): the person has to hear of it within one month."""
    request = actions.ask_about_data(person, kind="objection", text="Sprzeciwiam się.", moment=NOON)

    with pytest.raises(Refused, match="Termin już minął"):
        actions.extend_data_request(request, reason="Nie zdążyliśmy.", by=celina, moment=NOON + timedelta(days=32))


def test_requests_settled_consents_withdrawn_and_codes_out_of_date_go_after_their_periods(person, celina):
    """L22: by the town's dated periods, each with a protocol; what waits for an answer never goes."""
    for kind in ("data_request", "withdrawn_consent", "desk_code"):  # a test that commits wipes the first ones
        RetentionPeriod.objects.get_or_create(kind=kind, defaults={"days": 30, "valid_from": NOON.date(), "source": "test"})
    answered = actions.ask_about_data(person, kind="objection", text="x", moment=NOON)
    actions.answer_data_request(answered, is_granted=True, answer="Tak.", by=celina, moment=NOON)
    waiting = actions.ask_about_data(person, kind="erasure", text="x", moment=NOON)
    consent = actions.give_consent(person, purpose="wiadomosci", channel="email", source="portal", moment=NOON)
    actions.withdraw_consent(consent, moment=NOON)
    actions.issue_desk_code(person, by=celina, moment=NOON)

    retention.run(REMOVALS, moment=NOON + timedelta(days=4 * 365))

    assert list(person.data_requests.all()) == [waiting]
    assert not person.consents.exists() and not person.desk_codes.exists()
    assert not Consent.pgh_event_model.objects.filter(person=person.pk).exists()
    assert {run.kind for run in RetentionRun.objects.all()} == {"data_request", "withdrawn_consent", "desk_code"}
