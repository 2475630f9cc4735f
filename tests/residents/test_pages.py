import pytest
from django.conf import settings
from django.urls import reverse

from office.audit import record_read
from residents import actions
from residents.addresses import import_addresses, read_addresses
from residents.models import Consent, Person, Terms
from tests.residents.conftest import ANNA_PESEL, BARTEK_PESEL, NOON

ADDRESSES = settings.BASE_DIR / "sample_data/addresses/addresses.csv"
PAGES = ["my_data", "contact", "identity", "desk_code", "consents", "who_looked", "rights", "new_terms"]


@pytest.fixture
def person(anna, declare):
    return declare(anna, "Anna", "Kowalska", ANNA_PESEL)


@pytest.fixture
def home(client, anna, sign_in):
    """Anna at home, strongly signed in."""
    return sign_in(client, anna)


@pytest.mark.parametrize("name", PAGES)
def test_who_has_not_said_who_they_are_is_asked_first_and_led_back(home, name):
    address = reverse(f"residents:{name}")

    asked = home.get(address)

    assert asked.status_code == 302
    assert asked["Location"] == f"{reverse('residents:onboarding')}?next={address.replace('/', '%2F')}"


@pytest.mark.parametrize("wanted", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_onboarding_leads_only_within_the_portal(home, policy, wanted):
    """S37"""
    answer = home.post(
        reverse("residents:onboarding"),
        {"first_name": "Anna", "last_name": "Kowalska", "shown": "", "next": wanted},
    )

    assert answer["Location"] == reverse("my_matters")


def test_terms_that_changed_while_the_page_was_open_are_shown_before_anything_is_kept(home, anna, policy):
    """L20, L58"""
    terms = Terms.objects.create(kind="service", version="2", text="Nowa treść.", valid_from="2026-01-01", source="test")
    typed = {"first_name": "Anna", "last_name": "Kowalska", "accepted": "on"}

    old = home.post(reverse("residents:onboarding"), {**typed, "shown": ""})
    untouched = Person.objects.exists()
    new = home.post(reverse("residents:onboarding"), {**typed, "shown": str(terms.pk)})

    assert "zmieniły się przed chwilą" in old.content.decode().replace("\u00a0", " ")
    assert 'value="Kowalska"' in old.content.decode()
    assert f'name="shown" value="{terms.pk}"' in old.content.decode()
    assert (untouched, new.status_code) == (False, 302)
    assert anna.person.terms_acceptances.get().terms == terms


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_the_database_more_than_eight_questions(
    home, person, celina, house, dariusz, django_assert_max_num_queries, name, rows
):
    for row in range(rows):
        record_read(reader=celina, person=person.pk, what="dane", purpose="sprawa")
        actions.join_household(
            person, actions.dwelling_at(house("Krótka", str(row))), since=NOON.date().replace(day=row + 1), by=dariusz
        )
        actions.grant_residency(person, basis="PIT", by=dariusz, day=NOON.date())
        actions.give_consent(person, purpose="wiadomosci", channel=["email", "sms", "push"][row], source="portal", moment=NOON)
        actions.ask_about_data(person, kind=["erasure", "objection", "correction"][row], text="Proszę.", moment=NOON)
        Terms.objects.create(kind="service", version=str(row), text="…", valid_from="2026-01-01", source="test")

    home.get(reverse("residents:my_data"))  # once a minute the session notes that it lives
    with django_assert_max_num_queries(8):
        page = home.get(reverse(f"residents:{name}"))

    assert page.status_code == 200
    assert ANNA_PESEL not in page.content.decode()


def test_nobody_withdraws_anothers_consent(home, person, bartek, declare):
    """S16"""
    other = declare(bartek, "Bartosz", "Nowak", BARTEK_PESEL)
    consent = actions.give_consent(other, purpose="wiadomosci", channel="email", source="portal", moment=NOON)

    answer = home.post(reverse("residents:withdraw_consent", args=[consent.pk]))

    assert answer.status_code == 404
    assert Consent.objects.standing().count() == 1


@pytest.mark.parametrize("where", [("wiadomosci", "fax"), ("nic", "email"), ("odpady", "email")])
def test_a_consent_that_is_not_asked_for_is_not_kept(home, person, where):
    answer = home.post(reverse("residents:give_consent", args=where))

    assert answer.status_code in (302, 404)
    assert not Consent.objects.exists()


def test_who_looked_tells_name_position_reason_and_what_was_read_before_the_merge(home, anna, celina, franek, declare, on_paper):
    """L37: reads of the declared row belong to the person into whom it was merged; one's own do not show."""
    declared, paper = declare(anna, "Anna", "Kowalska", ANNA_PESEL), on_paper("Anna", "Kowalska", ANNA_PESEL)
    record_read(reader=celina, person=declared.pk, what="przed połączeniem", purpose="sprawa")
    record_read(reader=franek, person=paper.pk, what="kartoteka", purpose="okienko")
    record_read(reader=anna, person=paper.pk, what="własne", purpose="własny")
    actions.redeem_desk_code(anna, actions.issue_desk_code(paper, by=franek, moment=NOON), moment=NOON)

    page = home.get(reverse("residents:who_looked"))

    told = [(look.who, look.position, look.what, look.purpose) for look in page.context["looks"]]
    assert told == [
        ("Franciszek Wilk", "punkt obsługi mieszkańca", "kartoteka", "okienko"),
        ("Celina Nowak", "referentka w kancelarii", "przed połączeniem", "sprawa"),
    ]


def test_changing_ones_name_needs_a_second_step_and_contact_data_do_not(client, anna, person, sign_in):
    """S9"""
    sign_in(client, anna, strong=False)

    assert client.get(reverse("residents:identity")).status_code == 302
    assert client.post(reverse("residents:identity"), {"first_name": "Ewa", "last_name": "Zych"}).status_code == 302
    assert client.post(reverse("residents:desk_code"), {"code": "ABCDEFGH"}).status_code == 302
    assert client.post(reverse("residents:contact"), {"phone": "501 502 503"}).status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.phone) == ("Anna", "+48501502503")


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"ulica": "kos"}, {"streets": ["Wojciecha Kossaka"]}),
        ({"ulica": "wojciecha ko"}, {"streets": ["Wojciecha Kossaka"]}),
        ({"ulica": "Batorgo"}, {"streets": ["Batorego"]}),
        ({"ulica": "zzz"}, {"streets": []}),
        ({"ulica": ""}, {"streets": []}),
        ({"ulica": "ul. krotka", "numer": "2"}, {"flats": ["1", "2", "3", "4"]}),
        ({"ulica": "Nieznana", "numery": ""}, {"numbers": []}),
    ],
)
def test_an_address_is_suggested_while_it_is_typed(client, db, query, answer):
    import_addresses(read_addresses(ADDRESSES.read_bytes()))

    assert client.get(reverse("residents:addresses"), query).json() == answer


