"""Erasing on one's own wish: what may go goes from every room, what stays is told with its reason, the protocol names nobody (L21, L22, S59)."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from accounts.encryption import EncryptedField
from accounts.models import User
from announcements.actions import following, replies
from announcements.models import Announcement
from consultations.actions import followers
from consultations.models import Consultation
from eboi.actions import faults, filing
from eboi.models import MatterType
from office.models import Erasure, Message
from office.outbox import post
from office.transitions import Refused
from pruszcz_portal import erasing
from pruszcz_portal.tasks import make_copy
from resident_card.actions import applying
from resident_card.models import Membership, PackageType
from residents import actions
from residents.actions import copies
from residents.models import AddressPoint, Dwelling, Person
from tests.conftest import make_user
from tests.factories import live_together
from tests.payments.cast import make_payment
from tests.resident_card.applicants import picture
from tests.residents.conftest import declare, policy  # noqa: F401

NOW = timezone.now()
FIRST, LAST, EMAIL, PESEL = "Wirgiliusz", "Przykładny", "wirgiliusz.p@example.com", "02271409867"
TRACES = (FIRST, LAST, EMAIL, PESEL)


@pytest.fixture
def sample(db):
    call_command("load_sample_data")


def entered(account):
    person = actions.declare_person(
        account=account, first_name=FIRST, last_name=LAST, pesel=PESEL, phone="+48501502503", by=account, moment=NOW
    )
    actions.correct_person(person, mail_address=f"{FIRST} {LAST}, ul. Krótka 1", by=account, moment=NOW)
    return person


# What a life may hold


def consents(person):
    actions.give_consent(person, purpose="wiadomosci", channel="email", source=f"konto {EMAIL}", moment=NOW)


def follows_messages(person):
    follower = following.follower_of(person, moment=NOW)
    following.choose(follower, wanted={"awarie": {"email"}}, moment=NOW)
    following.ask_phone(follower, phone="+48501502503", moment=NOW)


def replies_to_a_message(person):
    told = Announcement.objects.filter(accepts_replies=True, expires_at=None).first()
    replies.reply(told, person=person, text=f"Pisze {FIRST} {LAST}", photo=picture(), by=person.account, moment=NOW)


def has_a_draft(person):
    draft = filing.open_draft(person, MatterType.objects.get(code="do-1"), moment=NOW)
    filing.save_answers(draft, {"remarks": f"{FIRST} {LAST} {PESEL}"}, revision=draft.revision, by=person.account)


def begins_a_card(person):
    draft = applying.open_draft(person, PackageType.objects.get(is_base=True), person=person, moment=NOW)
    applying.send_photo(draft, picture(), by=person.account, moment=NOW)


def asks_about_data(person):
    actions.ask_about_data(person, kind="correction", text=f"Jestem {FIRST} {LAST}, {PESEL}", moment=NOW)


def takes_a_copy(person):
    make_copy(str(copies.ask_for_copy(person, moment=NOW).pk))


def follows_a_consultation(person):
    followers.follow(Consultation.objects.first(), email=EMAIL, moment=NOW, is_proven=True)


def gets_letters(person):
    with transaction.atomic():
        post(event="residents/copy_ready", to=EMAIL, context={"path": "/"}, recipient=person.pk)


def met_the_desk(person):
    franek = User.objects.filter(is_staff=True, user_permissions=None).exclude(pk=person.account_id).order_by("pk").first()
    actions.confirm_identity_at_desk(person, how=f"dowód, {LAST}", by=franek, moment=NOW, account_shown=True)
    actions.grant_residency(person, basis=f"oświadczenie, {FIRST} {LAST}", by=franek, day=NOW.date())
    actions.join_household(
        person, Dwelling.objects.create(address=AddressPoint.objects.first(), flat="77"), since=NOW.date(), by=franek
    )
    kind = ContentType.objects.get_for_model(Person)
    LogEntry.objects.create(user=franek, content_type=kind, object_id=str(person.pk), object_repr=str(person), action_flag=CHANGE)


def tells_of_a_lamp(person):
    """Without an account: only the address says whose it is. One sent with a photograph, one begun."""
    for is_sent in (True, False):
        begun = faults.begin(MatterType.objects.get(code="awaria-oswietlenia"), moment=NOW)
        faults.keep(begun, {"how": "pole", "pole": "PG/7", "kind": "off", "danger": "no", "email": EMAIL.title()})
        if is_sent:
            faults.attach(begun, "photos", picture())
            faults.send(begun, moment=NOW)


def owes(person):
    make_payment(person, title="Duplikat karty", moment=NOW)


ERASABLE = [
    consents, follows_messages, replies_to_a_message, has_a_draft, begins_a_card, asks_about_data, takes_a_copy,
    follows_a_consultation, gets_letters, met_the_desk, tells_of_a_lamp,
]  # fmt: skip


# Looking everywhere


def texts_of(model):
    kinds = (models.CharField, models.TextField, models.JSONField, EncryptedField, models.GenericIPAddressField)
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]


def places_of(traces):
    """Labels of tables in whose text, JSON or opened ciphers one of the traces stands. Histories and Django's own tables too."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and (names := texts_of(model)):
            rows = json.dumps(list(model._base_manager.values_list(*names)), default=str, ensure_ascii=False)
            if any(trace in rows for trace in traces):
                found.add(model._meta.label)
    return found


