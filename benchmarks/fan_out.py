"""An alert for 32,000 residents with two endpoints each, frozen and queued, against a bare INSERT ... SELECT of the same rows of the outbox.

Both write 64,000 rows into the same table with the same indexes and constraints; the bare one copies ready rows and asks for no audience.
"""

import json
import resource
import sys
import time

from benchmarks.result import Result

RESIDENTS, TRIES = 32_000, 3
MOST_MS, MOST_RATIO, MOST_MIB = 3000, 5.0, 200


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.fan_out", "fill")
        told = json.loads(stand.run("-m", "benchmarks.fan_out", "alert"))
    portal, bare = 1000 * told["portal"], 1000 * told["bare"]
    yield Result(f"alert to {2 * RESIDENTS:,} endpoints", portal, "ms", bare, at_most=MOST_MS)
    yield Result("alert, times a bare insert (x100)", 100 * portal / bare, "", at_most=100 * MOST_RATIO)
    yield Result("alert peak memory", told["mib"], "MiB", at_most=MOST_MIB)


# In the stand -------------------------------------------------------------------------------------------------------

FILL = """
insert into announcements_follower (id, token, made_at) select gen_random_uuid(), md5(n::text), now() from generate_series(1, %(many)s) n;
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
    from tests.announcements.cast import ALERT, make_announcement

    writer, now, spent = User.objects.create(email="d@example.com"), timezone.now(), {"portal": [], "bare": []}
    for _try in range(TRIES):
        one = make_announcement(writer, **ALERT, areas=[{"kind": "town"}], expires_at=now)
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


def main(what: str):
    import django

    django.setup()
    made = globals()[what]()
    if made is not None:
        print(json.dumps(made))


if __name__ == "__main__":
    main(sys.argv[1])
