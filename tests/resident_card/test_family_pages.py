"""The pages of the family account, asked as a browser asks."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead
from office.transitions import history_of
from resident_card.actions import families, invitations
from resident_card.actions.media import make_app_card
from resident_card.models import FamilyAct, Invitation, Membership
from residents.models import Person
from tests.conftest import PASSWORD
from tests.factories import TUESDAY, make_person
from tests.resident_card.relatives import (
    MAREK,
    MAREKS_ADDRESS,
    invited,
    joined,
    make_anna,
    person_of,
    secret_in_the_last_letter,
    with_child,
)

pytestmark = pytest.mark.django_db
FAMILY = "/karta/rodzina/"


@pytest.fixture
def her(anna):
    return make_anna(anna)


@pytest.fixture
def marek(make_account):
    return make_account(MAREKS_ADDRESS)


@pytest.fixture
def client_of(sign_in):
    return lambda account: sign_in(Client(), account)


def link(secret):
    return reverse("resident_card:family_invitation", args=[secret])


def text(answer):
    return answer.content.decode()


def grown(days=0):
    """A day of birth that makes somebody 18 today, or so many days ago."""
    today = timezone.localdate()
    return today.replace(year=today.year - 18) - timedelta(days=days)


def test_anna_invites_and_until_marek_confirms_sees_only_what_she_typed(her, marek, client_of):
    """R15: his own telephone and his name as he writes it are nowhere on her pages."""
    Person.objects.filter(pk=person_of(marek, "Mareczek", "Kowalski", MAREK).pk).update(phone="+48601602603")
    hers = client_of(her.account)
    typed = {"first_name": "Marek", "last_name": "Kowalski", "pesel": MAREK, "email": " Marek@Example.com", "agreed": "on"}

    answer = hers.post(reverse("resident_card:family_invite"), typed, follow=True)

    assert "Marek Kowalski" in text(answer)
    assert MAREKS_ADDRESS in text(answer)
    assert "Mareczek" not in text(answer)
    assert "601 602 603" not in text(answer)
    assert Membership.objects.standing().count() == 1


def test_what_was_typed_wrong_stays_in_the_form_beside_its_error(her, client_of):
    typed = {"first_name": "Marek", "last_name": "Kowalski", "pesel": "123", "email": "marek", "agreed": "on"}

    answer = client_of(her.account).post(reverse("resident_card:family_invite"), typed)

    assert answer.status_code == 422
    assert "wpisano 3" in text(answer)
    assert 'value="Kowalski"' in text(answer)


def test_looking_at_the_link_does_nothing_and_the_button_joins(her, marek, client_of):
    """R14"""
    _sent, secret = invited(her, moment=timezone.now())
    person_of(marek, "Marek", "Kowalski", MAREK)
    his = client_of(marek)

    for _look in range(2):
        assert "Anna Kowalska" in text(his.get(link(secret)))
    assert Invitation.objects.open().exists()
    assert his.post(link(secret), {"same_home": "on"}).status_code == 422
    answer = his.post(link(secret), {"same_home": "on", "managed": "on"})

    assert answer.headers["Location"] == FAMILY
    assert Membership.objects.get(person__account=marek).confirmed_at


def test_used_unknown_and_expired_links_are_one_page(her, client, marek):
    """R14"""
    sent, used = invited(her, moment=timezone.now())
    invitations.decline(sent, moment=timezone.now())
    _sent, expired = invited(her, moment=timezone.now() - timedelta(days=31))

    pages = {(answer.status_code, text(answer)) for answer in map(client.get, map(link, [used, expired, "zmyslony"]))}

    assert len(pages) == 1
    assert next(iter(pages))[0] == 404


def test_a_stranger_with_the_link_learns_no_name_and_may_decline_for_the_mailbox(her, client, ewa, client_of):
    _sent, secret = invited(her, moment=timezone.now())
    person_of(ewa, "Ewa", "Obca")

    for visitor in (client, client_of(ewa)):
        assert "Kowalsk" not in text(visitor.get(link(secret)))
        visitor.post(link(secret), {"same_home": "on", "managed": "on"})
    assert Invitation.objects.open().exists()
    client.post(link(secret), {"decline": "1"})

    assert not Person.objects.with_pesel(MAREK).exists()


def test_a_newcomer_is_asked_who_they_are_and_led_back_to_the_invitation(her, marek, client_of):
    _sent, secret = invited(her, moment=timezone.now())

    answer = client_of(marek).get(link(secret))

    assert answer.status_code == 302
    assert "poznajmy-sie" in answer.headers["Location"]
    assert secret in answer.headers["Location"]


def test_who_signed_in_with_the_address_answers_without_the_letter(her, marek, client_of):
    sent, _secret = invited(her, moment=timezone.now())
    person_of(marek, "Marek", "Kowalski", MAREK)
    his = client_of(marek)
    mine = reverse("resident_card:family_invitation_mine", args=[sent.pk])

    assert mine in text(his.get("/co-u-mnie/"))
    assert mine in text(his.get(FAMILY))
    his.post(mine, {"same_home": "on", "managed": "on"})

    assert families.family_of(Person.objects.of(marek).get())


def test_marek_reads_what_was_done_in_his_name(her, marek, client_of):
    """R16"""
    member = joined(her, marek, moment=timezone.now())
    hers = client_of(her.account)

    hers.post(reverse("resident_card:family_member_contact", args=[member.pk]), {"phone": "501502503"})
    hers.post(reverse("resident_card:family_member_consent", args=[member.pk, "wiadomosci", "email"]), {"zgoda": "tak"})

    page = text(client_of(marek).get(FAMILY))
    assert FamilyAct.objects.count() == 2
    assert "zmiana danych: telefon" in page
    assert "zgoda wyrażona" in page
    assert "Anna Kowalska" in page


def test_marek_sees_who_belongs_and_opens_nobodys_page_but_his_own(her, marek, client_of):
    member, zosia = joined(her, marek), with_child(her)
    his = client_of(marek)

    assert "Zosia" in text(his.get(FAMILY))
    for page in ("member", "member_contact", "detach"):
        url = reverse(f"resident_card:family_{page}", args=[Membership.objects.get(person=zosia).pk])
        assert his.get(url).status_code == 404
    assert his.get(reverse("resident_card:family_member", args=[member.pk])).status_code == 200


def test_on_the_18th_birthday_nothing_of_the_card_opens_before_ola_has_decided(her, bartek, client_of):
    """R20: the page comes back to where she was going; her mother changes nothing meanwhile."""
    ola = with_child(her, "Ola", grown())
    Person.objects.filter(pk=ola.pk).update(account=bartek)
    member = Membership.objects.get(person=ola)
    hers, olas = client_of(her.account), client_of(bartek)
    gate = reverse("resident_card:family_of_age")

    assert gate in text(olas.get("/co-u-mnie/"))
    names = ("apply", "home", "my_card", "packages", "used_discounts")
    for page in (FAMILY, *(reverse(f"resident_card:{name}") for name in names)):
        assert olas.get(page).headers["Location"].startswith(gate)
    assert olas.post(reverse("resident_card:new_card", args=[ola.pk])).headers["Location"].startswith(gate)
    assert hers.get(reverse("resident_card:family_member_contact", args=[member.pk])).status_code == 404
    assert "18 lat" in text(hers.get(reverse("resident_card:family_member", args=[member.pk])))
    answer = olas.post(gate, {"managed": "on", "next": FAMILY})

    assert answer.headers["Location"] == FAMILY
    assert olas.get(FAMILY).status_code == 200
    assert {olas.get(reverse(f"resident_card:{name}")).status_code for name in names} == {200}
    assert hers.get(reverse("resident_card:family_member_contact", args=[member.pk])).status_code == 200


def test_who_administers_blocks_the_card_of_an_adult_who_agreed_and_he_reads_it(her, marek, ewa, client_of):
    """3.4, R16: from the page of the family; not the other way round, and not a stranger."""
    member, _child = joined(her, marek), with_child(her)
    card, hers = make_app_card(member.person, moment=TUESDAY), make_app_card(her, moment=TUESDAY)
    block = reverse("resident_card:block_card", args=[card.pk])
    assert block in text(client_of(her.account).get(reverse("resident_card:family_member", args=[member.pk])))
    assert client_of(ewa).get(block).status_code == 404
    assert client_of(marek).get(reverse("resident_card:block_card", args=[hers.pk])).status_code == 404

    answer = client_of(her.account).post(block, {"reason": "zgubiona"})

    card.refresh_from_db()
    assert (answer.headers["Location"], card.status) == (FAMILY, "blocked")
    assert history_of(card).get().side == "resident"
    assert FamilyAct.objects.get(person=member.person, what="zablokowana karta").actor == her


def test_a_lost_card_is_blocked_before_anything_is_decided(her, bartek, client_of):
    """R20, R29: a thief does not wait for an answer about the family account."""
    ola = with_child(her, "Ola", grown())
    Person.objects.filter(pk=ola.pk).update(account=bartek)
    card = make_app_card(Person.objects.get(pk=ola.pk), moment=TUESDAY)

    assert client_of(bartek).get(reverse("resident_card:block_card", args=[card.pk])).status_code == 200


def test_the_day_before_the_18th_birthday_ola_is_asked_nothing(her, bartek, client_of):
    ola = with_child(her, "Ola", grown(days=-1))
    Person.objects.filter(pk=ola.pk).update(account=bartek)

    assert client_of(bartek).get(FAMILY).status_code == 200


def test_ola_may_rather_leave_at_18(her, bartek, client_of):
    ola = with_child(her, "Ola", grown(days=5))
    Person.objects.filter(pk=ola.pk).update(account=bartek)

    client_of(bartek).post(reverse("resident_card:family_of_age"), {"leave": "1"})

    assert families.family_of(ola) is None


def test_a_child_of_16_gets_a_sign_in_by_the_link(her, marek, client_of):
    """R19, from the administrator's button to the child's own page."""
    ola = with_child(her, "Ola", grown() + timedelta(days=400))
    member = Membership.objects.get(person=ola)

    client_of(her.account).post(reverse("resident_card:family_member_sign_in", args=[member.pk]), {"email": MAREKS_ADDRESS})
    make_person(marek, "Ola", "Kowalska", born_on=ola.born_on)
    client_of(marek).post(link(secret_in_the_last_letter()))

    ola.refresh_from_db()
    assert ola.account == marek


def test_a_clerk_finds_a_family_by_name_and_each_look_is_written_down(her, make_account, client_of):
    """R90"""
    zosia = with_child(her)
    clerk = client_of(make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca"))
    desk = reverse("admin:resident_card_membership_changelist")

    assert "Kowalska" not in text(clerk.get(desk))
    assert "Zosia" in text(clerk.get(f"{desk}?q=kowalska+zosia"))
    clerk.get(reverse("admin:resident_card_membership_change", args=[Membership.objects.get(person=her).pk]))

    looks = PersonalDataRead.objects.values_list("person", "what")
    assert (zosia.pk, "wynik wyszukania kont rodzinnych") in looks
    assert (zosia.pk, "skład konta rodzinnego") in looks
    assert her.pk in {person for person, _what in looks}


def test_a_clerk_joins_who_applied_on_paper_by_pesel(her, make_account, client_of):
    with_child(her)
    marek = person_of(None, "Marek", "Kowalski", MAREK, date(1976, 11, 24))
    clerk = client_of(make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca"))
    verb = reverse("admin:resident_card_membership_verb", args=[Membership.objects.get(person=her).pk, "join_by_pesel"])

    clerk.post(verb, {"pesel": MAREK, "seen": ""})

    assert families.family_of(marek) == families.family_of(her)


def test_a_clerk_appoints_an_administrator_with_reason_and_signature(her, marek, anna, make_account, client_of):
    """R18: the button is there only while nobody administers the account."""
    member = joined(her, marek)
    clerk = client_of(make_account("halina@pruszcz.example", "Halina Zys", "Punkt Karty mieszkańca"))
    page = reverse("admin:resident_card_membership_change", args=[member.pk])
    verb = reverse("admin:resident_card_membership_verb", args=[member.pk, "appoint"])
    assert "Powierz prowadzenie" not in text(clerk.get(page))
    families.detach(Membership.objects.get(person=her), by=anna, moment=timezone.now())
    assert "Powierz prowadzenie" in text(clerk.get(page))

    for missing in ({"reason": "powód"}, {"agrees": "on"}, {"agrees": "on", "reason": " "}):
        assert clerk.post(verb, {**missing, "seen": ""}).status_code == 422
    answer = clerk.post(verb, {"agrees": "on", "reason": "nikt nie prowadził konta", "seen": ""}, follow=True)

    assert "Konto ma osobę prowadzącą" in text(answer)
    assert "nikt nie prowadził konta" in text(answer)
    assert Membership.objects.get(pk=member.pk).role == Membership.Role.ADMINISTRATOR


def test_an_address_signs_in_with_capitals_and_spaces(client, marek):
    """R21"""
    typed = {"login": "  Marek@EXAMPLE.com ", "password": PASSWORD}

    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.session["_auth_user_id"] == str(marek.pk)


def test_an_invitation_typed_when_the_session_ended_is_shown_again_and_nobody_is_invited(client, anna, sign_in):
    """3.7"""
    make_person(anna)
    at = reverse("resident_card:family_invite")

    client.post(at, {"first_name": "Bartek", "last_name": "Nowak", "email": "bartek@example.com", "pesel": "44051401359"})
    sealed = str(dict(client.session))
    back = sign_in(client, anna).get(at).content.decode()

    assert "44051401359" not in sealed and "bartek" not in sealed
    assert 'value="Bartek"' in back and 'value="bartek@example.com"' in back
    assert not Invitation.objects.exists()
