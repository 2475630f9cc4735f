"""A town's worth of rows for the benchmarks: 31,000 people, 200,000 cases with their letters, terms and history."""

import psycopg

PEOPLE = 31_000
CASES = 200_000

FILL = """
set session_replication_role = replica;
insert into residents_person (id, first_name, last_name, search, email, phone, mail_address, created_at)
    select gen_random_uuid(), 'Osoba', 'Nr ' || n, 'nr ' || n || ' osoba', '', '', '', now() from generate_series(1, %(people)s) n;
create temporary table crowd as
    select id, row_number() over () - 1 as person from residents_person where first_name = 'Osoba';
create index on crowd (person);
insert into eboi_case (id, unit_id, jrwa_id, year, number, mark, matter_id, person_id, officer_id, status, received_on, opened_at, closed_at, outcome)
    select gen_random_uuid(), matter.unit_id, matter.jrwa_id, 2000 + n / 10000, 100000 + n %% 10000,
           'B.' || (2000 + n / 10000) || '.' || n, matter.id, crowd.id,
           (select id from accounts_user where is_staff order by id limit 1),
           case when n %% 40 = 0 then 'in_progress' else 'completed' end,
           (now() - n * interval '5 minutes')::date, now() - n * interval '5 minutes',
           case when n %% 40 = 0 then null else now() - n * interval '4 minutes' end, 'Załatwiono'
    from generate_series(1, %(cases)s) n
    join crowd on crowd.person = n %% %(people)s
    cross join (select * from eboi_mattertype order by id limit 1) matter;
insert into eboi_deadline (case_id, started_on, term_count, term_unit, due_on, reason, set_at, closed_at)
    select id, received_on, 1, 'months', received_on + 30, '', opened_at, closed_at from eboi_case where mark like 'B.%%';
insert into eboi_incomingletter (id, year, number, status, channel, received_at, registered_at, sender_id, sender_name, subject, letter_mark,
                                 attachments_count, unit_id, matter_id, case_id)
    select gen_random_uuid(), year, 1000000 + row_number() over (), 'attached', 'paper', opened_at, opened_at, person_id, 'Osoba', 'Deklaracja', '',
           0, unit_id, matter_id, id from eboi_case where mark like 'B.%%';
insert into office_statuschange (object_type, object_id, from_status, to_status, side, note, at)
    select 'eboi.case', id, 'new', 'in_progress', 'clerk', '', opened_at from eboi_case where mark like 'B.%%';
"""


def fill(url: str) -> None:
    """Rows go in past the triggers: how they came is not measured, only that they are there. Needs the sample catalogue."""
    with psycopg.connect(url, autocommit=True) as connection:
        psycopg.ClientCursor(connection).execute(FILL, {"people": PEOPLE, "cases": CASES})
        connection.execute("vacuum analyze")
