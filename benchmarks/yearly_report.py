"""The yearly figures over a million lines of visits, against the database alone summing the same lines by code. Time and peak memory."""

import json
import resource
import time

from benchmarks import steps
from benchmarks.result import Result

LINES, YEAR, TRIES = 1_000_000, 2025, 3
MOST_MS, MOST_MIB = 3000, 150


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.yearly_report", "fill")
        told = {
            what: json.loads(stand.run("-m", "benchmarks.yearly_report", what)) for what in ("bare", "report")
        }  # a process each
    figure, baseline = (1000 * told[what]["seconds"] for what in ("report", "bare"))
    yield Result(f"yearly report of {LINES:,} lines", figure, "ms", baseline, at_most=MOST_MS)
    yield Result("yearly report peak memory", told["report"]["mib"], "MiB", at_most=MOST_MIB)


# In the stand -------------------------------------------------------------------------------------------------------

FILL = """
set session_replication_role = replica;
insert into pszok_visitline (id, visit_id, point_id, day, sequence, fraction_id, code_id, kg, pieces, is_estimated, is_for_reuse,
                             storage_confirmed, scale_ticket, reason, "by", at)
    select gen_random_uuid(), gen_random_uuid(), (select min(id) from pszok_point), make_date(%(year)s, 1, 1) + n %% 365, 1,
           codes.fraction_id, codes.id, case when n %% 50 = 0 then null else 1 + n %% 400 end, 1 + n %% 4, n %% 3 = 0, n %% 40 = 0,
           false, '', '', gen_random_uuid(), now()
    from generate_series(1, %(lines)s) n
    join (select id, fraction_id, row_number() over (order by id) - 1 as at, count(*) over () as all_codes from pszok_wastecode) codes
         on codes.at = n %% codes.all_codes;
"""
BARE = "select code_id, sum(kg) from pszok_visitline where day between %s and %s group by code_id"


def fill():
    import os

    import psycopg

    from tests.pszok.cast import make_point

    make_point()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        psycopg.ClientCursor(line).execute(FILL, {"year": YEAR, "lines": LINES})
        line.execute("vacuum analyze pszok_visitline")


def _best(do) -> dict:
    spent = []
    for _try in range(TRIES):
        began = time.perf_counter()
        do()
        spent.append(time.perf_counter() - began)
    return {"seconds": min(spent), "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def bare():
    from datetime import date

    from django.db import connection

    def do():
        with connection.cursor() as cursor:
            cursor.execute(BARE, [date(YEAR, 1, 1), date(YEAR, 12, 31)])
            cursor.fetchall()

    return _best(do)


def report():
    """Figures, their digest and the rows of the file: all that a report costs but its PDF."""
    from pszok import exports, figures

    def do():
        told = figures.figures_of(YEAR)
        figures.sha256_of(told)
        assert sum(1 for _row in exports.report_rows(told)) > 10

    return _best(do)


if __name__ == "__main__":
    steps.run(globals())
