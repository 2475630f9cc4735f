"""A visit opens, is refused or is left behind. What is taken in is posted by `actions.closing`."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import audit
from office.compiled import insert
from office.models import PersonalDataRead
from office.transitions import Refused, StaleStatus, move
from pszok import rules
from pszok.arrivals import Arrival, arrival_of
from pszok.hours import Day, Timetable
from pszok.lines import MEASURES, Line, read_lines
from pszok.models import RefusalReason, RefusedAmount, Visit
from pszok.rules import Gate
from pszok.statuses import VisitStatus
from resident_card.verification import verify
from residents.models import Dwelling, Person
from ui.text import clean_text

PURPOSE = "przyjęcie odpadów w GPSZOK"
SEEN = "imię, nazwisko i zdjęcie z karty, adres, limity odpadów"


class FaceNotCompared(Refused):
    """A number was typed or read from plastic: somebody has to look at the photo and the person first (R71)."""

    def __init__(self, person: Person):
        super().__init__(_("Porównaj zdjęcie z osobą."))
        self.person = person


def open_by_card(text: str, *, gate: Gate, moment: datetime, face_matches: bool = False, reason: str = "") -> Visit:
    """What was scanned or typed, and a visit of the card's dwelling (R51). A phone's code is spent by this, whatever comes of it.

    Refused for a card that is not good, without the package, without a dwelling that has limits (R62), outside the hours unless a
    supervisor gives a `reason` (R50), and as FaceNotCompared for a bare number until `face_matches`.
    """
    verified = verify(text, moment=moment)
    person = verified.medium.person
    arrival = arrival_of(person, gate.point, localdate(moment))
    outside = _outside_hours(arrival.timetable, gate, moment, reason)
    _guard_arrival(arrival)
    if not (verified.by_phone or face_matches):
        record_view(person, gate=gate)
        raise FaceNotCompared(person)
    visit = _new(arrival.dwelling, gate, moment, outside, proof=Visit.Proof.CARD, medium=verified.medium, person=person)
    insert(visit, _view(person, gate=gate, about=visit))  # both or neither: one statement
    return visit


def _guard_arrival(arrival: Arrival) -> None:
    if arrival.dwelling is None:
        raise Refused(_("Przy tej karcie nie ma mieszkania. Poproś o dokument i znajdź mieszkanie."))
    if not arrival.has_package:
        raise Refused(_("Karta jest dobra, ale nie ma pakietu GPSZOK. Poproś o dokument i znajdź mieszkanie."))
    rules.guard_use(arrival.use)


def open_by_document(dwelling: Dwelling, *, gate: Gate, moment: datetime, reason: str = "") -> Visit:
    """A visit of a resident without a card, who showed a document with this address; on the dwelling's same balance (R51, Q12)."""
    outside = _outside_hours(Timetable.of_day(gate.point, localdate(moment)), gate, moment, reason)
    rules.guard_use(dwelling.use)
    visit = _new(dwelling.pk, gate, moment, outside, proof=Visit.Proof.DOCUMENT)
    insert(visit)
    return visit


def record_view(person: Person, *, gate: Gate, about: Visit | None = None) -> None:
    """The resident reads who at the gate saw them, by name: an operator of the contractor has no account (R90)."""
    insert(_view(person, gate=gate, about=about))


def _view(person: Person, *, gate: Gate, about: Visit | None = None) -> PersonalDataRead:
    purpose = f"{PURPOSE}; przy bramce: {gate.operator.name}"
    return audit.read_of(reader=gate.operator, person=person.pk, what=SEEN, purpose=purpose, about=about)


def record_view_once(visit: Visit, *, gate: Gate) -> None:
    """An operator who goes on with a visit that another opened sees the person too; each of them is written down once a visit (R90)."""
    if visit.person and not PersonalDataRead.objects.filter(reader=gate.operator.subject, object_id=visit.pk).exists():
        record_view(visit.person, gate=gate, about=visit)


def _outside_hours(timetable: Timetable, gate: Gate, moment: datetime, reason: str) -> str:
    """The reason to keep, empty within the hours. Refused outside them to all but a supervisor with a reason (R50)."""
    if timetable.closes_at(moment):
        return ""
    reason = clean_text(reason)[:200]
    if not rules.may_open_outside_hours(gate.operator):
        hours = _in_words(timetable.on(localdate(moment)))
        raise Refused(
            _("Punkt jest teraz zamknięty (dzisiaj: %(hours)s). Otworzyć może tylko osoba nadzorująca.") % {"hours": hours}
        )
    if not reason:
        raise Refused(_("Punkt jest teraz zamknięty. Napisz, dlaczego przyjmujesz odpady poza godzinami."))
    return reason


