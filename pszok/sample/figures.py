"""Last year at the point: visits of Anna's dwelling, loads handed over, a report; and a dispute of this week. Made by verbs."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from accounts.models import User
from pszok.actions import closing, disputes, reports, transfers, visits
from pszok.lines import Line
from pszok.models import GateDevice, GateOperator, OutboundTransfer, Point, WasteCode, YearlyReport
from pszok.rules import Gate
from residents.models import Person

LOADS = [("170107", 380, "R5"), ("160103", 36, "R12")]
LAST_YEAR = [
    (3, 14, [("gruz", {"kg": 240})]),
    (9, 2, [("gruz", {"kg": 140}), ("opony", {"kg": 36, "pieces": 4}), ("gabaryty", {"kg": 45})]),
]


@transaction.atomic
def load(moment: datetime) -> None:
    """After the gate's part, by its tablet. What is there already is left as it is."""
    walentyna = User.objects.get(email="walentyna@pruszcz.example")
    operator, device = GateOperator.objects.filter(user=walentyna).first(), GateDevice.objects.order_by("enrolled_at").first()
    if YearlyReport.objects.exists() or operator is None or device is None:
        return
    home = Person.objects.get(account__email="anna@pruszcz.example").memberships.get(until=None).household.dwelling
    gate, last_year = Gate(device, operator), localdate(moment).year - 1
    for month, day, heaps in LAST_YEAR:
        _handed_in(home, heaps, gate, datetime(last_year, month, day, 11, tzinfo=get_default_timezone()))
    for code, kg, process in LOADS:
        _handed_over(code, kg, process, date(last_year, 12, 18), walentyna, moment)
    reports.make_report(last_year, by=walentyna, moment=moment)
    _disputed(_handed_in(home, [("gruz", {"kg": 120})], gate, moment - timedelta(days=3)), moment)


def _handed_in(home, heaps, gate, moment):
    visit = visits.open_by_document(home, gate=gate, moment=moment, reason="Dane pokazowe")
    return closing.close(visit.pk, [_line(code, amounts) for code, amounts in heaps], uuid4(), gate=gate, moment=moment)


def _line(fraction, amounts):
    code = WasteCode.objects.get(fraction__code=fraction, is_default=True)
    return Line(fraction=code.fraction_id, code=code.pk, **amounts)


def _handed_over(code, kg, process, day, walentyna, moment):
    load = OutboundTransfer(
        point=Point.objects.order_by("pk")[0], day=day, code=WasteCode.objects.valid_on(day).get(code=code), kg=kg,
        recipient="Zakład Utylizacyjny (przykład)", recipient_address="ul. Jabłoniowa 55, Gdańsk", process=process,
    )  # fmt: skip
    transfers.enter(load, by=walentyna, moment=moment)


def _disputed(visit, moment):
    anna = Person.objects.get(account__email="anna@pruszcz.example")
    disputes.open_dispute(visit, person=anna, text="Gruzu było mniej: jedna taczka, a nie dwie.", by=anna.account, moment=moment)
