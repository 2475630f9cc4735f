"""The days of one address as a calendar (RFC 5545) that a phone subscribes to and asks for anew."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from announcements.audience import WARSAW
from announcements.models import Collection, WasteCalendar

if TYPE_CHECKING:  # icalendar takes 5 MiB: it is loaded where the first calendar is asked for
    from icalendar import Alarm, Event

PAST = timedelta(days=31)  # kept in the calendar after its day


def calendar_of(mine: WasteCalendar, *, day, moment) -> bytes:
    """Days from a month ago on. A moved day is the same event with a higher sequence, a cancelled one stays and says so. The alarms are
    the person's own reminders of the fraction at this address."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Pruszcz Gdański//Portal mieszkańca//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Odpady: %(address)s") % {"address": mine.address})
    calendar.add("x-published-ttl", "PT12H")
    alarms: dict[int, set[tuple[int, time]]] = {}
    for reminder in mine.follower.reminders.filter(address=mine.address):
        alarms.setdefault(reminder.fraction_id, set()).add((reminder.days_before, reminder.at))
    for one in days_of(mine.address).filter(day__gte=day - PAST):
        calendar.add_component(_event(one, mine, sorted(alarms.get(one.fraction_id, ())), moment))
    return calendar.to_ical()


def days_of(address):
    """Of the timetables in force, cancelled ones too, by day."""
    return Collection.objects.in_force().at(address).select_related("fraction").order_by("day", "fraction__order")


def _event(one, mine, alarms, moment) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"odpady-{one.uid}-{mine.address_id}@pruszcz-gdanski.pl")
    event.add("sequence", one.sequence)
    event.add("dtstamp", moment)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.fraction.name)
    event.add("status", "CANCELLED" if one.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings.PORTAL_URL}{reverse('announcements:waste_at', args=[mine.address_id])}")
    if one.change_reason:
        event.add("description", one.change_reason)
    for days_before, at in [] if one.cancelled_at else alarms:
        event.add_component(_alarm(one, days_before, at))
    return event


def _alarm(one, days_before: int, at: time) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _trigger(one.day, days_before, at))
    alarm.add("description", one.fraction.name)
    return alarm


def _trigger(day, days_before: int, at: time) -> timedelta | datetime:
    """Relative to the midnight that begins the day, so it follows a day that is moved. Hours of a trigger are elapsed time (RFC 5545, 3.3.6):
    over a change of the clock they would ring an hour off, so there the moment itself stands."""
    wanted, midnight = datetime.combine(day - timedelta(days=days_before), at), datetime.combine(day, time())
    by_the_clock = wanted - midnight
    elapsed = wanted.replace(tzinfo=WARSAW).astimezone(UTC) - midnight.replace(tzinfo=WARSAW).astimezone(UTC)
    return by_the_clock if elapsed == by_the_clock else wanted.replace(tzinfo=WARSAW).astimezone(UTC)
