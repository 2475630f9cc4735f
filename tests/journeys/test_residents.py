"""Anna tells who she is, confirms it with a code from the desk and sees what the town hall knows and who looked."""

import re
import zipfile
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from office.audit import record_read
from pruszcz_portal.tasks import sweep_copies
from residents import actions
from residents.models import AddressPoint, Person, Purpose, RegisterPolicy, Terms
from residents.models.places import address_key
from tests.conftest import PASSWORD
from tests.payments.cast import make_payment

ANNA_PESEL = "85041512345"


@pytest.fixture(autouse=True)
def first_rows(transactional_db):
    """What the first migrations lay down and a test that commits wipes."""
    call_command("createcachetable", verbosity=0)
    since = {"valid_from": date(2026, 1, 1), "source": "test"}
    if not RegisterPolicy.objects.exists():
        RegisterPolicy.objects.create(desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1, **since)
    Purpose.objects.get_or_create(
        code="wiadomosci",
        defaults={"name": "Wiadomości z miasta", "needs_consent": True, "wording": "Zgadzam się na wiadomości.", **since},
    )
    for kind in ("service", "privacy"):
        text = (settings.BASE_DIR / "sample_data/terms" / f"{'regulamin' if kind == 'service' else 'klauzula'}.txt").read_text()
        Terms.objects.create(kind=kind, version="1", text=text, **since)


@pytest.fixture
def open_page(page, live_server, sign_in, client):
    """`open_page(user, "residents:my_data")` in a browser where the user is strongly signed in."""

    def go(user, name, *args):
        sign_in(client, user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + reverse(name, args=args))
        return page

    return go


