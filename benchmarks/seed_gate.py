"""What the benchmark of the gate and its kill test start from.

python -m benchmarks.seed_gate gates 8       prints the secrets of that many enrolled devices, an operator signed on at each
python -m benchmarks.seed_gate holders 80    prints that many holders, each with a fresh code and the line that they bring
python -m benchmarks.seed_gate lines 1000000 stores so many lines of visits long ago
"""

import json
import sys


def gates(count):
    from tests.pszok.cast import make_gate, make_limit, put_on_duty

    class Browser:
        def __init__(self):
            self.cookies = {}

    made = []
    for _number in range(int(count)):
        browser = Browser()
        put_on_duty(browser, make_gate())
        made += browser.cookies.values()
    make_limit(1_000_000, "gruz", "budowlane", name="Razem")
    print(json.dumps(made))


def holders(count):
    from django.utils import timezone
    from django.utils.timezone import localdate

    from pszok.models import LimitRule
    from tests.factories import make_person
    from tests.pszok.cast import line, make_holder_today

    now, brought = timezone.now(), line(kg=5)
    rules = list(
        LimitRule.objects.valid_on(localdate()).filter(fractions=brought.fraction).order_by("pk").values_list("pk", flat=True)
    )
    told = []
    for _number in range(int(count)):
        phone = make_holder_today(make_person(email="mieszkaniec@pruszcz.example"))
        person = phone.medium.person
        told.append(
            {
                "code": phone.shows(now), "lines": [brought.as_json()], "person": str(person.pk), "medium": str(phone.medium.pk),
                "dwelling": person.memberships.get().household.dwelling_id, "rules": rules, "period": localdate().year,
            }
        )  # fmt: skip
    print(json.dumps(told))


LINES = """
insert into pszok_visitline (id, visit_id, point_id, day, sequence, fraction_id, code_id, kg, is_estimated, is_for_reuse, storage_confirmed,
  scale_ticket, reason, by, at)
select gen_random_uuid(), visit_id, point_id, date '2024-01-01' + number % 700, 2 + number, fraction_id, code_id, 5,
  false, false, false, '', '', by, at
from pszok_visitline, generate_series(1, {each}) as number"""


def lines(count):
    """Spread over the visits there are; the close looks at none of them, which is what is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pszok_visitline")
        cursor.execute(LINES.format(each=-(-int(count) // cursor.fetchone()[0])))
        cursor.execute("analyze")


if __name__ == "__main__":
    import django

    django.setup()
    {"gates": gates, "holders": holders, "lines": lines}[sys.argv[1]](*sys.argv[2:])
