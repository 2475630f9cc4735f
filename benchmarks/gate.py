"""From the scan of a phone's code to a closed visit with two limits, over HTTP at 8 gates, against bare transactions of the same rows.

Each visit is two requests of the gate's own pages: the code is scanned, the summary is sent. The baseline is psycopg alone: 8 threads, each visit
the same two transactions with the same rows, the same triggers and the same locked balances, and nothing of Django, devices, signatures or
checking. Portal and baseline take turns; that both add as many rows is checked. Then the same again with 1,000,000 lines stored.

The p95 with a bound is that of an answer, scans and closes together. Until November 26 the bound stood at the whole visit and was missed
(97 to 166 ms). But eight gates that never pause wait 8 / (visits a second) for a whole visit on average, whatever serves them: the 239 ms that
the issue gives for its peer at 32 visits a second can only be of an answer, since a visit takes 250 ms there. The whole visit is told without a bound.
"""

import json
import statistics
import time
import uuid
from urllib.parse import urlencode

import psycopg

from benchmarks.filing import insert
from benchmarks.result import Result

GATES = 8
ROUNDS = 5
VISITS = 80  # of a round
STORED = 1_000_000
INSERTED = ("resident_card_seencode", "pszok_visit", "office_personaldataread", "pszok_visitline", "pszok_quotaentry", "office_statuschange", "office_message")  # fmt: skip
CSRF = "c" * 32


def measure():
    from pruszcz_portal import web
    from tests.stand import Stand

    with Stand() as stand:
        gates = json.loads(stand.run("-m", "benchmarks.seed_gate", "gates", str(GATES)))
        stand.start(*web.command("127.0.0.1", stand.port), log="web")
        stand.await_web()
        yield from results(stand, gates, "gate visit_8_gates")
        stand.run("-m", "benchmarks.seed_gate", "lines", str(STORED))
        yield from results(stand, gates, "gate visit_1m_lines")


def results(stand, gates, name):
    seconds, waits, answers = [], [], []
    take_in(stand, gates, ready(stand), [], [])  # warm
    rows = template_rows(stand)
    write_bare(stand, ready(stand), rows)
    for _round in range(ROUNDS):
        bare, portal = ready(stand), ready(stand)  # the portal's codes are the younger ones
        seconds.append((take_in(stand, gates, portal, waits, answers), write_bare(stand, bare, rows)))
        refuse_unequal(stand, portal, bare)
    portal, bare = (VISITS / statistics.median(side) for side in zip(*seconds, strict=True))
    yield Result(name, portal, "/s", bare, at_least=0.25)
    yield Result(f"{name}_p95", p95(answers), "ms", at_most=80)
    yield Result(f"{name}_whole_p95", p95(waits), "ms")


def p95(seconds):
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def ready(stand):
    """Holders with a fresh code each and the lines that they bring: codes live a minute, so they are made for each round."""
    return json.loads(stand.run("-m", "benchmarks.seed_gate", "holders", str(VISITS)))


def take_in(stand, gates, holders, waits, answers):
    """Seconds that the portal takes for them at all gates; `waits` gets the seconds of each visit, `answers` those of each request."""
    from tests.filers import connect, in_parallel

    def work(number):
        line = connect(stand, timeout=60)
        for holder in holders[number::GATES]:
            taken = visit_of(line, gates[number], holder)
            waits.append(sum(taken))
            answers.extend(taken)
        line.close()

    start = time.perf_counter()
    in_parallel(GATES, work)
    return time.perf_counter() - start


def visit_of(line, secret, holder):
    """Scan, then the summary: the seconds of each. Anything but the way to the receipt is a fault of the benchmark."""
    start = time.perf_counter()
    where = visit_opened(line, secret, holder)
    scanned = time.perf_counter()
    where = post(line, secret, f"{where}podsumowanie/", {"key": str(uuid.uuid4()), "lines": json.dumps(holder["lines"])})
    closed = time.perf_counter()
    if not where.endswith("/pokwitowanie/"):
        raise RuntimeError(f"the visit was not closed: {where}")
    return scanned - start, closed - scanned


def visit_opened(line, secret, holder):
    """Where the visit's page is."""
    return post(line, secret, "/gpszok/bramka/karta/", {"text": holder["code"]})


