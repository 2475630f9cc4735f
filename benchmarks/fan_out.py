"""An alert for 32,000 residents with two endpoints each, frozen and queued, against a bare INSERT ... SELECT of the same rows of the outbox;
how fast one worker then delivers, against a bare loop of SMTP; and how long visitors wait for the home page meanwhile.

The first two write 64,000 rows into the same table with the same indexes and constraints; the bare one copies ready rows and asks for no
audience. One in eight reads Ukrainian and one in sixteen English, which the alert is translated into, some German, which it is not. The
loop of SMTP sends the same letters over one connection and writes nothing down.
"""

import contextlib
import json
import resource
import sys
import time

from benchmarks import steps
from benchmarks.result import Result

RESIDENTS, TRIES, LETTERS, VISITS = 32_000, 3, 1000, 300
LEAST_OF_SMTP, MOST_SLOWER = 0.12, 2.0
MOST_MS, MOST_RATIO, MOST_MIB = 3000, 5.0, 200


def measure():
    with standing() as stand:
        told = json.loads(stand.run("-m", "benchmarks.fan_out", "alert"))
        sent = json.loads(stand.run("-m", "benchmarks.fan_out", "deliver"))
        quiet, busy = home_page(stand)
    portal, bare = 1000 * told["portal"], 1000 * told["bare"]
    yield Result(f"alert to {2 * RESIDENTS:,} endpoints", portal, "ms", bare, at_most=MOST_MS)
    yield Result("alert, times a bare insert (x100)", 100 * portal / bare, "", at_most=100 * MOST_RATIO)
    yield Result("alert peak memory", told["mib"], "MiB", at_most=MOST_MIB)
    yield Result("deliveries of one worker", sent["portal"], "/s", sent["bare"], at_least=LEAST_OF_SMTP)
    yield Result("home page p95 in a fan-out", 1000 * busy, "ms", 1000 * quiet, at_most=1000 * MOST_SLOWER * quiet)


class Sink:
    """A mail server that takes everything and keeps nothing."""

    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


@contextlib.contextmanager
def standing():
    """A stand with its residents, and a mail server in this process."""
    from aiosmtpd.controller import Controller

    from tests.stand import Stand, free_port

    port = free_port()
    sink = Controller(Sink(), hostname="127.0.0.1", port=port)
    sink.start()
    with Stand(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port) as stand:
        stand.run("-m", "benchmarks.fan_out", "fill")
        yield stand
    sink.stop()


def home_page(stand):
    """Seconds in which 95 of 100 visitors have the page: in quiet, and while an alert is frozen and delivered."""
    from pruszcz_portal import web

    stand.start(*web.command("127.0.0.1", stand.port, threads=4), log="web")
    stand.await_web()
    p95(stand, visits=50)
    quiet = p95(stand, visits=VISITS)
    process = stand.start(sys.executable, "-m", "benchmarks.fan_out", "storm", log="storm")
    busy = p95(stand, visits=VISITS, goes_on=lambda: process.poll() is None)
    return quiet, busy


def p95(stand, *, visits, goes_on=lambda: False):
    """Of at least that many visits, and of all while something goes on beside; some forty a second."""
    spent = []
    while len(spent) < visits or goes_on():
        began = time.perf_counter()
        stand.request("GET", "/")
        spent.append(time.perf_counter() - began)
        time.sleep(0.02)
    return sorted(spent)[int(0.95 * len(spent))]


# In the stand -------------------------------------------------------------------------------------------------------

