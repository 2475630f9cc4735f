"""The pages with which a clerk begins: what runs out, what waits for whom, who carries how much."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eboi.actions import cases, correspondence, rulings
from pruszcz_portal import roles
from tests.factories import make_case, make_letter, make_person, make_unit

pytestmark = pytest.mark.django_db
DAY, QUEUE, WORKLOAD, LISTS = (reverse(f"admin:eboi_case_{name}") for name in ("day", "queue", "workload", "lists"))
ALL = "?kogo=komorka"
CEILING = 8


@pytest.fixture
def desk(client, sign_in):
    return lambda clerk: sign_in(client, clerk)


@pytest.fixture
def gosia(make_account, dariusz):
    """A case officer of Dariusz's unit."""
    account = make_account("gosia@pruszcz.example", "Gosia Mak", roles.CASE_OFFICER)
    make_unit(account, dariusz)
    return account


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def opened(officer, days_ago=0, account=None, **fields):
    return make_case(make_person(account, **fields), officer, moment=timezone.now() - timedelta(days=days_ago))


def taken_up(officer, days_ago=0, **fields):
    case = opened(officer, days_ago, **fields)
    cases.take_up(case, by=officer, moment=timezone.now())
    return case


def marks_in(rows):
    return re.findall(r"OS\.3160\.\d+\.\d{4}", rows)


def steps_of(answer):
    return {step.code: marks_in(rows) for step, _total, rows, _rest in answer.context["steps"]}


def test_the_day_shows_what_is_late_and_what_runs_out_within_a_week(desk, dariusz):
    late, soon, far = taken_up(dariusz, 60), taken_up(dariusz, 28), taken_up(dariusz)

    page = desk(dariusz).get(DAY)

    due = page.context["due"]
    assert (due["late"]["count"], due["today"]["count"] + due["week"]["count"]) == (1, 1)
    assert [mark for part in ("late", "today", "week") for mark in marks_in(due[part]["rows"])] == [late.mark, soon.mark]
    assert far.mark not in text_of(page)
    assert "po terminie o" in text_of(page)


def test_a_term_that_stands_still_is_not_due(desk, dariusz):
    case = taken_up(dariusz, 28)
    cases.suspend(case, reason="Czekamy.", by=dariusz, moment=timezone.now())

    page = desk(dariusz).get(DAY)

    assert page.context["due"]["total"] == 0
    assert steps_of(page) == {"suspended": [case.mark]}


def test_each_case_waits_for_somebody(desk, dariusz, anna):
    """A message of the party goes before everything else that the case waits for."""
    new, written, drafted, called = opened(dariusz), opened(dariusz, account=anna), taken_up(dariusz), taken_up(dariusz)
    correspondence.write_to_office(written, text="Czy dotarło?", by=anna, moment=timezone.now())
    rulings.draft_decision(drafted, ruling="Ustalam.", reasons="Bo.", by=dariusz, moment=timezone.now())
    rulings.send_call(
        rulings.draft_call(called, missing="Umowa.", by=dariusz, moment=timezone.now()), by=dariusz, moment=timezone.now()
    )

    page = desk(dariusz).get(DAY)

    assert steps_of(page) == {
        "new": [new.mark], "message": [written.mark], "sign": [drafted.mark], "call_proof": [called.mark],
    }  # fmt: skip


def test_my_day_is_mine_and_the_units_day_is_everybodys(desk, dariusz, gosia):
    mine, hers = opened(dariusz), opened(gosia)
    browser = desk(gosia)

    assert mine.mark not in text_of(browser.get(DAY))
    assert hers.mark in text_of(browser.get(DAY))
    assert mine.mark in text_of(browser.get(DAY + ALL))


def test_the_signatory_finds_the_drafts_of_the_whole_unit_on_their_day(desk, dariusz, gosia):
    case = taken_up(gosia)
    rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=gosia, moment=timezone.now())

    assert steps_of(desk(dariusz).get(DAY)) == {"sign": [case.mark]}


def test_who_left_the_unit_finds_an_empty_day(desk, dariusz):
    """S24"""
    case = opened(dariusz)
    browser = desk(dariusz)
    dariusz.units.all().delete()

    for url in (DAY, DAY + ALL, QUEUE, QUEUE + ALL, WORKLOAD, LISTS):
        assert case.mark not in text_of(browser.get(url))
    assert browser.get(LISTS).context["page"] == "lists"


