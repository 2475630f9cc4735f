"""Things that tests start from, each made in one line. Nothing here decides; what verbs make, verbs make here too."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from eboi.actions import cases, register
from eboi.models import JrwaClass, MatterTerms, MatterType, Unit, UnitMember
from eboi.models.filing import LetterChannel
from office.polish import fold
from residents.models import AddressPoint, Dwelling, Household, HouseholdMember, Person
from schemas.models import Definition

WARSAW = ZoneInfo("Europe/Warsaw")
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=WARSAW)  # one month from here ends on Christmas Eve, a day off since 2025
LONG_AGO = date(2020, 1, 1)
SOURCE = "przykład do testów"


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WARSAW)


def make_person(account=None, first_name="Anna", last_name="Kowalska", **fields) -> Person:
    search = fold(f"{last_name} {first_name}")
    return Person.objects.create(account=account, first_name=first_name, last_name=last_name, search=search, **fields)


def live_together(*people, since=LONG_AGO, until=None) -> Household:
    point, _ = AddressPoint.objects.get_or_create(
        terc="2204011", simc="0934960", ulic="01234", number="5", defaults={"street": "Nad Radunią", "search": "nad radunia 5"}
    )
    home = Household.objects.create(dwelling=Dwelling.objects.create(address=point, flat=str(point.dwellings.count() + 1)))
    for person in people:
        HouseholdMember.objects.create(household=home, person=person, since=since, until=until)
    return home


def make_unit(*clerks, symbol="OS", name="Referat Ochrony Środowiska") -> Unit:
    unit, _ = Unit.objects.get_or_create(symbol=symbol, defaults={"name": name})
    for clerk in clerks:
        UnitMember.objects.get_or_create(unit=unit, user=clerk)
    return unit


def make_colleague(unit):
    """One more clerk of the unit: who writes what another one signs."""
    email = "gabriela@pruszcz.example"
    colleague, _ = User.objects.get_or_create(
        email=email, defaults={"name": "Gabriela Bąk", "position": "referentka", "is_staff": True}
    )
    make_unit(colleague, symbol=unit.symbol, name=unit.name)
    return colleague


def make_matter(unit, code="do-1", jrwa="3160", **terms) -> MatterType:
    """A matter with its service card: one month for the office, unless `terms` say otherwise."""
    if found := MatterType.objects.filter(code=code).first():
        return found
    dated = {"valid_from": LONG_AGO, "source": SOURCE}
    jrwa_class, _ = JrwaClass.objects.get_or_create(symbol=jrwa, defaults={"name": "Opłata", "category": "B5", **dated})
    form, _ = Definition.objects.get_or_create(code=code, defaults={"title": "Deklaracja DO-1"})
    matter = MatterType.objects.create(
        code=code, name="Deklaracja o odpadach", summary="-", form=form, unit=unit, jrwa=jrwa_class
    )
    texts = {name: f"Tekst: {name}." for name in ("legal_basis", "who", "documents", "fee", "appeal", "privacy")}
    texts |= {"decision_instruction": "Służy odwołanie.", "delay_instruction": "Służy ponaglenie."}
    MatterTerms.objects.create(matter=matter, **{"term_count": 1, "term_unit": "months", **texts, **dated, **terms})
    return matter


def make_letter(person=None, moment=TUESDAY, **fields):
    """A paper letter in the incoming register."""
    name = str(person) if person else "Nadawca z koperty"
    fields = {"channel": LetterChannel.PAPER, "sender_name": name, "subject": "Deklaracja", "by": None, **fields}
    return register.register_letter(received_at=moment, sender=person, **fields)


def make_case(person, officer, moment=TUESDAY, matter=None):
    """A new case of the officer's unit, opened from a paper letter that came at the same moment."""
    matter = matter or make_matter(make_unit(officer))
    return cases.open_case(make_letter(person, moment), matter=matter, officer=officer, by=officer, moment=moment)