def check(page, look, name):
    """No axe violation and nothing wider than the screen at 320 and 1280 px."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, name)


def test_anna_says_who_she_is_and_comes_back_where_she_was_going(anna, open_page, complaints, look):
    """L20: the clause and the terms stand above the form."""
    page = open_page(anna, "residents:who_looked")
    expect(page.get_by_role("heading", level=1)).to_have_text("Poznajmy się")
    expect(page.get_by_role("heading", name="Co zrobimy z Twoimi danymi")).to_be_visible()
    check(page, look, "onboarding")

    page.get_by_label("Imię").fill("Anna")
    page.get_by_label("Numer PESEL").fill("8504151234")
    page.get_by_role("button", name="Zapisz i idź dalej").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Numer PESEL ma 11 cyfr, wpisano 10.")
    expect(page.get_by_label("Imię")).to_have_value("Anna")
    check(page, look, "onboarding-errors")

    page.get_by_label("Nazwisko").fill("Kowalska")
    page.get_by_label("Numer PESEL").fill(f"{ANNA_PESEL[:6]} {ANNA_PESEL[6:]}")
    page.get_by_label("Znam i akceptuję regulamin").check()
    page.get_by_role("button", name="Zapisz i idź dalej").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kto oglądał moje dane")
    assert Person.objects.get(account=anna).terms_acceptances.count() == 2
    assert [one for one in complaints if "422" not in one] == []


def test_anna_confirms_her_identity_with_a_code_from_the_desk(anna, celina, open_page, complaints, look):
    moment = timezone.now()
    person = actions.declare_person(
        account=anna, first_name="Anna", last_name="Kowalska", pesel=ANNA_PESEL, by=anna, moment=moment
    )
    code = actions.issue_desk_code(person, by=celina, moment=moment)
    page = open_page(anna, "residents:my_data")
    expect(page.get_by_text("do potwierdzenia")).to_be_visible()
    assert ANNA_PESEL not in page.content()
    check(page, look, "my-data-declared")

    page.get_by_role("link", name="Wpisz kod z urzędu").click()
    page.get_by_label("Kod z urzędu").fill("ABCD-2345")
    page.get_by_role("button", name="Potwierdź tożsamość").click()
    expect(page.locator(".error-summary")).to_contain_text("Kod nie pasuje do danych na tym koncie")
    check(page, look, "desk-code")
    page.get_by_label("Kod z urzędu").fill(code.lower())
    page.get_by_role("button", name="Potwierdź tożsamość").click()

    expect(page.get_by_text("potwierdzona w urzędzie")).to_be_visible()
    check(page, look, "my-data-confirmed")
    assert complaints == []


def test_anna_sees_who_looked_at_her_data(anna, celina, open_page, look):
    """L37, S58"""
    person = actions.declare_person(account=anna, first_name="Anna", last_name="Kowalska", by=anna, moment=timezone.now())
    page = open_page(anna, "residents:who_looked")
    expect(page.get_by_text("Nikt z urzędu nie oglądał Twoich danych")).to_be_visible()
    check(page, look, "who-looked-nobody")

    record_read(reader=celina, person=person.pk, what="dane osoby w kartotece", purpose="potwierdzenie tożsamości")
    record_read(reader=anna, person=person.pk, what="własne dane", purpose="wgląd")
    page.reload()

    reads = page.get_by_role("table", name="Odczyty danych")
    row = reads.get_by_role("row").nth(1)
    expect(row).to_contain_text(re.compile("Celina Nowak.*referentka w.kancelarii.*dane osoby.*potwierdzenie tożsamości", re.S))
    expect(reads.get_by_role("row")).to_have_count(2)
    check(page, look, "who-looked")


def test_anna_gives_and_withdraws_a_consent_and_asks_about_her_data(anna, open_page, complaints, look):
    """L25, L21"""
    actions.declare_person(account=anna, first_name="Anna", last_name="Kowalska", by=anna, moment=timezone.now())
    page = open_page(anna, "residents:consents")
    page.get_by_role("button", name=re.compile("Zgadzam się.*Wiadomości z.miasta, e-mail")).click()
    expect(page.get_by_text("Zgoda zapisana.")).to_be_visible()
    check(page, look, "consents")
    page.get_by_role("button", name=re.compile("Wycofaj.*Wiadomości z.miasta, e-mail")).click()
    expect(page.get_by_text("wycofana", exact=False).last).to_be_visible()

    page = open_page(anna, "residents:rights")
    page.get_by_label("usunięcie danych").check()
    page.get_by_label("Napisz, o jakie dane chodzi").fill("Proszę usunąć numer telefonu.")
    page.get_by_role("button", name="Wyślij żądanie").click()
    expect(page.get_by_text("Odpowiemy do")).to_be_visible()
    check(page, look, "rights")
    for name in ("identity", "contact", "new_terms", "terms_service", "terms_privacy"):
        check(open_page(anna, f"residents:{name}"), look, name)
    assert complaints == []


def test_bartek_without_a_second_step_is_led_to_one_before_his_name_changes(bartek, page, live_server):
    """S9"""
    actions.declare_person(account=bartek, first_name="Bartek", last_name="Nowak", by=bartek, moment=timezone.now())
    page.goto(live_server.url + reverse("account_login") + "?next=" + reverse("residents:identity"))
    page.get_by_label("Adres e-mail").fill(bartek.email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()

    expect(page.get_by_label("Nazwisko")).to_have_count(0)
    assert reverse("strong_sign_in") in page.url


def test_celina_looks_somebody_up_confirms_and_houses_them(celina, dariusz, open_page, complaints, look):
    """The desk: a question instead of a list, a code shown once, an address suggested. S55: no PESEL in any address."""
    for street, number in (("Batorego", "2"), ("Krótka", "7")):
        row = {"terc": "2204011", "simc": "0934620", "ulic": "90001" if street == "Krótka" else "90002"}
        AddressPoint.objects.create(**row, street=street, number=number, search=address_key(street, number))
    person = actions.declare_person(
        account=None, first_name="Zofia", last_name="Wiśniewska", pesel=ANNA_PESEL, by=celina, moment=timezone.now()
    )
    page = open_page(celina, "admin:residents_person_changelist")
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    page.get_by_label("Nazwisko i imię albo PESEL").fill(ANNA_PESEL)
    page.get_by_role("button", name="Szukaj").click()
    expect(page.get_by_role("link", name="Wiśniewska Zofia")).to_be_visible()
    desk_check(page, look, "desk-look-up")

    page.get_by_role("link", name="Wiśniewska Zofia").click()
    page.get_by_text("Więcej czynności").click()
    expect(page.get_by_role("link", name="Zapisz gospodarstwo")).to_be_visible()
    desk_check(page, look, "desk-person")
    page.get_by_role("link", name="Zapisz gospodarstwo").click()
    page.get_by_label("Ulica").fill("Kruka")
    page.get_by_label("Numer domu").fill("7")
    page.get_by_label("Od kiedy").fill("2026-03-02")
    page.get_by_role("button", name="Zapisz gospodarstwo").click()
    expect(page.locator(".error-summary")).to_contain_text("Czy to „Krótka”?")
    desk_check(page, look, "desk-household")
    page.get_by_label("Ulica").fill("Krótka")
    page.get_by_label("Ulica").press("Tab")
    expect(page.locator("datalist#id_number_numbers option")).to_have_count(1)
    page.get_by_role("button", name="Zapisz gospodarstwo").click()
    expect(page.get_by_text("Krótka 7, od 02.03.2026")).to_be_visible()

    page.get_by_role("link", name="Wydaj kod z urzędu").click()
    desk_check(page, look, "desk-code-ask")
    page.get_by_role("button", name="Wydaj kod z urzędu").click()
    expect(page.locator(".shown-once")).to_have_text(re.compile("^[A-Z2-9]{4}-[A-Z2-9]{4}$"))
    desk_check(page, look, "desk-code-shown")

    assert not any(ANNA_PESEL in address for address in addresses)
    assert person.memberships.count() == 1
    assert [one for one in complaints if "422" not in one and "inline style" not in one] == []  # the style is axe's own


def test_the_administrator_loads_the_towns_addresses(make_account, open_page, look):
    user = make_account("admin@pruszcz.example", "Adam Admin", "Administrator portalu")
    page = open_page(user, "admin:residents_addresspoint_import")
    page.get_by_label("Plik CSV").set_input_files(settings.BASE_DIR / "sample_data/addresses/addresses.csv")
    page.get_by_role("button", name="Sprawdź plik").click()
    expect(page.get_by_role("heading", name="Co się zmieni")).to_be_visible()
    desk_check(page, look, "desk-import")
    page.get_by_role("button", name="Wczytaj").click()
    expect(page.get_by_text("Wczytano. Nowe punkty:")).to_be_visible()
    look(page, "desk-addresses")


def desk_check(page, look, name):
    """Axe on our own part of the desk; Django's frame around it is checked by the room that dresses it."""
    found = Axe().run(page, context="#content").response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    look(page, name)