def test_the_look_sees_a_life(sample):
    """The control: what is erased below was really there, in plain columns, in ciphers and in histories."""
    person = entered(make_user(EMAIL))
    for live in ERASABLE:
        live(person)

    assert places_of(TRACES) >= {
        "residents.Person", "residents.PersonEvent", "residents.ConsentEvent", "residents.DataRequest", "residents.ResidencyProofEvent",
        "accounts.User", "account.EmailAddress", "announcements.Endpoint", "announcements.Reply", "announcements.ReplyEvent",
        "consultations.Follower", "eboi.Fault", "eboi.Submission", "office.Message", "admin.LogEntry",
    }  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@example(life=set(ERASABLE))
@given(life=st.sets(st.sampled_from(ERASABLE)))
def test_after_erasing_no_row_anywhere_names_the_person(sample, life):
    """L21, S59: whatever they did, no column of no table holds name, address or PESEL; only the last letter waits to be sent."""
    with transaction.atomic():
        person = entered(make_user(EMAIL))
        for live in sorted(life, key=lambda one: one.__name__):
            live(person)

        protocol = erasing.erase(person, by=person.account, moment=NOW)

        assert places_of(TRACES) == {"office.Message"}
        letter = Message.objects.get(address=EMAIL)
        assert letter.event == "residents/erased"
        letter.delete()
        assert places_of(TRACES) == set()
        assert protocol.stayed == sum(row["stayed"] for row in protocol.lines)
        assert all(row["why"] for row in protocol.lines if row["stayed"])
        transaction.set_rollback(True)


def test_accounts_of_the_town_keep_their_party(sample):
    """L22: evidence of accounts names its payer; the way in, the telephone and the e-mail go all the same, and no history keeps them."""
    person = entered(make_user(EMAIL))
    owes(person)
    consents(person)

    protocol = erasing.erase(person, by=person.account, moment=NOW)

    Message.objects.all().delete()
    person.refresh_from_db()
    assert (person.first_name, person.pesel, person.account, person.email, person.phone) == (FIRST, PESEL, None, "", "")
    assert places_of(TRACES) == {"residents.Person"}
    stayed = {row["code"]: row for row in protocol.lines if row["stayed"]}
    assert set(stayed) == {"residents.person", "payments.payment"}
    assert "5 lat" in stayed["payments.payment"]["why"]


def test_annas_cases_stay_and_are_told(sample):
    """R18, L21, L22: who alone answers for children hands over first; then files of cases stay by their archive category and the rest goes."""
    anna = Person.objects.get(account__email="anna@pruszcz.example")
    with pytest.raises(Refused, match="przekaż"):
        erasing.erase(anna, by=anna.account, moment=NOW)
    Membership.objects.filter(role=Membership.Role.CHILD).update(left_at=NOW)
    told = {line.told.title for line in erasing.staying(erasing.lines_of(anna, NOW))}

    protocol = erasing.erase(anna, by=anna.account, moment=NOW)

    assert {"Sprawy", "Złożone pisma", "Płatności", "Kim jestem"} <= told
    assert {row["title"] for row in protocol.lines if row["stayed"]} >= {"Sprawy", "Złożone pisma"}
    assert not User.objects.filter(email="anna@pruszcz.example").exists()
    assert "anna@pruszcz.example" not in json.dumps(protocol.lines)
    assert places_of(['"anna@pruszcz.example"']) == {"office.Message"}  # whole: there is a Zuzanna too


