"""Written voices: the page of 20,000 of them against a bare view and against 200,000, and a search in 100,000 texts.

Two consultations of one stand, each with a published report; texts are made of Polish words in all their endings.
"""

import json
import random
import statistics
import sys
import time

from benchmarks.result import Result

SMALL, LARGE = 20_000, 200_000
SEARCHED = 100_000
QUESTIONS = ["ścieżka rowerowa", "drzewami", "parking przy szkole", "zielen", "oświetlenie ulic"]
TRIES = 5
OUTCOMES = ("accepted", "rejected", "partly")
SUBJECTS = "ścieżka ścieżki ścieżek droga drogi dróg drzewo drzewa drzewami parking parkingu parkingów chodnik chodnika zieleń zieleni".split()  # noqa: SIM905
PLACES = [
    "przy szkole",
    "przy Raduni",
    "na osiedlu",
    "obok przedszkola",
    "w centrum",
    "koło dworca",
    "na Grunwaldzkiej",
    "przy kościele",
]
WISHES = "potrzebna bezpieczna rowerowa oświetlenie ulica ulicy ławki kosze przystanek autobus hałas korki prędkość remont wiosna dzieci seniorzy".split()  # noqa: SIM905


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.voices", "fill")
        told = json.loads(stand.run("-m", "benchmarks.voices", "time"))
    for row in told["pages"]:
        yield Result(f"voices {row['path']}", row["page"], "/s", row["bare"], at_least=row["at_least"])
    yield Result("voices 10x the data (time x100)", 100 * told["growth"], "", at_most=120)
    yield Result("what we did, drawn cold, 10x the data (time x100)", 100 * told["cold_growth"], "", at_most=120)
    yield Result("voices queries of a page", told["queries"], "", at_most=8)
    yield Result(f"search in {SEARCHED:,} texts", told["search_ms"], "ms", at_most=50)


# In the stand -------------------------------------------------------------------------------------------------------


def fill():
    from django.db import connection

    from benchmarks.seed import make_account
    from consultations.models import Consultation

    dice = random.Random(7)  # noqa: S311  the same texts in every run
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # how rows came is not measured, only that they are there
    clerk, other = (make_account(f"{name}@pruszcz.example") for name in ("halina", "igor"))
    for slug, count in (("male", SMALL), ("duze", LARGE)):
        _consultation(slug, count, dice, clerk, other)
    Consultation.objects.update(status="report_published")
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _consultation(slug, count, dice, clerk, other):
    from consultations.models import Remark, Ruling, VoiceGroup
    from tests.consultations.cast import make_consultation
    from tests.consultations.written import make_document

    document = make_document(make_consultation(slug=slug))
    consultation, paragraphs = document.consultation, list(document.document.paragraphs.all())
    groups = VoiceGroup.objects.bulk_create(VoiceGroup(consultation=consultation, title=f"Grupa {n}") for n in range(50))
    Ruling.objects.bulk_create(
        Ruling(
            consultation=consultation, group=group, outcome=OUTCOMES[n % 3], reasons="Zrobimy to.", status="approved",
            author=clerk.subject, approver=other.subject, answered=count // 50,
        )
        for n, group in enumerate(groups)
    )  # fmt: skip
    remark = Remark.objects.create(
        instrument=document, author={}, channel="online", received_at=consultation.opens_at, registry_number=f"KU/{slug}"
    )
    _speak(document, remark, paragraphs, groups, [_text(dice) for _n in range(count)])
    _answer_alone(consultation, clerk, other)
    _report(consultation, clerk, other)


ALONE = """
with alone as (
    update consultations_voice set group_id = null where consultation_id = %s and sort_key < '19999999-9999-9999-9999-999999999999'
    returning id
)
insert into consultations_ruling (id, consultation_id, voice_id, outcome, reasons, status, author, approver, answered)
select gen_random_uuid(), %s, id, 'covered', 'To już jest.', 'approved', %s, %s, 0 from alone
"""


def _answer_alone(consultation, clerk, other):
    """Each tenth voice has an answer of its own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ALONE, [consultation.pk, consultation.pk, clerk.subject, other.subject])


def _report(consultation, clerk, other):
    from consultations import visible
    from consultations.models import Report

    outcomes = [{"outcome": outcome, "count": count} for outcome, count in visible.outcome_counts(consultation).items()]
    Report.objects.create(
        consultation=consultation, number=1, status="published", author=clerk.subject, approver=other.subject,
        published_at=consultation.closes_at, frozen={"voices": {"outcomes": outcomes}},
    )  # fmt: skip


SPEAK = """
insert into consultations_voice (
    id, consultation_id, instrument_id, remark_id, paragraph_id, question, channel, is_late, is_left, original, public_text, status, hidden_reason,
    group_id, sort_key, search, folded)
