"""Voting over HTTP at 8 clients, against a bare Django POST that inserts the same rows behind the same middleware and session.

    python -m benchmarks.ballots voters 400     prints a JSON list of {"cookies", "path", "voice"}

The voters are declared residents who are signed in: each voice is one envelope and two marks. Also here: the race of B1 with
10,000 people who send two forms at once over several processes.
"""

import json
import time
import uuid
from urllib.parse import urlencode

from benchmarks import steps
from benchmarks.result import Result

CLIENTS = 8
VOTERS = 800
PAIRS = 10_000
WORKERS = 4
CSRF = "c" * 32
ANSWERS = {"trees": "yes", "travel": ["foot", "bike"], "why": "Latem jest tam za gorąco."}


def measure():
    from pruszcz_portal import web
    from tests.stand import Stand

    with Stand(DJANGO_SETTINGS_MODULE="benchmarks.bare_ballot_settings") as stand:
        stand.start(*web.command("127.0.0.1", stand.port), log="web")
        stand.await_web()
        send_all(stand, made(stand, 40), "vote")  # warm
        send_all(stand, made(stand, 40), "bare")
        voters, bare = made(stand, VOTERS), made(stand, VOTERS)
        figure, baseline = take_turns(stand, voters, bare)
        yield Result("ballots over_http_8_clients", figure, "/s", baseline, at_least=0.30)


def measure_race():
    """B1: nobody lost, nobody doubled; the figure is voices that were accepted a second, the bound is that every one was right."""
    from tests.stand import Stand

    with Stand() as stand:
        start = time.perf_counter()
        stand.run("-m", "benchmarks.ballots", "race", str(PAIRS))
        seconds = time.perf_counter() - start
        envelopes = stand.value("select count(*) from consultations_envelope")
        marks = stand.value("select count(*) from consultations_participation")
        wrong = abs(PAIRS - envelopes) + abs(2 * PAIRS - marks)
        yield Result("ballots wrong_of_10000_double_submits", wrong, "", at_most=0)
        yield Result("ballots double_submits_in", seconds, "s", at_most=600)


def made(stand, count):
    return json.loads(stand.run("-m", "benchmarks.ballots", "voters", str(count)))


def take_turns(stand, voters, bare, turns=4):
    """Both in slices by turns, so that a busy minute of the machine falls on both alike: (voices, bare posts) a second."""
    spent = {"vote": 0.0, "bare": 0.0}
    for number in range(turns):
        for kind, people in (("vote", voters), ("bare", bare)):
            spent[kind] += send_all(stand, people[number::turns], kind)
    return len(voters) / spent["vote"], len(bare) / spent["bare"]


def send_all(stand, voters, kind) -> float:
    """Seconds that 8 clients need; anything but a receipt is an error."""
    from tests.filers import connect, in_parallel

    def client(number):
        line = connect(stand, timeout=60)
        for voter in voters[number::CLIENTS]:
            status, where = send(line, voter, kind)
            if status != 302 or "przyjeto" not in where:
                raise RuntimeError(f"{kind}: {status} {where}\n{stand.log_tail('web')}")
        line.close()

    start = time.perf_counter()
    in_parallel(CLIENTS, client)
    return time.perf_counter() - start


def send(line, voter, kind):
    from tests.stand import PROXY_HEADERS

    headers = {
        **PROXY_HEADERS, "Content-Type": "application/x-www-form-urlencoded", "Referer": "https://portal.example/",
        "Cookie": f"__Host-session={voter['cookies']}; csrftoken={CSRF}",
    }  # fmt: skip
    body = urlencode({"csrfmiddlewaretoken": CSRF, "voice": voter["voice"], "declared": "on"})
    line.request("POST", voter["path"] if kind == "vote" else "/bare/ballot/", body, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status, answer.headers.get("Location", "")


# What the stand holds


def survey():
    """The one survey of declared residents, made on the first call."""
    from consultations import keys
    from consultations.models import Instrument, IntegrityLevel
    from tests.consultations.cast import make_consultation, make_survey

    if found := Instrument.objects.select_related("consultation").first():
        return found
    consultation = make_consultation(integrity=IntegrityLevel.DECLARED)
    keys.make(consultation)
    return make_survey(consultation)


def voters(count):
    """`count` declared residents at home in the register, signed in, each with a form ready to be sent."""
    from django.urls import reverse

    from accounts.models import User
    from benchmarks.seed import PASSWORD_HASH, session_of
    from consultations.actions import versions
    from consultations.drafts import Draft
    from consultations.views.sending import sealed_voice
    from residents.models import Person
    from tests.factories import live_together

    box, batch = survey(), uuid.uuid4().hex[:8]
    version = versions.in_use(box).version_id
    users = User.objects.bulk_create(User(email=f"v{n}-{batch}@example.com", password=PASSWORD_HASH) for n in range(count))
    people = Person.objects.bulk_create(
        Person(account=user, first_name="Anna", last_name=f"Kowalska {batch} {n}", search="kowalska anna")
        for n, user in enumerate(users)
    )
    for start in range(0, count, 4):
        live_together(*people[start : start + 4])
    where = reverse("consultations:survey_review", args=[box.consultation.slug, box.code])
    return [
        {
            "cookies": session_of(user),
            "path": where,
            "voice": sealed_voice(box, Draft(version, ANSWERS, uuid.uuid4().hex), ANSWERS),
        }
        for user in users
    ]


def race(count):
    """Each person's two forms are sent by two processes that wait for each other before every pair."""
    import multiprocessing

    survey()
    context = multiprocessing.get_context("spawn")
    workers, barriers = [], [context.Barrier(2) for _share in range(WORKERS)]  # kept here: a forgotten one is taken down
    for share, barrier in enumerate(barriers):
        people = range(share, count, WORKERS)
        workers += [context.Process(target=vote_all, args=(people, barrier)) for _twin in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")
    return "ok"


def vote_all(people, barrier):
    import django

    django.setup()
    from consultations import ballot_box

    box = survey()
    for number in people:
        faces = [("person", str(number)), ("particulars", f"anna {number}|batorego {number}|")]
        barrier.wait()
        try:
            ballot_box.accept(box, token=uuid.uuid4().hex, answers=ANSWERS, faces=faces)
        except ballot_box.AlreadyVoted:
            continue


if __name__ == "__main__":
    steps.run(globals())
