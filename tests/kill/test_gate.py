"""Closing visits while web workers die: what was accepted is posted once, however often the gate sends it again (R69, D1)."""

import http.client
import json
import time
import uuid

from benchmarks.gate import post, visit_opened
from tests.filers import connect, in_parallel
from tests.stand import workers_killed

GATES, VISITS = 8, 200


def test_workers_killed_while_gates_close_visits_post_each_once(stand, web_server):
    """R68, R69: the gate sends the same key again until it is answered; kill -9 takes workers before and after their commit."""
    gates = json.loads(stand.run("-m", "benchmarks.seed_gate", "gates", str(GATES)))
    holders = json.loads(stand.run("-m", "benchmarks.seed_gate", "holders", str(VISITS)))
    visits = [opened(stand, gates, number, holder) for number, holder in enumerate(holders)]
    again = []

    with workers_killed(web_server) as killed:
        in_parallel(GATES, lambda number: [close(stand, one, again) for one in visits[number::GATES]])

    assert killed and again
    count = len(visits)
    assert stand.value("select count(*) from pszok_visit where status = 'closed'") == count
    assert stand.value("select count(*) from pszok_visitline") == count
    assert stand.value("select count(*) from office_message where event like 'pszok/closed'") == count
    assert stand.value("select count(*) from pszok_quotaentry") == count * len(holders[0]["rules"])
    wrong = "select count(*) from pszok_quotabalance b where used <> (select sum(amount) from pszok_quotaentry e where e.balance_id = b.id)"
    assert stand.value(wrong) == 0


def opened(stand, gates, number, holder):
    line = connect(stand, timeout=60)
    where = visit_opened(line, gates[number % GATES], holder)
    line.close()
    return {"where": where, "gate": gates[number % GATES], "key": str(uuid.uuid4()), "lines": holder["lines"]}


def close(stand, visit, again):
    """Until it is answered: a connection that broke says nothing of whether the visit was closed."""
    while True:
        line = connect(stand, timeout=5)
        try:
            where = post(
                line, visit["gate"], f"{visit['where']}podsumowanie/", {"key": visit["key"], "lines": json.dumps(visit["lines"])}
            )
            assert where.endswith("/pokwitowanie/")
            return
        except (OSError, http.client.HTTPException):
            again.append(visit["key"])
            time.sleep(0.05)
        finally:
            line.close()