def test_celina_without_cases_has_no_day_of_cases(desk, celina):
    """S16"""
    browser = desk(celina)

    assert {browser.get(url).status_code for url in (DAY, QUEUE, WORKLOAD, LISTS)} == {403}


def test_letters_of_the_unit_that_nobody_has_decided_about_wait_on_the_day(desk, dariusz):
    from eboi.actions import register

    letter = make_letter(sender_name="Jan Nowy", moment=timezone.now())
    register.direct(letter, unit=make_unit(dariusz), by=dariusz, moment=timezone.now())

    assert letter.rpw in text_of(desk(dariusz).get(DAY))


def test_the_queue_goes_by_the_last_day_and_by_screenfuls(desk, dariusz, monkeypatch):
    first, second, third = taken_up(dariusz, 40), taken_up(dariusz, 20), taken_up(dariusz)
    cases.suspend(second, reason="Czekamy.", by=dariusz, moment=timezone.now())
    browser = desk(dariusz)

    assert marks_in(browser.get(QUEUE).context["rows"]) == [first.mark, third.mark, second.mark]
    monkeypatch.setattr("eboi.desk.PAGE", 2)
    assert marks_in(browser.get(f"{QUEUE}?strona=2").context["rows"]) == [second.mark]
    assert browser.get(f"{QUEUE}?strona=dwa").context["pages"]["total"] == 3


def test_what_people_call_themselves_never_becomes_markup(desk, dariusz):
    """Rows are put together outside of a template, so their cells are escaped here."""
    taken_up(dariusz, 60, last_name="<b>Nowak</b>", first_name='"{}"')
    browser = desk(dariusz)

    for url in (DAY, QUEUE):
        assert "&lt;b&gt;Nowak&lt;/b&gt; &quot;{}&quot;" in text_of(browser.get(url))


def test_the_manager_sees_who_carries_how_much(desk, dariusz, gosia):
    taken_up(gosia, 60), opened(gosia), opened(dariusz)

    rows = desk(dariusz).get(WORKLOAD).context["rows"]

    assert [(row["officer__name"], row["active"], row["late"], row["new"]) for row in rows] == [
        ("Gosia Mak", 2, 1, 1), ("Dariusz Lis", 1, 0, 1),
    ]  # fmt: skip


def test_the_workload_is_for_who_gives_cases_out(desk, gosia):
    opened(gosia)

    assert desk(gosia).get(WORKLOAD).status_code == 403


def test_lists_of_cases_are_kept_by_unit_class_and_year(desk, dariusz):
    case = opened(dariusz)
    page = desk(dariusz).get(LISTS)

    assert [(row["unit__symbol"], row["jrwa__symbol"], row["year"], row["total"]) for row in page.context["lists"]] == [
        ("OS", "3160", case.year, 1)
    ]
    files = f"?stan=wszystkie&komorka={case.unit_id}&jrwa={case.jrwa_id}&year={case.year}"
    assert files.replace("&", "&amp;") in page.content.decode()
    listed = b"".join(desk(dariusz).get(reverse("admin:eboi_case_export", args=["csv"]) + files).streaming_content)
    assert case.mark in listed.decode()
    other = b"".join(desk(dariusz).get(reverse("admin:eboi_case_export", args=["csv"]) + files + "1").streaming_content)
    assert case.mark not in other.decode()


def test_pages_of_the_desk_ask_at_most_eight_questions_and_no_more_for_more_rows(desk, dariusz, anna):
    """F19: the queue by deadline, and every page with which a clerk begins."""
    browser = desk(dariusz)
    urls = (DAY, DAY + ALL, QUEUE, QUEUE + ALL, WORKLOAD, LISTS, reverse("admin:eboi_case_changelist"))

    def asked():
        counts = {}
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert browser.get(url).status_code == 200
            counts[url] = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        return counts

    taken_up(dariusz, 60)
    one = asked()
    for days_ago in (60, 28, 0):
        opened(dariusz, days_ago)
        make_letter()
    many = asked()

    assert {url: len(sql) for url, sql in one.items()} == {url: len(sql) for url, sql in many.items()}
    assert {url: [q[:90] + q[-60:] for q in sql] for url, sql in many.items() if len(sql) > CEILING} == {}
