from datetime import timedelta

import pytest

from office.transitions import Refused
from residents import actions, rules
from residents.models import Consent, Purpose, Terms
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