FILL = """
insert into announcements_follower (id, token, made_at, language)
    select gen_random_uuid(), md5(n::text), now(), case when n %% 8 = 0 then 'uk' when n %% 16 = 1 then 'en' when n %% 32 = 2 then 'de' else 'pl' end
    from generate_series(1, %(many)s) n;
insert into announcements_endpoint (id, follower_id, channel, address, confirmed_at, suppressed_why, made_at)
    select gen_random_uuid(), f.id, c.name, c.name || substr(f.token, 1, 12) || '@example.com', now(), '', now()
    from announcements_follower f cross join (values ('email'), ('sms')) c(name);
insert into announcements_place (follower_id, kind, street) select id, 'street', 'Ulica ' || ('x' || substr(token, 1, 2))::bit(8)::int from announcements_follower;
"""
BARE = """
insert into office_message (id, channel, address, event, subject, text, html, body_id, urgency, endpoint, leave_url, recipient, about_type, about_id,
    state, attempts, next_attempt_at, error, created_at)
select gen_random_uuid(), channel, address, event, subject, text, html, body_id, urgency, endpoint, leave_url, recipient, about_type, %s,
    state, attempts, next_attempt_at, error, created_at from bare"""


def fill():
    import os

    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        psycopg.ClientCursor(line).execute(FILL, {"many": RESIDENTS})
        for table in ("follower", "endpoint", "place"):
            line.execute(f"vacuum analyze announcements_{table}")


def alert():
    """Seconds of each side, the median of its tries in turns; every try writes a full set of new rows."""
    import statistics
    import uuid

    from django.db import connection, transaction
    from django.utils import timezone

    from accounts.models import User
    from announcements import fan_out
    from tests.announcements.cast import ALERT, make_announcement, translate

    writer, now, spent = User.objects.create(email="d@example.com"), timezone.now(), {"portal": [], "bare": []}
    for _try in range(TRIES):
        one = make_announcement(writer, **ALERT, areas=[{"kind": "town"}], expires_at=now)
        translate(one), translate(one, "en")
        began = time.perf_counter()
        with transaction.atomic():
            queued = fan_out.queue(one, moment=now)
        spent["portal"].append(time.perf_counter() - began)
        assert queued == 2 * RESIDENTS
        with connection.cursor() as cursor:
            cursor.execute("create temp table if not exists bare as select * from office_message where about_id = %s", [one.pk])
            began = time.perf_counter()
            cursor.execute(BARE, [uuid.uuid4()])
            spent["bare"].append(time.perf_counter() - began)
            assert cursor.rowcount == queued
    return {
        **{side: statistics.median(some) for side, some in spent.items()},
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def deliver():
    """Letters a second: through the postman with its row, lease and outcome each, and in a bare loop of SMTP."""
    from office.models import Message, MessageState

    waiting = list(Message.objects.filter(channel="email").select_related("body")[:LETTERS])
    Message.objects.exclude(pk__in=[one.pk for one in waiting]).delete()
    bare = per_second(lambda: bare_loop(waiting))
    portal = per_second(drain_all)
    if (sent := Message.objects.filter(state=MessageState.SENT).count()) != LETTERS:
        raise RuntimeError(f"{sent} of {LETTERS} letters were sent")
    return {"portal": portal, "bare": bare}


def per_second(work):
    began = time.perf_counter()
    work()
    return LETTERS / (time.perf_counter() - began)


def drain_all():
    from office import relay

    relay.drain(seconds=600)


def bare_loop(letters):
    import smtplib

    from django.conf import settings

    from office.channels import as_email

    ready = [(one.address, as_email(one).message().as_bytes(linesep="\r\n")) for one in letters]
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as line:
        for address, content in ready:
            line.sendmail(settings.DEFAULT_FROM_EMAIL, [address], content)


def storm():
    """What goes on while visitors come: an alert for everybody, then its letters."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from announcements import fan_out
    from office import relay
    from tests.announcements.cast import ALERT, make_announcement

    writer, now = User.objects.create(email="storm@example.com"), timezone.now()
    one = make_announcement(writer, **ALERT, areas=[{"kind": "town"}], expires_at=now)
    with transaction.atomic():
        fan_out.queue(one, moment=now)
    relay.drain(seconds=10)


if __name__ == "__main__":
    steps.run(globals())
