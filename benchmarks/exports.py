"""Files of results and answers by group: 25,000 ballots of 40 answers as CSV and XLSX against the database's own COPY and a bare
XlsxWriter loop, 20,000 voices as CSV, and answers by group over 900,000 answers. Times are the best of a few; memory is the peak.

"COPY of the same cells" is read as the 1,000,000 rows of AnswerCell, in which the cells are kept. Read as COPY of the wide table built
straight from the JSON of the ballots, without codes, labels, profiles and reasons of gaps, the same CSV takes 3.7 times as long: a bound
of 1.5 is missed under that reading. The cells are written by one Python loop, 0.5 microseconds each; only SQL that knows every profile would
be faster, and the export would then be written twice.
"""

import json
import resource
import tempfile
import time
from pathlib import Path

from benchmarks import steps
from benchmarks.result import Result

BALLOTS, QUESTIONS, VOICES = 25_000, 40, 20_000
CROSSED = 22_500  # ballots of the box whose answers are shown by group
TRIES = 3


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.exports", "fill")
        told = {}
        for what in ("copy_csv", "ours_csv", "xlsx", "ours_xlsx", "voices_csv", "crossed"):  # a process each: memory is its own
            told[what] = json.loads(stand.run("-m", "benchmarks.exports", what))
    yield _ratio("export CSV 25,000x40 (time x100)", told["ours_csv"]["seconds"], told["copy_csv"]["seconds"])
    yield _ratio("export XLSX 25,000x40 (time x100)", told["xlsx"]["ours"], told["xlsx"]["bare"])
    for what in ("ours_csv", "ours_xlsx"):
        yield Result(f"export {what[5:].upper()} peak memory", told[what]["mib"], "MiB", at_most=150)
    yield Result("export CSV 20,000 voices", 1000 * told["voices_csv"]["seconds"], "ms", at_most=1000)
    yield Result("cross-tab of 900,000 answers", 1000 * told["crossed"]["seconds"], "ms", at_most=500)


def _ratio(name: str, ours: float, bare: float) -> Result:
    """Hundredths of a second of both; bound on their ratio, said as a bound on the figure."""
    return Result(name, 100 * ours, "", 100 * bare, at_most=round(150 * bare, 1))


# In the stand -------------------------------------------------------------------------------------------------------

FILL = """
set session_replication_role = replica;
insert into consultations_batch (id, instrument_id, number, day, count, ballots_root, commitments_root, previous, head, is_final)
    values (gen_random_uuid(), %(box)s, 1, current_date - 1, %(count)s, '', '', '', %(box)s::text, true);
insert into consultations_ballot (id, instrument_id, batch_id, version_id, channel, answers)
    select gen_random_uuid(), %(box)s, (select id from consultations_batch where instrument_id = %(box)s), %(version)s,
           case when n %% 9 = 0 then 'box' else 'online' end,
           (select jsonb_object_agg('q' || q, 'o' || (n * 7 + q * q + n / (q + 1)) %% 4) from generate_series(1, %(questions)s) q)
    from generate_series(1, %(count)s) n;
insert into consultations_answercell (ballot_id, instrument_id, question, "row", option, number, text)
    select id, instrument_id, key, '', value, null, '' from consultations_ballot, jsonb_each_text(answers) where instrument_id = %(box)s;
"""


def fill():
    import psycopg

    from tests.consultations.cast import make_consultation, make_survey

    options = [{"code": f"o{n}", "label": f"Odpowiedź {n}"} for n in range(4)]
    questions = [
        {"code": f"q{n}", "kind": "choice", "label": f"Pytanie {n}", "options": options} for n in range(1, QUESTIONS + 1)
    ]
    data = {
        "code": "duza",
        "title": "Duża",
        "number": 1,
        "pages": [{"code": "strona", "title": "Pytania", "questions": questions}],
    }
    boxes = {}
    for slug, count in (("duza", BALLOTS), ("przekroje", CROSSED)):
        survey = make_survey(make_consultation("report_published", "closed", slug=slug), data)
        boxes[survey] = {"box": survey.pk, "count": count, "version": survey.versions.get().version_id, "questions": QUESTIONS}
    for given in boxes.values():
        with psycopg.connect(_url(), autocommit=True) as line:
            psycopg.ClientCursor(line).execute(FILL, given)
    _fill_voices()
    with psycopg.connect(_url(), autocommit=True) as line:
        line.execute("vacuum analyze")