def _in_words(day: Day) -> str:
    spans = ", ".join(f"{opens:%H:%M}\N{EN DASH}{closes:%H:%M}" for opens, closes in day.spans)
    return spans or day.reason or _("nieczynne")


def _new(dwelling: int | None, gate: Gate, moment: datetime, outside: str, **proof) -> Visit:
    return Visit(
        point=gate.point, device=gate.device, operator=gate.operator, dwelling_id=dwelling, opened_at=moment,
        rules_on=localdate(moment), outside_hours_reason=outside, **proof,
    )  # fmt: skip


# Refusing, leaving


@transaction.atomic
def refuse(visit: Visit, *, why: str, gate: Gate, moment: datetime) -> Visit:
    """Turn the whole visit away with one of the reasons; what was typed stays as turned away, nothing is posted (R52)."""
    guard_reason(why)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    turned_away = [line for line in read_lines(visit.draft) if line.turns_away or not line.is_turned_away]
    RefusedAmount.objects.bulk_create(refused_amount(visit, line, why, is_whole=True) for line in turned_away)
    visit.refusal, visit.closed_at, visit.draft = RefusalReason(why), moment, []
    move(visit, VisitStatus.REFUSED, by=gate.operator, moment=moment, along=("refusal", "closed_at", "draft"))
    return visit


@transaction.atomic
def refuse_at_gate(*, why: str, gate: Gate, moment: datetime) -> Visit:
    """Somebody turned away before anything was opened: no dwelling, no person, only the reason is kept."""
    guard_reason(why)
    visit = _new(None, gate, moment, "", proof=Visit.Proof.DOCUMENT)
    insert(visit)
    return refuse(visit, why=why, gate=gate, moment=moment)


def guard_reason(why: str) -> None:
    if why not in RefusalReason.values:
        raise Refused(_("Wybierz powód odmowy."))


def refused_amount(visit: Visit, line: Line, why: str, *, is_whole: bool) -> RefusedAmount:
    """What of the line was turned away; all of it when the visit was."""
    amounts = {m: (line.refused_of(m) + (line.of(m) if is_whole else 0)) or None for m in MEASURES}
    return RefusedAmount(visit=visit, fraction_id=line.fraction, reason=why, **amounts)


def abandon_old(*, moment: datetime) -> int:
    """Visits left open for an hour are abandoned; they posted nothing. One that somebody closes meanwhile is theirs."""
    old = Visit.objects.in_progress().filter(opened_at__lt=moment - rules.ABANDONED_AFTER)
    return sum(_abandoned(visit, moment) for visit in old.order_by("opened_at")[:500])


def _abandoned(visit: Visit, moment: datetime) -> bool:
    try:
        visit.closed_at, visit.draft = moment, []
        move(visit, VisitStatus.ABANDONED, by=None, moment=moment, along=("closed_at", "draft"))
    except StaleStatus:
        return False
    return True


# The draft


@transaction.atomic
def keep_line(visit: Visit, line: Line, *, place: int | None = None) -> Visit:
    """Put a typed line into the draft, or in place of the one that was there, so that nothing typed is lost with a shift."""
    visit = _open_draft(visit)
    if place is not None and 0 <= place < len(visit.draft):
        visit.draft[place] = line.as_json()
    elif len(visit.draft) < MOST_LINES:
        visit.draft.append(line.as_json())
    else:
        raise Refused(_("Wizyta ma już %(count)d pozycji. Zakończ ją i otwórz następną.") % {"count": MOST_LINES})
    return _kept(visit)


@transaction.atomic
def drop_line(visit: Visit, place: int) -> Visit:
    visit = _open_draft(visit)
    if 0 <= place < len(visit.draft):
        del visit.draft[place]
    return _kept(visit)


MOST_LINES = 30


def _open_draft(visit: Visit) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).select_related("dwelling__address").get(pk=visit.pk)
    if visit.status != VisitStatus.OPEN:
        raise Refused(_("Ta wizyta jest już zakończona."))
    return visit


def _kept(visit: Visit) -> Visit:
    Visit.objects.filter(pk=visit.pk).update(draft=visit.draft)
    return visit
