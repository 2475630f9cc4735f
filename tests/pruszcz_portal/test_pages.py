"""The pages above all rooms."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import path

from pruszcz_portal import doors, errors, urls
from pruszcz_portal.search import found
from ui.agenda import AgendaItem, Kind, SearchEntry

IDS = [
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-zakres",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-kontakt",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-data-sporzadzenie",
    "a11y-architektura",
    "a11y-komunikacja",
]


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def test_home_opens_five_doors_in_plain_words(client, db):
    html = text_of(client.get("/"))

    titles = re.findall(r'<h3 class="door__title"><a href="[^"]+">([^<]+)</a>', html)
    assert titles == ["Załatw sprawę", "Konsultacje", "Karta i GPSZOK", "Komunikaty", "WiFi"]


def test_no_door_of_the_home_page_is_locked(client, db):
    for door in doors.DOORS:
        assert client.get(door.url, follow=True).status_code == 200, door.title


def test_a_visitor_is_sent_to_sign_in_before_co_u_mnie(client, db):
    response = client.get("/co-u-mnie/")

    assert response.status_code == 302 and response["Location"].endswith("?next=/co-u-mnie/")


def test_an_account_without_a_person_sees_a_kind_empty_page(client, anna, sign_in):
    html = text_of(sign_in(client, anna).get("/co-u-mnie/"))

    assert "Na dziś wszystko załatwione" in html


def test_rows_wait_by_day_and_change_by_newest(monkeypatch):
    from pruszcz_portal import agenda

    def row(title, kind, due=None, changed=None):
        return AgendaItem(kind=kind, title=title, url="/", due_on=due, changed_at=changed)

    items = [
        row("bez terminu", Kind.WAITING),
        row("później", Kind.WAITING, due=date(2026, 12, 5)),
        row("wcześniej", Kind.WAITING, due=date(2026, 12, 1)),
        row("stara zmiana", Kind.CHANGED, changed=datetime(2026, 11, 1, tzinfo=UTC)),
        row("nowa zmiana", Kind.CHANGED, changed=datetime(2026, 11, 2, tzinfo=UTC)),
    ]

    rows = agenda.sorted_by_kind(items)

    assert [item.title for item in rows[Kind.WAITING]] == ["wcześniej", "później", "bez terminu"]
    assert [item.title for item in rows[Kind.CHANGED]] == ["nowa zmiana", "stara zmiana"]
    assert rows[Kind.DUE] == []


# Search


ENTRIES = [
    SearchEntry(title="Deklaracja śmieciowa DO-1", text="Opłata za odpady", url="/1/", keywords="śmieci"),
    SearchEntry(title="Komunikaty", text="Ostrzeżenia dla Twojej ulicy, także o śmieciach", url="/2/"),
    SearchEntry(title="Łódź", text="Nazwa miasta", url="/3/"),
]


@pytest.mark.parametrize(
    ("question", "urls"),
    [
        ("smieci", ["/1/", "/2/"]),
        ("ŚMIECI", ["/1/", "/2/"]),
        ("śmieciami", ["/1/", "/2/"]),
        ("lodz", ["/3/"]),
        ("deklaracje", ["/1/"]),
        ("do-1", ["/1/"]),
        ("smieci ulica", ["/2/"]),
        ("smieci zamek", []),
        ("ulic", ["/2/"]),
        ("zmiany", []),
        ("", []),
        ("%_'\"<script>", []),
    ],
)
def test_search_folds_letters_forgives_endings_and_wants_every_word(question, urls):
    assert [entry.url for entry in found(question, ENTRIES)] == urls


def test_search_page_finds_the_waste_door_without_polish_letters(client, db):
    html = text_of(client.get("/szukaj/", {"q": "smieci"}))

    assert re.search(r"wynik(i|ów) dla „smieci”", html) and "Załatw sprawę" in html


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", "a" * 5000, "\x00\x01", "  ", "' OR 1=1 --"])
def test_search_survives_bad_questions(client, db, question):
    response = client.get("/szukaj/", {"q": question})

    assert response.status_code == 200
    assert "<script>alert" not in text_of(response)


# The statement of accessibility


def test_the_statement_has_each_mandatory_id_exactly_once(client, db):
    """L31"""
    html = client.get("/deklaracja-dostepnosci/").content.decode()

    assert {one: html.count(f'id="{one}"') for one in IDS} == dict.fromkeys(IDS, 1)


def test_dates_of_the_statement_are_machine_readable(client, db):
    """L31"""
    html = client.get("/deklaracja-dostepnosci/").content.decode()

    for one in ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie", "a11y-data-przeglad"):
        assert re.search(rf'<time id="{one}" datetime="\d{{4}}-\d\d-\d\d">', html), one


@pytest.mark.parametrize("page", ["/", "/kontakt/", "/nie-ma/", "/karta/"])
def test_every_page_links_the_statement_in_its_head_and_foot(client, db, settings, page):
    """L30"""
    html = client.get(page).content.decode()

    assert f'<meta name="deklaracja-dostępności" content="{settings.PORTAL_URL}/deklaracja-dostepnosci/">' in html
    assert '<a href="/deklaracja-dostepnosci/">' in html


def test_contact_tells_of_sign_language(client, db):
    """L35"""
    assert "migow" in text_of(client.get("/kontakt/"))


# What went wrong


def burst(request):
    raise RuntimeError("boom")


def forbid(request):
    raise PermissionDenied


def too_big(request):
    raise RequestDataTooBig


def no_database(request):
    raise OperationalError("connection refused at secret-host")


def no_table(request):
    with connection.cursor() as cursor:
        cursor.execute("select 1 from a_table_that_a_migration_is_about_to_make")


class Urls:
    handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
    handler429, handler500 = urls.handler429, urls.handler500
    urlpatterns = [
        path("b/", burst), path("f/", forbid), path("g/", too_big), path("d/", no_database), path("t/", no_table), path("m/", errors.too_many), *urls.urlpatterns,
    ]  # fmt: skip


@pytest.fixture
def broken(settings):
    settings.ROOT_URLCONF = Urls
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("where", "status", "title"),
    [
        ("/b/", 500, "Coś się u nas zepsuło"),
        ("/f/", 403, "Ta strona nie jest dla Ciebie"),
        ("/g/", 413, "To za dużo naraz"),
        ("/d/", 503, "Portal chwilowo odpoczywa"),
        ("/t/", 503, "Chwileczkę"),
        ("/m/", 429, "Za dużo prób"),
        ("/n/", 404, "Nie ma takiej strony"),
    ],
)
def test_an_error_page_is_kind_has_a_way_on_and_all_headers(db, broken, where, status, title):
    """S33"""
    response = broken.get(where)
    html = text_of(response)

    assert response.status_code == status
    assert f'<h1 class="page__title">{title}</h1>' in html
    assert 'href="/"' in html and 'href="/kontakt/"' in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert "boom" not in html and "secret-host" not in html


@pytest.mark.parametrize("make", [errors.server_error, errors.bad_request, errors.too_many])
def test_the_gravest_pages_need_no_database(make):
    # No `db` fixture: a query here would fail the test.
    response = make(RequestFactory().get("/", headers={"cookie": "session=abc"}))

    assert response.status_code in (400, 429, 500)


def test_a_form_that_lost_its_token_is_told_to_try_again(anna):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/konto/zaloguj/", {"login": "anna@example.com"})

    assert response.status_code == 403
    assert "Formularz stracił ważność" in text_of(response)


def test_a_visitor_who_tries_too_often_is_asked_to_wait(broken):
    assert broken.get("/m/")["Retry-After"] == "300"


def test_the_gallery_is_closed_in_production(client, db, settings):
    settings.IS_PRODUCTION = True
    closed = client.get("/galeria/").status_code
    settings.IS_PRODUCTION = False

    assert (closed, client.get("/galeria/").status_code) == (404, 200)