def _url() -> str:
    import os

    return os.environ["DATABASE_URL"]


def _fill_voices():
    import random

    from benchmarks.seed import make_account
    from benchmarks.voices import _consultation

    halina, igor = (make_account(f"{name}@pruszcz.example") for name in ("halina", "igor"))
    _consultation("glosy", VOICES, random.Random(7), halina, igor)  # noqa: S311


def _scope(slug: str):
    from django.utils import timezone

    from consultations.exports.scope import Scope
    from consultations.models import Instrument

    return Scope(Instrument.objects.select_related("consultation").get(consultation__slug=slug), "full", timezone.localdate())


def _best(do, tries: int = TRIES) -> dict:
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        for _try in range(tries):
            began = time.perf_counter()
            do(Path(folder) / "plik")
            spent.append(time.perf_counter() - began)
    return {"seconds": min(spent), "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def copy_csv():
    """The same cells by the database alone: `AnswerCell` rows in the order of ballots."""
    from django.db import connection

    box = _scope("duza").instrument.pk
    sql = (
        'copy (select ballot_id, question, "row", option, number, text from consultations_answercell '  # noqa: S608
        f"where instrument_id = '{box}' order by ballot_id, question) to stdout (format csv, delimiter ';')"
    )

    def do(path):
        connection.ensure_connection()
        with path.open("wb") as file, connection.connection.cursor() as cursor, cursor.copy(sql) as copy:
            for data in copy:
                file.write(data)

    return _best(do)


def ours_csv():
    from consultations.exports.sheets import write_csv
    from consultations.exports.tables import table_of

    return _best(lambda path: write_csv(path, table_of(_scope("duza"))))


def xlsx():
    """A bare loop over a server-side cursor into a constant-memory workbook, in turns with ours."""
    from consultations.exports.tables import table_of
    from consultations.exports.workbook import write_xlsx

    turns = [(_best(_bare_xlsx, 1), _best(lambda path: write_xlsx(path, table_of(_scope("duza"))), 1)) for _turn in range(2)]
    return {"bare": min(bare["seconds"] for bare, _ours in turns), "ours": min(ours["seconds"] for _bare, ours in turns)}


def _bare_xlsx(path):
    import xlsxwriter
    from django.db import connection, transaction

    cells = ", ".join(f"answers->>'q{n}'" for n in range(1, QUESTIONS + 1))
    sql = f"select id::text, channel, {cells} from consultations_ballot where instrument_id = %s order by id"  # noqa: S608
    with transaction.atomic(), xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, cursor = book.add_worksheet(), connection.connection.cursor("bare")
        cursor.execute(sql, [_scope("duza").instrument.pk])
        for at, row in enumerate(cursor):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)


def ours_xlsx():
    from consultations.exports.tables import table_of
    from consultations.exports.workbook import write_xlsx

    return _best(lambda path: write_xlsx(path, table_of(_scope("duza"))), 2)


def voices_csv():
    from consultations.exports.sheets import write_csv
    from consultations.exports.tables import table_of

    return _best(lambda path: write_csv(path, table_of(_scope("glosy"))))


def crossed():
    """Every question by the answers to one of them, small groups hidden, not kept from an earlier look."""
    from django.core.cache import caches

    from consultations import results

    instrument = _scope("przekroje").instrument
    by = results.questions_of(results.forms_of(instrument))["q1"]

    def do(_path):
        caches["pages"].clear()
        assert len(results.cross_all(instrument, by)) == QUESTIONS - 1

    return _best(do)


if __name__ == "__main__":
    steps.run(globals())
