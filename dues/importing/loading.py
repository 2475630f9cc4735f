# ruff: noqa: S608  the statements are put together from names written in this file, never from data
"""From rows to tables: a temporary table filled by COPY, then statements over all rows at once, in one transaction.

The natural keys are the payer's number, the liability's number and the instalment's number within it. What is known and equal is not
touched, what differs is written to `dues_change` before it is changed; so the same file loaded again changes nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from dues.importing.columns import folded
from dues.importing.reading import Fault, Row
from dues.models import Import

LOAD = """create temporary table if not exists dues_load (
    line integer, payer_number text, payer_name text, payer_search text, pesel_lookup bytea, liability text, kind_id bigint, period text,
    subject text, decision text, basis jsonb, instalment smallint, due_on date, principal integer, paid_principal integer,
    paid_interest integer, marks text[])"""
COPY = "copy dues_load from stdin"
OF_LIABILITY = "kind_id, period, subject, decision, basis"
OF_INSTALMENT = "due_on, principal, paid_principal, paid_interest"


def open_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOAD)
        cursor.execute("truncate dues_load")


def close_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists dues_load")


def copy_in(rows: Iterable[Row], kinds: dict[str, int]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write("".join(_line(row, kinds) for row in rows))


def _line(row: Row, kinds: dict[str, int]) -> str:
    cells = row.cells
    told = (
        str(row.number), cells["payer_number"], cells["payer_name"], folded(cells["payer_name"]), cells["pesel"] or None,
        cells["liability"], str(kinds[cells["kind"]]), cells["period"], cells["subject"], cells["decision"], cells["basis"],
        str(cells["instalment"]), cells["due_on"], str(cells["principal"]), str(cells["paid_principal"]),
        str(cells["paid_interest"]), cells["marks"],
    )  # fmt: skip
    return "\t".join("\\N" if cell is None else cell.replace("\\", "\\\\") for cell in told) + "\n"


# What can only be seen over all rows

QUOTED = """from payments_payment payment join dues_quote quote on quote.payment_id = payment.id
    join dues_quoteline line on line.quote_id = quote.id join dues_instalment known on known.id = line.instalment_id
    join dues_liability liability on liability.id = known.liability_id join dues_payer payer on payer.id = liability.payer_id"""
CLASHES = {
    _("rata"): (
        _("ta rata tej należności stoi w pliku drugi raz"),
        """select line from (select line, row_number() over (partition by liability, instalment order by line) as time from dues_load) rows
           where time > 1""",
    ),
    _("numer należności"): (
        _("inny wiersz podaje dla tej należności innego płatnika, rodzaj, okres, przedmiot, decyzję albo podstawę"),
        f"""select line from (select line, row(payer_number, {OF_LIABILITY}) as told,
                first_value(row(payer_number, {OF_LIABILITY})) over (partition by liability order by line) as first from dues_load) rows
            where told is distinct from first""",
    ),
    _("numer płatnika"): (
        _("inny wiersz podaje dla tego płatnika inną nazwę albo inny numer PESEL"),
        """select line from (select line, row(payer_name, pesel_lookup) as told,
               first_value(row(payer_name, pesel_lookup)) over (partition by payer_number order by line) as first from dues_load) rows
           where told is distinct from first""",
    ),
    _("płatnik"): (
        _("ta należność jest w portalu u innego płatnika; danych podatkowych nie przenosi się importem"),
        """select line from dues_load seen join dues_liability known on known.number = seen.liability
           join dues_payer payer on payer.id = known.payer_id where payer.number <> seen.payer_number""",
    ),
    _("płatności portalu"): (
        _("tej płatności portalu nikt nie wybrał za należności tego płatnika"),
        f"""select line from dues_load seen where marks <> '{{}}' and exists (
                select 1 from unnest(seen.marks) told(name) where not exists (select 1 {QUOTED} where payment.mark = told.name and payer.number = seen.payer_number))""",
    ),
}  # fmt: skip


def clashes() -> Iterator[Fault]:
    """Rows that contradict each other or what is known, by their order in the file."""
    for column, (why, sql) in CLASHES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} order by line")
            lines = cursor.fetchall()
        yield from (Fault(line, str(column), "", str(why)) for (line,) in lines)


# Counting and writing

LIABILITIES = (
    f"""(select distinct on (liability) liability, payer_number, {OF_LIABILITY} from dues_load order by liability, line)"""
)
LIABILITY_DIFFERS = """(known.kind_id, known.period, known.subject, known.decision, known.basis)
    is distinct from (seen.kind_id, seen.period, seen.subject, seen.decision, seen.basis)"""
INSTALMENT_DIFFERS = """(known.due_on, known.principal_grosze, known.paid_principal_grosze, known.paid_interest_grosze)
    is distinct from (seen.due_on, seen.principal, seen.paid_principal, seen.paid_interest)"""
KNOWN_INSTALMENTS = "dues_load seen join dues_liability liability on liability.number = seen.liability"
COUNTS = f"""
select count(*), count(*) filter (where known.id is null), count(*) filter (where known.id is not null and {LIABILITY_DIFFERS})
from {LIABILITIES} seen left join dues_liability known on known.number = seen.liability
union all
select count(*), count(*) filter (where known.id is null), count(*) filter (where known.id is not null and {INSTALMENT_DIFFERS})
from dues_load seen left join dues_liability liability on liability.number = seen.liability
left join dues_instalment known on known.liability_id = liability.id and known.number = seen.instalment
"""
WRITE = [
    """insert into dues_payer (id, number, name, search, pesel_lookup)
       select distinct on (payer_number) gen_random_uuid(), payer_number, payer_name, payer_search, pesel_lookup
       from dues_load order by payer_number, line
       on conflict (number) do update set name = excluded.name, search = excluded.search,
           pesel_lookup = coalesce(excluded.pesel_lookup, dues_payer.pesel_lookup)
       where (dues_payer.name, dues_payer.pesel_lookup)
           is distinct from (excluded.name, coalesce(excluded.pesel_lookup, dues_payer.pesel_lookup))""",
    f"""insert into dues_change (imported_id, liability_id, instalment, before, after, at)
        select %(import)s, known.id, null,
            jsonb_build_object('kind', old.name, 'period', known.period, 'subject', known.subject, 'decision', known.decision, 'basis', known.basis),
            jsonb_build_object('kind', new.name, 'period', seen.period, 'subject', seen.subject, 'decision', seen.decision, 'basis', seen.basis),
            %(moment)s
        from {LIABILITIES} seen join dues_liability known on known.number = seen.liability
        join dues_kind old on old.id = known.kind_id join dues_kind new on new.id = seen.kind_id where {LIABILITY_DIFFERS}""",
    f"""insert into dues_liability (id, number, payer_id, {OF_LIABILITY})
        select gen_random_uuid(), seen.liability, payer.id, seen.kind_id, seen.period, seen.subject, seen.decision, seen.basis
        from {LIABILITIES} seen join dues_payer payer on payer.number = seen.payer_number
        where not exists (select 1 from dues_liability known where known.number = seen.liability)""",
    f"""update dues_liability known set kind_id = seen.kind_id, period = seen.period, subject = seen.subject, decision = seen.decision, basis = seen.basis
        from {LIABILITIES} seen where known.number = seen.liability and {LIABILITY_DIFFERS}""",
    f"""insert into dues_change (imported_id, liability_id, instalment, before, after, at)
        select %(import)s, liability.id, known.number,
            jsonb_build_object('due_on', known.due_on, 'principal', known.principal_grosze, 'paid_principal', known.paid_principal_grosze,
                               'paid_interest', known.paid_interest_grosze),
            jsonb_build_object('due_on', seen.due_on, 'principal', seen.principal, 'paid_principal', seen.paid_principal,
                               'paid_interest', seen.paid_interest), %(moment)s
        from {KNOWN_INSTALMENTS} join dues_instalment known on known.liability_id = liability.id and known.number = seen.instalment
        where {INSTALMENT_DIFFERS}""",
    f"""update dues_instalment known set due_on = seen.due_on, principal_grosze = seen.principal, paid_principal_grosze = seen.paid_principal,
            paid_interest_grosze = seen.paid_interest
        from {KNOWN_INSTALMENTS} where known.liability_id = liability.id and known.number = seen.instalment and {INSTALMENT_DIFFERS}""",
    f"""insert into dues_instalment (liability_id, number, due_on, principal_grosze, paid_principal_grosze, paid_interest_grosze)
        select liability.id, seen.instalment, seen.due_on, seen.principal, seen.paid_principal, seen.paid_interest from {KNOWN_INSTALMENTS}
        where not exists (select 1 from dues_instalment known where known.liability_id = liability.id and known.number = seen.instalment)
        order by seen.line""",
    """insert into dues_included (payment_id, imported_id)
       select distinct payment.id, %(import)s::uuid from dues_load seen, unnest(seen.marks) told(name) join payments_payment payment on payment.mark = told.name
       on conflict (payment_id) do nothing""",
    """update dues_posting posting set included_in_id = named.imported_id
       from dues_included named join payments_entry entry on entry.payment_id = named.payment_id
       where named.imported_id = %(import)s and entry.id = posting.entry_id and posting.included_in_id is null and posting.included_by is null""",
]


def counted() -> dict[str, Any]:
    """How many liabilities and instalments of the file are new, changed, and the same as what is known."""
    with connection.cursor() as cursor:
        cursor.execute("analyze dues_load")
        cursor.execute(COUNTS)
        found = cursor.fetchall()
    return {
        name: {"new": new, "changed": changed, "same": every - new - changed}
        for name, (every, new, changed) in zip(("liabilities", "instalments"), found, strict=True)
    }


def write(imported: Import, moment: datetime) -> None:
    """Everything, in the caller's transaction."""
    with connection.cursor() as cursor:
        for statement in WRITE:
            cursor.execute(statement, {"import": imported.pk, "moment": moment})