def test_the_protocol_names_tables_and_numbers_and_nobody(sample):
    person = entered(make_user(EMAIL))
    consents(person)

    protocol = erasing.erase(person, by=person.account, moment=NOW)

    assert {"code": "residents.consent", "title": "Zgody", "removed": 1, "stayed": 0, "why": ""} in protocol.lines
    assert not any(trace in json.dumps(protocol.lines, ensure_ascii=False) for trace in TRACES)


def test_a_room_that_forgets_to_forget_takes_everything_back(sample, monkeypatch):
    """The control of the count at the end."""
    person = entered(make_user(EMAIL))
    replies_to_a_message(person)
    monkeypatch.delattr("announcements.my_data.forget")

    with pytest.raises((erasing.NotForgotten, models.ProtectedError)):
        erasing.erase(person, by=person.account, moment=NOW)

    assert User.objects.filter(email=EMAIL).exists() and not Erasure.objects.exists()


def test_nobody_erases_another_and_staff_not_themselves(sample, ewa):
    """S16, S24"""
    person = entered(make_user(EMAIL))
    with pytest.raises(Refused, match="właściciel"):
        erasing.erase(person, by=ewa, moment=NOW)

    celina = Person.objects.get(account__email="celina@pruszcz.example")
    with pytest.raises(Refused, match="administrator"):
        erasing.erase(celina, by=celina.account, moment=NOW)


def test_the_officer_erases_by_a_letter_and_sees_before_what_stays(sample, sign_in):
    """L11, L21: for who writes on paper; the protocol names the letter and who did it."""
    officer = User.objects.get(email="ida@pruszcz.example")
    person = actions.declare_person(account=None, first_name=FIRST, last_name=LAST, pesel=PESEL, by=officer, moment=NOW)
    page = reverse("admin:residents_person_verb", args=[person.pk, "erase_by_letter"])
    desk = sign_in(Client(), officer)
    assert "Kim jestem (1)" in desk.get(page).content.decode()
    assert desk.post(page, {"seen": "", "letter": ""}).status_code == 422

    desk.post(page, {"seen": "", "letter": "RPW/12/2026", "is_sure": "on"})

    protocol = Erasure.objects.get()
    assert (protocol.letter, protocol.by, protocol.by_owner) == ("RPW/12/2026", officer.subject, False)
    assert places_of(TRACES) == set()


def test_a_granted_request_erases_in_every_room_at_once(sample, sign_in):
    """L21, R91: one verb for all rooms; the officer's own family is left to somebody else (L11, R7)."""
    officer = User.objects.get(email="ida@pruszcz.example")
    person = entered(make_user(EMAIL))
    begins_a_card(person)
    request = actions.ask_about_data(person, kind="erasure", text="Proszę usunąć wszystko.", moment=NOW)
    page = reverse("admin:residents_datarequest_verb", args=[request.pk, "erase_as_asked"])

    done = sign_in(Client(), officer).post(page, {"seen": "", "is_sure": "on"})

    assert done.status_code == 302 and Erasure.objects.get().letter.startswith("portal, 20")
    assert places_of(TRACES) == {"office.Message"}
    own = actions.declare_person(account=officer, first_name="Ida", last_name="Sowa", by=officer, moment=NOW)
    near = actions.declare_person(account=None, first_name="Jan", last_name="Sowa", by=officer, moment=NOW)
    live_together(own, near)
    with pytest.raises(Refused, match="domowników"):
        erasing.erase(near, by=officer, moment=NOW, letter="RPW/13/2026")


def test_anna_reads_what_stays_and_erases(client, anna, sign_in, declare):  # noqa: F811
    """S15, L21: nothing without the tick; after it the account is closed and the protocol opens without an account."""
    declare(anna, "Anna", "Kowalska", PESEL)
    sign_in(client, anna)
    page = reverse("erase_me")

    shown = client.get(page).content.decode()
    assert "Kim jestem" in shown and "Konto" in shown
    assert "Zaznacz" in client.post(page).content.decode()
    done = client.post(page, {"is_sure": "on"}, follow=True)

    assert "Dane zostały usunięte" in done.content.decode()
    assert not User.objects.filter(email="anna@example.com").exists()
    assert client.get(reverse("residents:my_data")).status_code == 302
