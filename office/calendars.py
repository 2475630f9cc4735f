"""Days and meetings for calendars (RFC 5545). The same UID each time, so that a calendar updates instead of doubling."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:  # icalendar takes 5 MiB: it is loaded where the first calendar is asked for
    from icalendar import Alarm, Event


def calendar_of(events: Iterable["Event"], *, name: str = "") -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Pruszcz Gdański//Portal mieszkańca//PL")
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def whole_day(*, uid: str, day: date, title: str, url: str, alarm_days: int = 0) -> "Event":
    """An event of one day that takes nobody's time; with an alarm so many days before."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@pruszcz-gdanski.pl")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    if alarm_days:
        event.add_component(_alarm(timedelta(days=-alarm_days), title))
    return event


def _alarm(before: timedelta, title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", title)
    return alarm
