"""For the guards of the house: visits of a person's dwelling, with a dispute in the person's own words."""

from pszok.actions import disputes
from tests.factories import TUESDAY
from tests.pszok.cast import hand_in, line, make_gate
from tests.resident_card.cast import make_holder


def arguments_of(person, marker, copies=1):
    gate, phone = make_gate(), make_holder(person)
    visits = [hand_in(phone, gate, line("gruz", kg=10), line("opony", kg=8, pieces=1)) for _number in range(copies)]
    disputes.open_dispute(visits[0], person=person, text=f"Nie tyle, {marker}", by=person.account, moment=TUESDAY)
    return {f"pszok:{name}": {"pk": visits[0].pk} for name in ("visit", "dispute", "withdraw_dispute")}