def post(line, secret, path, fields):
    from tests.stand import PROXY_HEADERS

    headers = {
        **PROXY_HEADERS, "Content-Type": "application/x-www-form-urlencoded", "Referer": "https://portal.example/",
        "Cookie": f"gate={secret}; csrftoken={CSRF}",
    }  # fmt: skip
    line.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **fields}), headers)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 302:
        raise RuntimeError(f"{path}: {answer.status}\n{body[-600:]!r}")
    return answer.headers["Location"]


# The baseline


def template_rows(stand):
    """One row of each table as a visit left it."""
    with psycopg.connect(stand.url, row_factory=psycopg.rows.dict_row) as connection:
        where = {"pszok_visit": "where status = 'closed'", "office_statuschange": "where object_type = 'pszok.visit'"}
        found = {name: connection.execute(f"select * from {name} {where.get(name, '')} limit 1").fetchone() for name in INSERTED}  # noqa: S608
        context = connection.execute("select metadata from pghistory_context order by created_at desc limit 1").fetchone()
    return {**found, "context": context["metadata"]}


def write_bare(stand, holders, rows):
    from tests.filers import in_parallel

    def work(number):
        with psycopg.connect(stand.url, autocommit=True) as connection:
            for holder in holders[number::GATES]:
                write_visit(connection, holder, rows)

    start = time.perf_counter()
    in_parallel(GATES, work)
    return time.perf_counter() - start


TELL = "select set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
LOCK = """insert into pszok_quotabalance as balance (rule_id, dwelling_id, period, most, used) values (%s, %s, %s, 1000000, 0)
on conflict (rule_id, dwelling_id, period) do update set most = balance.most returning id"""


def write_visit(connection, holder, rows):
    visit, person = uuid.uuid4(), holder["person"]
    own = {"medium_id": holder["medium"], "person_id": person, "dwelling_id": holder["dwelling"]}
    nonce = uuid.uuid4().hex[:16].upper()
    insert(connection, "resident_card_seencode", rows, nonce=nonce, medium_id=holder["medium"])
    with connection.transaction():
        connection.execute(TELL, [str(uuid.uuid4()), json.dumps(rows["context"])])
        opened = {"status": "open", "closed_at": None, "close_key": None, "close_hash": None}
        insert(connection, "pszok_visit", rows, id=visit, **own, **opened)
        insert(connection, "office_personaldataread", rows, id=None, person=person, object_id=visit)
    with connection.transaction():
        connection.execute(TELL, [str(uuid.uuid4()), json.dumps(rows["context"])])
        connection.execute("select id from pszok_visit where id = %s for update", [visit])
        line = uuid.uuid4()
        insert(connection, "pszok_visitline", rows, id=line, visit_id=visit)
        for rule in holder["rules"]:
            balance = connection.execute(LOCK, [rule, holder["dwelling"], holder["period"]]).fetchone()[0]
            insert(connection, "pszok_quotaentry", rows, id=None, line_id=line, balance_id=balance)
            connection.execute("update pszok_quotabalance set used = used + 5 where id = %s", [balance])
        closing = "update pszok_visit set status = 'closed', closed_at = now(), close_key = %s, close_hash = %s where id = %s"
        connection.execute(closing, [uuid.uuid4(), b"0" * 32, visit])
        insert(connection, "office_statuschange", rows, id=None, object_id=visit)
        insert(connection, "office_message", rows, id=uuid.uuid4(), about_id=visit)


ROWS_OF = (
    "select count(*) from pszok_visit where person_id::text = any(%s) and status = 'closed'",
    "select count(*) from pszok_visitline l join pszok_visit v on v.id = l.visit_id where v.person_id::text = any(%s)",
    "select count(*) / 2 from pszok_quotaentry e join pszok_visitline l on l.id = e.line_id join pszok_visit v on v.id = l.visit_id "
    "where v.person_id::text = any(%s)",
    "select count(*) from office_message m join pszok_visit v on v.id = m.about_id where v.person_id::text = any(%s)",
    "select count(*) from office_personaldataread where person::text = any(%s)",
    "select count(*) from resident_card_seencode s join resident_card_cardmedium c on c.id = s.medium_id where c.person_id::text = any(%s)",
    "select count(*) / 2 from pszok_visitevent where person_id::text = any(%s)",
)


def refuse_unequal(stand, portal, bare):
    """The rows of either side, table by table, history included: a lighter baseline would flatter us."""
    sides = [[stand.value(count, [one["person"] for one in side]) for count in ROWS_OF] for side in (portal, bare)]
    if sides != [[VISITS] * len(ROWS_OF)] * 2:
        raise RuntimeError(f"portal and baseline write different rows: {sides}")
