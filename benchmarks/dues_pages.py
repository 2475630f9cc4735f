"""The page of dues against a bare signed-in view, with 200,000 liabilities stored; the payer has a dozen of them, half paid."""

import json
import os

import psycopg

from benchmarks.result import Result

LIABILITIES = int(os.environ.get("DUES_ROWS", "200000"))
OWN = 12

FILL = """
set session_replication_role = replica;
insert into dues_payer (id, number, name, search) select gen_random_uuid(), 'B' || n, 'Osoba', 'osoba' from generate_series(0, %(payers)s) n;
create temporary table crowd as select id, row_number() over () - 1 as place from dues_payer;
create index on crowd (place);
insert into dues_liability (id, number, payer_id, kind_id, period, subject, decision, basis)
    select gen_random_uuid(), 'B' || n, crowd.id, (select id from dues_kind order by "order" limit 1 offset n %% 6), '2026', 'ul. Batorego', 'FN', '[]'
    from generate_series(1, %(count)s) n join crowd on crowd.place = n / %(own)s;
insert into dues_instalment (liability_id, number, due_on, principal_grosze, paid_principal_grosze, paid_interest_grosze)
    select id, 1, current_date - 200 + (substr(number, 2)::int %% 12) * 30, 62400, case when substr(number, 2)::int %% 2 = 0 then 62400 else 0 end, 0
    from dues_liability;
"""


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.seed", "catalogue")
        with psycopg.connect(stand.url, autocommit=True) as line:
            psycopg.ClientCursor(line).execute(FILL, {"payers": LIABILITIES // OWN, "count": LIABILITIES, "own": OWN})
            line.execute("vacuum analyze")
        for row in json.loads(stand.run("-m", "benchmarks.dues_pages")):
            yield Result(f"dues {row['path']}", row["page"], "/s", row["bare"], at_least=0.35)


# In the stand -------------------------------------------------------------------------------------------------------


def main() -> None:
    import django
    from django.test.utils import override_settings

    django.setup()
    from benchmarks.pages import Browser, compare
    from benchmarks.seed import make_account, session_of
    from dues.models import Payer, PayerLink
    from pruszcz_portal.web import when_ready
    from residents.models import Person
    from tests.factories import LONG_AGO, at

    anna = make_account("anna@example.com")
    person = Person.objects.create(account=anna, first_name="Anna", last_name="Kowalska", search="kowalska anna")
    payer = Payer.objects.get(number="B5")
    PayerLink.objects.create(payer=payer, person=person, method="desk_code", since=at(LONG_AGO))
    one = payer.liabilities.first()
    browser = Browser(f"__Host-session={session_of(anna)}; csrftoken={'c' * 32}")
    named = {"/naleznosci/": "/naleznosci/", f"/naleznosci/{one.pk}/": "/naleznosci/…/"}
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        when_ready(None)
        rows = [{**compare(browser, path), "path": name} for path, name in named.items()]
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
