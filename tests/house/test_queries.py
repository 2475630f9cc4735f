"""Queries of each page are counted at one and at three of everything: at most 8, on the case page 12, and no more when lists grow."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.announcements import cast as told
from tests.consultations import announced, opened, reported, voted
from tests.dues import cast as dues
from tests.house import world as worlds
from tests.house.test_access import OUTSIDE
from tests.payments import cast as basketed
from tests.pszok import figures_cast as pszok
from tests.resident_card import applicants, carded, counters, relatives
from tests.wifi_points import cast as wifi

CEILING = 8
CASE_PAGE = 12
CASE_PAGES = {"eboi:case", "eboi:messages", "eboi:answer_call", "eboi:decision", "eboi:withdraw", "eboi:add_document"}
# No pages: a download of everything, the probes, and the suggestions of addresses, which count each visitor in the database.
NOT_PAGES = {"healthz", "readyz", "residents:addresses"}


def queries_of(visitor, url):
    visitor.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = visitor.get(url)
    return len([one for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]), answer.status_code


def arguments_of(town, dariusz):
    draft, filed, case = {"pk": town.draft.pk}, {"pk": town.filed.pk}, {"pk": town.case.pk}
    return {
        **wifi.arguments_of(town.person.account, copies=len(town.cases)),
        "schemas:paper": {"code": "do-1"},
        "schemas:paper_of": {"code": "do-1", "number": 1},
        "eboi:fault": {"pk": worlds.fault_told().pk},
        "eboi:fault_begin": {"code": "lampy"},
        "eboi:matter": {"code": "do-1"},
        "eboi:matter_json": {"code": "do-1"},
        **dict.fromkeys(["eboi:draft", "eboi:renew", "eboi:review", "eboi:discard"], draft),
        "eboi:page": {**draft, "page_code": "zalaczniki"},
        "eboi:filed": filed,
        **dict.fromkeys(["eboi:case", "eboi:messages", "eboi:add_document", "eboi:withdraw"], case),
        "payments:payment": {"pk": town.payment.pk},
        "payments:checkout": {"pk": basketed.make_basket(town.person, copies=len(town.cases)).pk},
        **dues.arguments_of(town.person, copies=len(town.cases)),
        **counters.arguments_of(town.person, copies=len(town.cases)),
        "eboi:answer_call": {**case, "call_pk": town.case.calls.get().pk},
        **pszok.arguments_of(town.person, worlds.MARKER, copies=len(town.cases)),
        **carded.arguments_of(town.person, children=len(town.cases)),
        **applicants.arguments_of(town.person, timezone.now()),
        **announced.arguments_of(announced.make_announced(copies=len(town.cases))),
        **told.arguments_of(dariusz, copies=len(town.cases)),
        **reported.arguments_of(reported.make_reported(voices_count=len(town.cases))),
        **voted.arguments_of(voted.make_voted(batches=len(town.cases))),
        **opened.arguments_of(opened.make_opened(20 * len(town.cases))),
        **relatives.arguments_of(town.person),
    }


def counted(town, visitor, dariusz):
    arguments = arguments_of(town, dariusz)
    for route in OUTSIDE:
        if route.name not in NOT_PAGES and (not route.arguments or route.name in arguments):
            count, status = queries_of(visitor, reverse(route.name, kwargs=arguments.get(route.name)))
            if status == 200:
                yield route.name, count


@pytest.fixture
def build(anna, bartek, dariusz):
    return lambda copies: worlds.build(owner=anna, neighbour=bartek, officer=dariusz, signatory=dariusz, copies=copies)


@pytest.mark.parametrize("copies", [1, 3])
def test_no_page_needs_more_queries_than_its_ceiling(build, anna, dariusz, sign_in, copies):
    counts = dict(counted(build(copies), sign_in(Client(), anna), dariusz))

    over = {name: count for name, count in counts.items() if count > (CASE_PAGE if name in CASE_PAGES else CEILING)}
    assert over == {}
    assert {"eboi:home", "eboi:case", "my_matters", "eboi:page"} <= set(counts)


@pytest.mark.parametrize("copies", [1, 3])
def test_no_list_of_the_desk_grows_its_queries_with_its_rows(build, dariusz, sign_in, copies):
    build(copies)
    desk = sign_in(Client(), dariusz)

    counts = {
        name: queries_of(desk, reverse(name))[0]
        for name in (
            "admin:eboi_case_changelist",
            "admin:eboi_incomingletter_changelist",
            "admin:eboi_outgoingletter_changelist",
            "admin:eboi_case_day",
        )
    }

    assert {name: count for name, count in counts.items() if count > 12} == {}
