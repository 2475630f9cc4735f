"""The gate of the demonstration: a tablet with a code, Franek and his supervisor with PINs, visits of Anna's dwelling. Made by verbs."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from pszok.actions import closing, corrections, shifts, visits
from pszok.lines import Line
from pszok.models import Fraction, GateDevice, GateOperator, Point
from pszok.rules import Gate
from residents.models import Person

FRANEKS_PIN, WALENTYNAS_PIN = "246801", "975310"  # public on purpose; the sign-on page of the demonstration shows them
DEMO = timedelta(days=400)  # a demonstration is opened on any day


@transaction.atomic
def load(moment: datetime) -> None:
    """A device that waits for its code, and one at which the visits were taken in. What is there already is left as it is."""
    if GateDevice.objects.exists():
        return
    supervisor, point = User.objects.get(email="walentyna@pruszcz.example"), Point.objects.order_by("pk")[0]
    franek = shifts.add_operator(point=point, name="Franciszek Wilk", pin=FRANEKS_PIN, by=supervisor)
    walentyna = shifts.add_operator(point=point, name="Walentyna Rek", pin=WALENTYNAS_PIN, by=supervisor, user=supervisor)
    device = shifts.add_device(point=point, name="Tablet przy bramie", by=supervisor, moment=moment, code_lives=DEMO)
    _visits(device, franek, walentyna, supervisor, moment)


def _visits(device: GateDevice, franek: GateOperator, walentyna: GateOperator, supervisor: User, moment: datetime) -> None:
    """Taken in by the supervisor with a reason, since a demonstration is loaded at any hour; the last one is corrected."""
    home = Person.objects.get(account__email="anna@pruszcz.example").memberships.get(until=None).household.dwelling
    day = timedelta(days=1)
    _handed_in(
        home, Gate(device, walentyna), [_line("gruz", kg=640), _line("zielone", kg=80, is_estimated=True)], moment - 60 * day
    )
    _handed_in(home, Gate(device, walentyna), [_line("opony", pieces=4, kg=36)], moment - 33 * day)
    last = _handed_in(
        home, Gate(device, walentyna), [_line("budowlane", kg=300), _line("izolacje", kg=14, litres=1500)], moment - 9 * day
    )
    corrections.correct_line(
        last.lines.get(fraction__code="budowlane"), kg=210, reason="Błędny odczyt z wagi", by=supervisor, moment=moment - 8 * day
    )
    visits.refuse_at_gate(why="outside", gate=Gate(device, franek), moment=moment - 2 * day)


def _handed_in(home, gate, lines, moment):
    visit = visits.open_by_document(home, gate=gate, moment=moment, reason="Dane pokazowe")
    return closing.close(visit.pk, lines, uuid4(), gate=gate, moment=moment)


def _line(fraction: str, **amounts) -> Line:
    code = Fraction.objects.get(code=fraction).codes.get(is_default=True)
    return Line(fraction=code.fraction_id, code=code.pk, **amounts)
