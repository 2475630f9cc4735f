"""The list of cases as clerks open it: the same cases, order, choices and words as Django's own list, which answers searches."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eboi import desk
from eboi.actions import cases, correspondence
from eboi.admin.cases import Queue
from pruszcz_portal import roles
from tests.factories import make_case, make_person, make_unit

pytestmark = pytest.mark.django_db
LIST = reverse("admin:eboi_case_changelist")


@pytest.fixture
def gosia(make_account, dariusz):
    account = make_account("gosia@pruszcz.example", "Gosia Mak", roles.CASE_OFFICER)
    make_unit(account, dariusz)
    return account


@pytest.fixture
def town(dariusz, gosia, anna, make_account):
    """Cases of every kind that a filter tells apart."""
    now = timezone.now()
    late, soon, fresh, hers, still, done = (
        make_case(make_person(), officer, moment=now - timedelta(days=days))
        for officer, days in ((dariusz, 60), (dariusz, 26), (dariusz, 0), (gosia, 1), (dariusz, 10), (dariusz, 5))
    )
    for case in (still, done):
        cases.take_up(case, by=dariusz, moment=now)
    cases.suspend(still, reason="Czekamy.", by=dariusz, moment=now)
    cases.complete(done, outcome="Załatwiono.", by=dariusz, moment=now)
    written = make_case(make_person(anna), dariusz, moment=now)
    correspondence.write_to_office(written, text="Czy dotarło?", by=anna, moment=now)
    written.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=now)
    return {"late": late, "soon": soon, "fresh": fresh, "hers": hers, "still": still, "done": done, "written": written}


@pytest.fixture
def browser(client, sign_in, dariusz):
    return sign_in(client, dariusz)


def marks_of(answer):
    assert answer.status_code == 200
    body = answer.content.decode().split('id="result_list"')
    return re.findall(r"OS\.3160\.\d+\.\d{4}", body[1]) if len(body) > 1 else []


def is_ours(answer):
    return "found" in (answer.context or {})


def asked_of_django(rf, dariusz, query):
    """The list as Django's machinery reads it from the same address."""
    from django.contrib import admin

    from eboi.models import Case

    request = rf.get(LIST, query)
    request.user = dariusz
    changelist = admin.site._registry[Case].get_changelist_instance(request)
    assert isinstance(changelist, Queue)
    return [case.mark for case in changelist.result_list], changelist.result_count


QUERIES = [
    {}, {"stan": "wszystkie"}, {"stan": "completed"}, {"stan": "suspended"}, {"stan": "final"}, {"termin": "po"}, {"termin": "tydzien"},
    {"termin": "stoi"}, {"kto": "ja"}, {"kto": "inni"}, {"kto": "ja", "termin": "po"}, {"stan": "wszystkie", "kto": "inni"},
    {"stan": "wszystkie", "termin": "po"}, {"stan": "new", "kto": "ja"},
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_filter_finds_what_djangos_list_finds(browser, rf, dariusz, town, query):
    page = browser.get(LIST, query)

    marks, count = asked_of_django(rf, dariusz, query)
    assert is_ours(page)
    assert (marks_of(page), f"Razem: {count}" in page.content.decode()) == (marks, True)


def test_filters_by_unit_and_matter_find_what_djangos_list_finds(browser, rf, dariusz, town):
    case = town["late"]
    for query in ({"komorka": case.unit_id}, {"rodzaj": case.matter_id}, {"komorka": case.unit_id, "rodzaj": case.matter_id}):
        page = browser.get(LIST, query)
        assert is_ours(page)
        assert marks_of(page) == asked_of_django(rf, dariusz, query)[0] != []


def test_the_lists_say_the_same_of_each_case(browser, town):
    """Django's own list is asked for by an order; rows of both carry the same words."""

    def rows(answer):
        found = re.findall(r"<tr><th.*?</tr>", answer.content.decode(), re.S)
        return sorted(" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found)

    ours, djangos = browser.get(LIST), browser.get(LIST, {"o": "0"})

    assert is_ours(ours) and not is_ours(djangos)
    assert rows(ours) == rows(djangos)
    assert any("nowa wiadomość" in row for row in rows(ours))
    assert any("tożsamość do potwierdzenia" in row for row in rows(ours))


def test_the_lists_offer_the_same_choices(browser, town):
    def choices(answer):
        return re.findall(r'<a href="([^"]*)">\s*([^<]+?)\s*</a>', answer.content.decode().split('id="changelist-filter"')[1])

    djangos = [(url.replace("_facets=True&amp;", "").replace("_facets=True", ""), re.sub(r" \(\d+\)$", "", word))
               for url, word in choices(browser.get(LIST, {"_facets": "True"}))]  # fmt: skip

    assert [(url, word) for url, word in choices(browser.get(LIST))] == [one for one in djangos if "pełnij" not in one[1]]


def test_pages_follow_each_other_and_keep_the_filters(browser, town, monkeypatch):
    monkeypatch.setattr("eboi.admin.cases.CaseAdmin.list_per_page", 2)
    whole = marks_of(browser.get(LIST, {"all": "", "kto": "ja"}))

    pages = [browser.get(LIST, {"kto": "ja", "p": number}) for number in (1, 2, 3)]

    assert [mark for page in pages for mark in marks_of(page)] == whole
    assert 'href="?kto=ja&amp;p=2"' in pages[0].content.decode()
    assert "Pokaż wszystko" in pages[0].content.decode()


@pytest.mark.parametrize("number", ["999", "0", "-1"])
def test_a_page_that_is_not_there_leads_to_the_first(browser, town, monkeypatch, number):
    monkeypatch.setattr("eboi.admin.cases.CaseAdmin.list_per_page", 2)

    assert browser.get(LIST, {"p": number})["Location"].endswith("?e=1")


def test_a_unit_that_is_no_number_finds_nothing(browser, town):
    assert marks_of(browser.get(LIST, {"komorka": "abc"})) == []


@pytest.mark.parametrize(
    "query", [{"q": "OS.3160"}, {"o": "1"}, {"_facets": "True"}, {"all": ""}, {"year": "2026"}, {"stan": ""}]
)
def test_what_is_asked_seldom_is_answered_by_djangos_list(browser, town, query):
    page = browser.get(LIST, query)

    assert not is_ours(page)
    assert page.status_code == 200


def test_a_filter_of_another_unit_shows_nothing(browser, town, make_account):
    """S24: a number of a unit in the address opens nothing of it."""
    stranger = make_account("obcy@pruszcz.example", "Obcy", roles.CASE_OFFICER)
    foreign = make_unit(stranger, symbol="ZP", name="Zamówienia")

    assert marks_of(browser.get(LIST, {"komorka": foreign.pk})) == []


def test_the_statement_itself_reads_only_units_of_the_clerk(town, dariusz, make_account):
    """S17"""
    stranger = make_account("obcy@pruszcz.example", "Obcy", roles.CASE_OFFICER)
    day = timezone.localdate()

    assert desk.listed(desk.Asked(state="wszystkie"), officer=stranger.pk, day=day, after=0, most=50) == []
    assert len(desk.listed(desk.Asked(state="wszystkie"), officer=dariusz.pk, day=day, after=0, most=50)) == 7


def test_files_are_filtered_as_the_list_is(browser, town):
    page = browser.get(LIST, {"kto": "inni"}).content.decode()

    assert 'href="plik.csv?kto=inni" download' in page
    listed = b"".join(browser.get(reverse("admin:eboi_case_export", args=["csv"]), {"kto": "inni"}).streaming_content).decode()
    assert town["hers"].mark in listed and town["late"].mark not in listed