def test_anna_takes_a_copy_of_everything_and_then_erases_it(anna, open_page, complaints, look, tmp_path):
    """L21: the copy waits, is ready and is taken; what goes and what stays is read before the button; then only the protocol is left."""
    moment = timezone.now()
    person = actions.declare_person(
        account=anna, first_name="Anna", last_name="Kowalska", pesel=ANNA_PESEL, by=anna, moment=moment
    )
    actions.give_consent(person, purpose="wiadomosci", channel="email", source="portal", moment=moment)
    make_payment(person, moment=moment)
    page = open_page(anna, "residents:my_data")
    page.get_by_role("link", name="Kopia moich danych").click()
    page.get_by_role("button", name="Zamów kopię").click()
    expect(page.get_by_text("Przygotowujemy kopię")).to_be_visible()
    check(page, look, "copy-waits")

    sweep_copies()
    page.get_by_role("link", name="Sprawdź, czy jest gotowa").click()
    check(page, look, "copy-ready")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Pobierz plik").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        (tmp_path / "spis.html").write_bytes(archive.read("spis.html"))
        assert ANNA_PESEL in archive.read("moje-dane.json").decode()
    page.goto((tmp_path / "spis.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Moje dane w Urzędzie Miasta Pruszcz Gdański")
    look(page, "copy-index")

    page = open_page(anna, "residents:rights")
    page.get_by_role("link", name="Usuń konto i dane").click()
    expect(page.get_by_text("Dowody księgowe urząd przechowuje")).to_be_visible()
    check(page, look, "erase")
    page.get_by_role("button", name="Usuń konto i dane").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, look, "erase-error")
    page.get_by_label("Wiem, że tego nie da się cofnąć").check()
    page.get_by_role("button", name="Usuń konto i dane").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Dane zostały usunięte")
    check(page, look, "erased")
    assert Person.objects.get(pk=person.pk).email == "" and not User.objects.filter(pk=anna.pk).exists()
    assert [one for one in complaints if "422" not in one] == []
