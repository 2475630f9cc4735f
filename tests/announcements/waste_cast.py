"""A timetable of two routes: houses of Kossaka, a block of Grunwaldzka."""

from datetime import date

from announcements.actions import waste
from announcements.models import Collection, Fraction, Schedule
from tests.announcements.cast import GRUNWALDZKA, KOSSAKA, make_point, make_topic
from tests.factories import TUESDAY

ADDRESSES = f"""ulica;numery;rejon;zabudowa
{KOSSAKA};;I;dom jednorodzinny
{GRUNWALDZKA};1-9 nieparzyste;II;budynek wielorodzinny
"""
DAYS = """rejon;zabudowa;frakcja;dzień
I;dom jednorodzinny;Bioodpady;{0}
I;dom jednorodzinny;Szkło;{0}
I;dom jednorodzinny;Bioodpady;{1}
II;budynek wielorodzinny;Bioodpady;{0}
"""


def make_points():
    """And the fractions and the topic of the first migrations, which a test that empties the database takes along."""
    for order, (code, name) in enumerate([("bio", "Bioodpady"), ("papier", "Papier"), ("szklo", "Szkło")]):
        Fraction.objects.get_or_create(code=code, defaults={"name": name, "order": order})
    make_topic("odpady")
    return [make_point(KOSSAKA, "5"), make_point(KOSSAKA, "7a"), make_point(GRUNWALDZKA, "3"), make_point(GRUNWALDZKA, "4")]


def make_schedule(
    first: date, second: date, *, moment=TUESDAY, by=None, name="Harmonogram", addresses=ADDRESSES, days=DAYS, publish=True
):
    """Loaded and published through the verbs; all of the year of `first` and the next."""
    make_points()
    schedule = Schedule.objects.create(
        name=name, valid_from=date(first.year, 1, 1), valid_to=date(first.year + 1, 12, 31), source="umowa"
    )
    waste.load(schedule, addresses=addresses.encode(), days=days.format(first, second).encode(), by=by, moment=moment)
    if publish:
        waste.publish(schedule, by=by, moment=moment)
    return schedule


def collection_of(address, fraction="bio", **fields) -> Collection:
    return Collection.objects.in_force().at(address).filter(fraction__code=fraction, **fields).order_by("day").first()
