"""The list of consultations and the page of the busiest, with 20,000 voices, against a bare view; and what ten times the data costs."""

import json
import statistics
import sys
import time
import uuid

from benchmarks.result import Result

VOICES = 20_000
FEW, MANY = 200, 2_000  # consultations in the list
TRIES = 7
REPEATS = 20


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.consultations_pages", "fill")
        told = json.loads(stand.run("-m", "benchmarks.consultations_pages", "timed"))
    for row in told["pages"]:
        yield Result(f"consultations {row['path']}", row["page"], "/s", row["bare"], at_least=row["at_least"])
    for name, growth in told["growth"].items():
        yield Result(f"consultations {name}, 10x the data (time x100)", 100 * growth, "", at_most=120)
    for name, queries in told["queries"].items():
        yield Result(f"consultations queries of the {name}", queries, "", at_most=8)


# In the stand -------------------------------------------------------------------------------------------------------


def fill():
    from django.db import connection

    from tests.consultations import cast

    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # how rows came is not measured, only that they are there
    for slug, voices in (("spokojne", VOICES // 10), ("gwarne", VOICES)):
        survey = cast.make_survey(cast.make_consultation(slug=slug, title=f"Konsultacje {slug}"), code="pytania")
        cast.make_meeting(survey.consultation)
        _speak(survey, voices)
    more(FEW - 2)


def _speak(survey, count):
    from consultations.models import Ballot, Batch, Voice

    batch = Batch.objects.create(
        instrument=survey, number=1, day="2026-11-01", count=count, ballots_root="a", commitments_root="b", head="c"
    )
    version = survey.definition.current()
    for _part in range(0, count, 2000):
        ballots = Ballot.objects.bulk_create(
            Ballot(instrument=survey, batch=batch, version=version, channel="online", answers={"trees": "yes"})
            for _n in range(2000)
        )
        Voice.objects.bulk_create(
            Voice(consultation=survey.consultation, instrument=survey, ballot=one, question="why", channel="online", original="-",
                  public_text="Więcej drzew.", status="published")
            for one in ballots
        )  # fmt: skip


def more(count):
    """Consultations of every stage beside the two."""
    from django.db import connection

    from consultations.models import Consultation

    pattern = Consultation.objects.get(slug="spokojne")
    stages = ["archived", "report_published", "under_analysis", "announced", "archived"]
    made = []
    for number in range(count):
        pattern.pk, pattern.slug, pattern.title = uuid.uuid4(), f"inne-{uuid.uuid4().hex}", f"Przebudowa ulicy numer {number}"
        fields = {field.attname: getattr(pattern, field.attname) for field in Consultation._meta.concrete_fields}
        made.append(Consultation(**{**fields, "status": stages[number % len(stages)]}))
    Consultation.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def timed():
    from django.test.utils import override_settings

    from benchmarks.pages import Browser, compare, queries_of
    from benchmarks.seed import make_account, session_of
    from pruszcz_portal.web import when_ready

    cookies = f"__Host-session={session_of(make_account('anna@example.com'))}; csrftoken={'c' * 32}"
    listed, quiet, busy = "/konsultacje/", "/konsultacje/spokojne/", "/konsultacje/gwarne/"
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        visitor, resident = Browser(), Browser(cookies)
        when_ready(None)
        pages = [
            {**compare(visitor, listed), "path": "list, visitor", "at_least": 0.5},
            {**compare(visitor, busy), "path": "page, visitor", "at_least": 0.5},
            {**compare(resident, listed), "path": "list, signed in", "at_least": 0.35},
            {**compare(resident, busy), "path": "page, signed in", "at_least": 0.35},
        ]
        growth = {"page": _seconds(resident, busy) / _seconds(resident, quiet)}
        queries = {"list": queries_of(resident, listed), "page": queries_of(resident, busy)}
        few = _seconds(resident, listed)
        more(MANY - FEW)
        growth["list"] = _seconds(resident, listed) / few
    print(json.dumps({"pages": pages, "growth": growth, "queries": queries}))


def _seconds(browser, path):
    """The median of several runs of REPEATS requests."""
    browser.get(path)
    runs = []
    for _try in range(TRIES):
        start = time.perf_counter()
        for _number in range(REPEATS):
            browser.get(path)
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "timed": timed}[sys.argv[1]]()
