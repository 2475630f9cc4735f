"""The frame of the desk is kept for equal rights: who has others sees another at once, and nobody sees anything of anybody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from announcements import banner
from eboi.actions import cases
from pruszcz_portal import roles
from tests.factories import make_case, make_person, make_unit

pytestmark = pytest.mark.django_db
DAY, QUEUE, LIST = (reverse(f"admin:eboi_case_{name}") for name in ("day", "queue", "changelist"))


@pytest.fixture
def gosia(make_account, dariusz):
    account = make_account("gosia@pruszcz.example", "Gosia Mak", roles.CASE_OFFICER)
    make_unit(account, dariusz)
    return account


@pytest.fixture
def pages(dariusz, gosia):
    """Every page that is put into a kept frame, a case among them."""
    case = make_case(make_person(), dariusz, moment=timezone.now())
    return (DAY, QUEUE, LIST, reverse("admin:eboi_case_change", args=[case.pk]))


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_clerks_with_equal_rights_see_their_own_name_and_token(pages, make_account, gosia, sign_in):
    other = make_account("hania@pruszcz.example", "Hania Dąb", roles.CASE_OFFICER)
    make_unit(other, gosia)
    browsers = {clerk.name: sign_in(Client(), clerk) for clerk in (gosia, other)}

    for url in pages:
        shown = {name: text_of(browser.get(url)) for name, browser in browsers.items()}
        assert all(f"<strong>{name.split()[0]}" in page or name in page for name, page in shown.items())
        assert "Hania" not in shown["Gosia Mak"] and "Gosia" not in shown["Hania Dąb"]
        tokens = [page.split('name="csrfmiddlewaretoken" value="')[1][:64] for page in shown.values()]
        assert tokens[0] != tokens[1]


def test_a_right_given_or_taken_changes_the_page_at_once(pages, gosia, sign_in):
    browser = sign_in(Client(), gosia)
    manager = Group.objects.get(name=roles.MANAGER)

    for url in (DAY, QUEUE):
        assert "Obciążenie" not in text_of(browser.get(url))
        gosia.groups.add(manager)
        assert "Obciążenie" in text_of(browser.get(url))
        gosia.groups.remove(manager)
        assert "Obciążenie" not in text_of(browser.get(url))
    gosia.groups.add(manager)
    assert "Przydziel komuś innemu" in text_of(browser.get(pages[3]))
    gosia.groups.clear()
    assert {browser.get(url).status_code for url in pages} == {403}


def test_a_position_is_shown_to_whoever_has_one(pages, gosia, sign_in):
    browser = sign_in(Client(), gosia)
    type(gosia).objects.filter(pk=gosia.pk).update(position="inspektorka")
    assert all("inspektorka" in text_of(browser.get(url)) for url in pages)

    type(gosia).objects.filter(pk=gosia.pk).update(position="")
    assert not any("desk-position" in text_of(browser.get(url)) for url in pages)


def test_a_message_is_told_once(pages, dariusz, sign_in):
    browser = sign_in(Client(), dariusz)
    browser.post(pages[3].replace("/change/", "/czynnosc/take_up/"), {"seen": "new"})

    assert "Wykonano: Zajmij się sprawą." in text_of(browser.get(pages[3]))
    assert "Wykonano" not in text_of(browser.get(pages[3]))


def test_an_alert_stands_on_every_page_and_goes(pages, dariusz, sign_in):
    browser = sign_in(Client(), dariusz)
    end = timezone.now() + timedelta(hours=1)
    banner.MEMORY.keep((banner.Told(make_person().pk, "Burza <nad> miastem", "", True, end),), seconds=60)
    try:
        assert all("Burza &lt;nad&gt; miastem" in text_of(browser.get(url)) for url in pages)
    finally:
        banner.MEMORY.keep((), seconds=0)
        banner.MEMORY.forget()
    assert not any("Burza" in text_of(browser.get(url)) for url in pages)


def test_what_changes_in_a_case_is_on_its_page_at_once(pages, dariusz, sign_in):
    browser = sign_in(Client(), dariusz)
    assert "nowa" in text_of(browser.get(pages[3]))

    case = dariusz_case(dariusz)
    cases.take_up(case, by=dariusz, moment=timezone.now())
    assert "<dd>w toku</dd>" in text_of(browser.get(pages[3]))
    case.person.last_name = "Po-Ślubie"
    case.person.save()
    assert all("Po-Ślubie" in text_of(browser.get(url)) for url in (*pages[1:],))


def dariusz_case(dariusz):
    from eboi.models import Case

    return Case.objects.select_related("person", "unit", "officer", "matter").get(officer=dariusz)
