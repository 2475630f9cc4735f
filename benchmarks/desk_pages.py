"""The clerk's day, the queue by term and a case against a bare signed-in view, with 200,000 cases stored: a town of 40 clerks in 8 units."""

import json
import os
import sys

from benchmarks.result import Result

CLERKS, UNITS = 40, 8  # 125 active cases a clerk, 625 a unit
CEILING = 8  # queries of the queue

SPREAD = """
insert into eboi_unit (symbol, name, contact) select 'W' || n, 'Wydział ' || n, '' from generate_series(1, %(units)s) n;
insert into accounts_user (password, is_superuser, subject, email, name, position, is_active, is_staff, date_joined)
    select '!', false, gen_random_uuid(), 'clerk' || n || '@pruszcz.example', 'Clerk ' || n, 'referent', true, true, now()
    from generate_series(0, %(clerks)s - 1) n;
create temporary table staff as
    select clerk.id, n, unit.id as unit from generate_series(0, %(clerks)s - 1) n
    join accounts_user clerk on clerk.email = 'clerk' || n || '@pruszcz.example'
    join eboi_unit unit on unit.symbol = 'W' || (n %% %(units)s + 1);
insert into eboi_unitmember (unit_id, user_id) select unit, id from staff;
update eboi_case set officer_id = staff.id, unit_id = staff.unit,
                     received_on = case when status = 'in_progress' then current_date - (number / 40) %% 40 else received_on end
    from staff where staff.n = (number / 40) %% %(clerks)s and mark like 'B.%%';
update eboi_deadline set due_on = current_date - 4 + cases.number / 40 %% 36
    from eboi_case cases where cases.id = case_id and eboi_deadline.closed_at is null;
insert into eboi_pause (case_id, why, since) select id, 'suspension', current_date - 3 from eboi_case
    where status = 'in_progress' and number %% 10 = 0 and (number / 40) %% 9 = 0;
update eboi_case set status = 'suspended' from eboi_pause where eboi_pause.case_id = eboi_case.id;
insert into eboi_casemessage (id, case_id, kind, text, author, at)
    select gen_random_uuid(), id, 'from_resident', 'Pytanie', gen_random_uuid(), now() from eboi_case
    where status = 'in_progress' and (number / 40) %% 11 = 0;
"""


def measure():
    from benchmarks import stored
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.seed", "catalogue")
        stored.CASES = int(os.environ.get("DESK_CASES", stored.CASES))  # fewer while others work on the machine
        stored.fill(stand.url)
        stand.run("-m", "benchmarks.desk_pages", "spread")
        told = json.loads(stand.run("-m", "benchmarks.desk_pages", "timed"))
    for row in told["pages"]:
        yield Result(f"desk {row['path']}", row["page"], "/s", row["bare"], at_least=0.35)
    yield Result("desk queries of the queue", told["queries"], "", at_most=CEILING)


# In the stand -------------------------------------------------------------------------------------------------------


def spread():
    """Cases are spread over clerks, terms over the weeks around today; some stand still, some have a new message."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        psycopg.ClientCursor(line).execute("set session_replication_role = replica;" + SPREAD, {"units": UNITS, "clerks": CLERKS})
        line.execute("vacuum analyze")


def timed():
    from django.test.utils import override_settings

    from benchmarks.pages import Browser, compare, queries_of
    from benchmarks.seed import session_of
    from eboi.models import Case
    from pruszcz_portal.web import when_ready

    clerk = _clerk()
    cookies = f"__Host-session={session_of(clerk)}; csrftoken={'c' * 32}"
    case = Case.objects.active().filter(officer=clerk).first()
    day, queue = "/urzad/eboi/case/dzien/", "/urzad/eboi/case/kolejka/"
    pages = {
        day: "day, own cases", f"{day}?kogo=komorka": "day, the unit", queue: "queue, own cases",
        f"{queue}?kogo=komorka": "queue, the unit", f"/urzad/eboi/case/{case.pk}/change/": "case",
        "/urzad/eboi/case/": "search list",
    }  # fmt: skip
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        browser = Browser(cookies)
        when_ready(None)
        rows = [{**compare(browser, path), "path": name} for path, name in pages.items()]
        queries = max(queries_of(browser, path) for path in pages if "kolejka" in path or path.endswith("/case/"))
    print(json.dumps({"pages": rows, "queries": queries}))


def _clerk():
    """A case officer who is a manager and signs, as Dariusz of the tests."""
    from django.contrib.auth.models import Group

    from accounts.models import User
    from pruszcz_portal import roles

    clerk = User.objects.get(email="clerk0@pruszcz.example")
    clerk.groups.set(Group.objects.filter(name__in=[roles.CASE_OFFICER, roles.MANAGER, roles.SIGNATORY]))
    return clerk


if __name__ == "__main__":
    import django

    django.setup()
    {"spread": spread, "timed": timed}[sys.argv[1]]()