def test_house_numbers_come_in_the_order_of_the_street(client, db):
    import_addresses(read_addresses(ADDRESSES.read_bytes()))

    numbers = client.get(reverse("residents:addresses"), {"ulica": "Krótka", "numery": ""}).json()["numbers"]

    assert numbers[:8] == ["1", "2", "3", "4", "5", "5a", "6", "7"]


def test_suggestions_have_their_limit_and_the_form_still_works_by_hand(client, db):
    """S46"""
    statuses = {client.get(reverse("residents:addresses"), {"ulica": "kos"}).status_code for _try in range(121)}

    assert statuses == {200, 429}


def changes_on(page):
    return [(change.who, change.what) for change in page.context["changes"]]


def test_anna_reads_who_changed_her_record_and_which_field(home, anna, celina, client_at_desk, policy):
    """S58 S21: the post and not the name, the field and not its value."""
    home.post(reverse("residents:onboarding"), {"first_name": "Anna", "last_name": "Kowalska", "shown": ""})
    person = anna.person
    home.post(reverse("residents:contact"), {"phone": "601 234 567", "mail_address": "", "email": anna.email})
    client_at_desk.post(
        reverse("admin:residents_person_verb", args=[person.pk, "correct_person"]),
        {"first_name": "Anna Maria", "last_name": "Nowa", "pesel": ANNA_PESEL, "phone": "601234567", "email": anna.email},
    )

    page = home.get(reverse("residents:who_looked"))

    assert changes_on(page) == [
        (f"urząd: {celina.position}", "imię, nazwisko, numer PESEL, data urodzenia"),
        ("Ty", "telefon"),
        ("Ty", "wpis do kartoteki"),
    ]
    told = page.content.decode().split('id="changes"')[1]
    assert not [secret for secret in (celina.name, ANNA_PESEL, "601", "Nowa<") if secret in told.replace("\xa0", " ")]


def test_what_the_portal_does_by_itself_and_new_ciphers_are_no_change_of_hers(home, person):
    Person.objects.filter(pk=person.pk).update(search="kowalska anna ")
    Person.objects.get(pk=person.pk).save()  # the same number under a new cipher

    assert changes_on(home.get(reverse("residents:who_looked"))) == [("portal, bez udziału pracownika", "wpis do kartoteki")]


def test_nobody_elses_changes_are_told(home, person, declare, bartek):
    declare(bartek, "Bartek", "Zieliński", BARTEK_PESEL)

    assert len(changes_on(home.get(reverse("residents:who_looked")))) == 1


@pytest.fixture
def client_at_desk(celina, sign_in):
    from django.test import Client

    return sign_in(Client(), celina)