select gen_random_uuid(), %s, %s, %s, (%s::bigint[])[1 + n %% 3], '', 'online', false, false, '', said, 'published', '',
    (%s::uuid[])[1 + n %% 50], gen_random_uuid(), array_to_tsvector(stems), folded
from spoken
"""


def _speak(document, remark, paragraphs, groups, texts):
    """The stems are made here, as for every voice; the rows by one statement, which takes seconds instead of minutes."""
    from django.db import connection

    from consultations.text_search import stems
    from office.polish import fold

    with connection.cursor() as cursor:
        cursor.execute("create temporary table spoken (n integer, said text, folded text, stems text[])")
        with cursor.copy("copy spoken from stdin") as copy:
            for n, text in enumerate(texts):
                copy.write_row((n, text, fold(text), stems(text)))
        of = (document.consultation_id, document.pk, remark.pk, [one.pk for one in paragraphs], [one.pk for one in groups])
        cursor.execute(SPEAK, of)
        cursor.execute("drop table spoken")


def _text(dice):
    said = [
        dice.choice(SUBJECTS),
        dice.choice(PLACES),
        *dice.sample(WISHES, 6),
        dice.choice(SUBJECTS),
        dice.choice(PLACES),
        f"nr {dice.randrange(9999)}",
    ]
    return " ".join(said).capitalize() + "."


def timed():
    from django.db import connection
    from django.test.utils import override_settings

    from benchmarks.pages import Browser, compare, queries_of
    from benchmarks.seed import make_account, session_of
    from consultations import visible
    from consultations.models import Consultation, Voice
    from pruszcz_portal.web import when_ready

    cookies = f"__Host-session={session_of(make_account('anna@example.com'))}; csrftoken={'c' * 32}"
    small, large = (f"/konsultacje/{slug}/glosy/" for slug in ("male", "duze"))
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        visitor, resident = Browser(), Browser(cookies)
        when_ready(None)
        pages = [
            {**compare(visitor, small), "path": "page, visitor", "at_least": 0.5},
            {**compare(resident, small), "path": "page, signed in", "at_least": 0.35},
            {**compare(resident, "/konsultacje/male/co-zrobilismy/"), "path": "what we did, signed in", "at_least": 0.35},
        ]
        growth = _seconds(lambda: resident.get(large)) / _seconds(lambda: resident.get(small))
        queries = queries_of(resident, small)
        cold_growth = _cold_growth(resident, *(f"/konsultacje/{slug}/co-zrobilismy/" for slug in ("male", "duze")))
    print(
        json.dumps(
            {
                "pages": pages,
                "growth": growth,
                "cold_growth": cold_growth,
                "queries": queries,
                "search_ms": _search_ms(Consultation, Voice, visible, connection),
            }
        )
    )


def _search_ms(Consultation, Voice, visible, connection):
    """The slowest question, its first page of answers read, over exactly SEARCHED texts."""
    large = Consultation.objects.get(slug="duze")
    extra = Voice.objects.filter(consultation=large, ruling=None).order_by("pk").values("pk")[: LARGE + SMALL - SEARCHED]
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
    Voice.objects.filter(pk__in=extra).delete()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze consultations_voice")
    worst = 0.0
    for asked in QUESTIONS:
        worst = max(worst, _seconds(lambda asked=asked: list(visible.search_voices(visible.voices_of(large), asked)[:20])))
    return 1000 * worst


def _cold_growth(browser, small, large):
    """Each as the first reader in half a minute gets it, in turns, so that a busy minute of the machine slows both."""
    from django.core.cache import caches

    times = {small: [], large: []}
    for _number in range(4 * TRIES):
        for path, spent in times.items():
            caches["pages"].clear()
            start = time.perf_counter()
            browser.get(path)
            spent.append(time.perf_counter() - start)
    return statistics.median(times[large]) / statistics.median(times[small])


def _seconds(act):
    act()
    times = []
    for _number in range(TRIES):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(verb):
    import django

    django.setup()
    {"fill": fill, "time": timed}[verb]()


if __name__ == "__main__":
    main(sys.argv[1])
