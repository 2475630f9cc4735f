"""R21: a telephone number, proven by a code from an SMS, in the place of the e-mail at sign-in."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions, phones
from accounts.forms import SignInForm
from accounts.models import PhoneProof, SignInPhone, User
from accounts.my_data import forget_account
from accounts.phones import check_sign_in_phone
from office.models import Channel, Message
from tests.accounts.test_signing_in import WRONG, sign_in_with, totp_code
from tests.conftest import PASSWORD

NUMBER, OTHER = "+48501502503", "+48601602603"
SPELLINGS = ["501502503", "501 502 503", "501-502-503", "+48 501 502 503", "0048501502503", "48501502503", " (+48) 501.502.503 "]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sms():
    return Message.objects.filter(channel=Channel.SMS).order_by("created_at")


def sent_code():
    return re.search(r"\d{6}", sms().last().content.text)[0]


def letters_to(user):
    return list(
        Message.objects.filter(channel=Channel.EMAIL, address=user.email).order_by("created_at").values_list("event", flat=True)
    )


def prove(user, phone=NUMBER, moment=None):
    moment = moment or timezone.now()
    phones.ask(user, phone=phone, moment=moment)
    return phones.confirm(user, code=sent_code(), moment=moment)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_of_the_number_signs_in_with_the_same_password(client, anna, typed):
    prove(anna)

    sign_in_with(client, typed, PASSWORD)

    assert client.session["_auth_user_id"] == str(anna.pk)


def test_the_second_step_is_asked_as_with_the_address(client, anna, sign_in):
    sign_in(Client(), anna)  # she has the app with codes
    prove(anna)

    answer = sign_in_with(client, NUMBER, PASSWORD)

    assert answer.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(answer.url, {"code": totp_code()})
    assert is_signed_in(client)


def test_a_number_that_was_only_asked_for_signs_nobody_in(client, anna):
    phones.ask(anna, phone=NUMBER, moment=timezone.now())

    sign_in_with(client, NUMBER, PASSWORD)

    assert not is_signed_in(client)


def test_the_code_of_the_sms_is_no_second_step_and_no_password(client, anna, sign_in):
    sign_in(Client(), anna)
    prove(anna)
    code = sent_code()

    assert not is_signed_in(client)
    sign_in_with(client, NUMBER, code)
    sign_in_with(client, NUMBER, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(client)
    assert set(Authenticator.objects.filter(user=anna).values_list("type", flat=True)) == {"totp"}


# Proving


def test_anna_adds_her_number_on_the_pages_of_the_account(client, anna, sign_in):
    sign_in(client, anna)
    assert "Telefon do logowania" in client.get(reverse("account_overview")).content.decode()

    answer = client.post(reverse("account_phone"), {"phone": "501 502 503"}, follow=True)
    assert "501 502 503" in answer.content.decode().replace("\xa0", " ")
    answer = client.post(reverse("account_phone_code"), {"code": sent_code()}, follow=True)

    assert "501 502 503" in answer.content.decode().replace("\xa0", " ")
    assert SignInPhone.objects.get().phone == NUMBER
    assert letters_to(anna) == ["accounts/phone_added"]
    assert NUMBER[3:] not in Message.objects.get(event="accounts/phone_added").content.text.replace(" ", "")


def test_a_change_and_a_removal_are_told_by_mail(client, anna, sign_in):
    prove(anna)
    prove(anna, OTHER)
    sign_in(client, anna)

    client.post(reverse("account_phone_remove"))

    assert letters_to(anna) == ["accounts/phone_added", "accounts/phone_changed", "accounts/phone_removed"]
    assert not SignInPhone.objects.exists()


def test_changing_the_number_asks_for_the_password_again_after_five_minutes(client, anna, sign_in, time_machine):
    """S15"""
    sign_in(client, anna)
    time_machine.move_to(time.time() + 400)

    assert reverse("account_phone") not in client.get(reverse("account_phone")).headers["Location"].partition("?")[0]
    assert client.post(reverse("account_phone"), {"phone": NUMBER}).status_code == 302
    assert not sms().exists()


def test_the_code_works_once_ten_minutes_and_three_tries(anna):
    now = timezone.now()
    phones.ask(anna, phone=NUMBER, moment=now)
    with pytest.raises(actions.Refused, match="już nie działa"):
        phones.confirm(anna, code=sent_code(), moment=now + timedelta(minutes=11))
    for _ in range(3):
        with pytest.raises(actions.Refused, match="nie zgadza"):
            phones.confirm(anna, code="000000" if sent_code() != "000000" else "111111", moment=now)
    with pytest.raises(actions.Refused, match="już nie działa"):
        phones.confirm(anna, code=sent_code(), moment=now)
    prove(anna, moment=now + timedelta(minutes=1))
    with pytest.raises(actions.Refused, match="już nie działa"):
        phones.confirm(anna, code=sent_code(), moment=now + timedelta(minutes=1))


def test_the_code_is_annas_and_lies_nowhere_but_in_the_letter(anna, ewa):
    now = timezone.now()
    phones.ask(anna, phone=NUMBER, moment=now)
    code = sent_code()
    phones.ask(ewa, phone=OTHER, moment=now)

    with pytest.raises(actions.Refused, match="nie zgadza"):
        phones.confirm(ewa, code=code, moment=now)
    row = PhoneProof.objects.filter(user=anna).values().get()
    assert code not in str({**row, "asked_at": ""})


def test_a_number_proven_by_another_is_taken_over_and_the_earlier_owner_told(client, anna, ewa):
    prove(anna)

    prove(ewa)

    assert SignInPhone.objects.get().user == ewa
    assert letters_to(anna) == ["accounts/phone_added", "accounts/phone_taken_over"]
    sign_in_with(client, NUMBER, PASSWORD)
    assert client.session["_auth_user_id"] == str(ewa.pk)


# Silence


def test_asking_for_a_number_of_another_answers_the_same(client, anna, ewa, sign_in):
    """S7"""
    prove(anna)
    browser = sign_in(client, ewa)

    answers = [browser.post(reverse("account_phone"), {"phone": phone}) for phone in (NUMBER, OTHER)]

    assert len({(one.status_code, one.headers.get("Location"), one.content) for one in answers}) == 1
    assert sms().filter(recipient=ewa.subject).count() == 2


def test_a_known_and_an_unknown_number_get_the_same_page(anna):
    """S7"""
    prove(anna)
    pages = []
    for phone in ("501502503", "601602603"):
        answer = sign_in_with(Client(), phone, WRONG)
        text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(phone, "NUMBER")
        pages.append((answer.status_code, text))

    assert pages[0] == pages[1]


def test_a_known_and_an_unknown_number_take_the_same_time(anna, settings):
    """S7"""
    prove(anna)
    settings.ACCOUNT_RATE_LIMITS = False

    def seconds(phone):
        client, start = Client(), time.process_time()
        sign_in_with(client, phone, WRONG)
        return time.process_time() - start

    differences = sorted(seconds(NUMBER) - seconds(OTHER) for _turn in range(15))

    assert abs(differences[7]) < 0.010


def test_wrong_passwords_by_number_are_limited_and_do_not_tell_whose_it_is(anna):
    """S5, S7: the budget of the number is its own, known or not."""
    prove(anna)
    for phone in (NUMBER, OTHER):
        answers = [sign_in_with(Client(REMOTE_ADDR=f"198.51.100.{n}"), phone, WRONG).status_code for n in range(8)]
        assert answers == [200] * 5 + [429] * 3

    assert sign_in_with(Client(), anna.email, WRONG).status_code == 200


# The town's bill


def test_no_account_and_no_number_gets_more_than_a_few_codes_a_day(anna, ewa, bartek):
    """S5"""
    now = timezone.now()
    for user in (anna, ewa, bartek):
        phones.ask(user, phone=NUMBER, moment=now)
    with pytest.raises(actions.Refused, match="Spróbuj jutro"):
        phones.ask(anna, phone=NUMBER, moment=now)
    for n in range(phones.OF_ACCOUNT - 1):
        phones.ask(anna, phone=f"+4860160260{n}", moment=now)
    with pytest.raises(actions.Refused, match="Spróbuj jutro"):
        phones.ask(anna, phone="+48700700700", moment=now)

    assert sms().count() == 3 + phones.OF_ACCOUNT - 1
    phones.ask(anna, phone=NUMBER, moment=now + timedelta(days=1, seconds=1))


def test_the_whole_town_has_a_budget_a_day(anna, monkeypatch, ewa):
    monkeypatch.setattr(phones, "OF_TOWN", 1)
    phones.ask(anna, phone=NUMBER, moment=timezone.now())

    with pytest.raises(actions.Refused, match="Spróbuj jutro"):
        phones.ask(ewa, phone=OTHER, moment=timezone.now())


def test_erasing_the_account_takes_the_number_away_but_not_the_count(anna, ewa, bartek):
    for user in (anna, ewa, bartek):
        phones.ask(user, phone=NUMBER, moment=timezone.now())
    phones.confirm(bartek, code=sent_code(), moment=timezone.now())
    stranger = User.objects.create_user("nowa@example.com")

    for user in (anna, ewa, bartek):
        forget_account(user)

    assert not SignInPhone.objects.exists()
    assert not PhoneProof.objects.exclude(phone="").exists()
    with pytest.raises(actions.Refused, match="Spróbuj jutro"):
        phones.ask(stranger, phone=NUMBER, moment=timezone.now())


def test_codes_are_gone_after_a_day(anna):
    phones.ask(anna, phone=NUMBER, moment=timezone.now() - timedelta(days=2))

    actions.forget_the_ended(moment=timezone.now())

    assert not PhoneProof.objects.exists()


@pytest.mark.parametrize(
    "typed", ["50150250", "+4850150250", "501 502 50x", "٥٠١٥٠٢٥٠٣", "+49 30 1234567", "+1 900 123 4567", "5" * 40]
)
def test_what_is_no_polish_number_is_answered_beside_the_field_and_costs_nothing(client, anna, sign_in, typed):
    with pytest.raises(ValidationError):
        check_sign_in_phone(typed)

    answer = sign_in(client, anna).post(reverse("account_phone"), {"phone": typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors["phone"]
    assert not sms().exists()


@pytest.mark.parametrize("typed", ["anna", "anna@", "anna@example", "12", "a" * 255])
def test_what_is_neither_address_nor_number_is_told_at_sign_in(client, db, typed):
    answer = sign_in_with(client, typed, PASSWORD)

    assert answer.status_code == 200
    assert answer.context["form"].errors["login"]


def test_without_a_carrier_of_sms_nothing_is_offered(client, anna, sign_in, settings):
    settings.OFFICE_CARRIERS = {"email": "office.channels.Email"}

    assert str(SignInForm().fields["login"].label) == "Adres e-mail"
    answer = sign_in(client, anna).post(reverse("account_phone"), {"phone": NUMBER})
    assert "nie wysyła teraz SMS-ów" in answer.content.decode()
    assert not sms().exists()


def test_the_number_is_in_no_address_and_no_log(client, anna, sign_in, caplog):
    browser = sign_in(client, anna)

    answers = [
        browser.post(reverse("account_phone"), {"phone": NUMBER}),
        browser.post(reverse("account_phone_code"), {"code": sent_code()}),
    ]

    assert "501502503" not in "".join(one.headers["Location"] for one in answers) + caplog.text


def test_the_sms_is_one_message_of_the_cheap_alphabet(anna):
    from announcements.gsm import parts_of

    phones.ask(anna, phone=NUMBER, moment=timezone.now())

    assert parts_of(sms().last().content.text) == (1, False)
