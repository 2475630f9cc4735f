"""Days of a case for a calendar: the office's term and the day by which a call must be answered (RFC 5545)."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from eboi.timeline import Story


def of_case(story: Story, absolute: Callable[[str], str]) -> bytes:
    """One whole-day event per day; the same UID each time, so a calendar updates instead of doubling. Titles name no person."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pruszcz Gdański//Portal mieszkańca//PL")
    calendar.add("version", "2.0")
    for event in _events(story, absolute(reverse("eboi:case", args=[story.case.pk]))):
        calendar.add_component(event)
    return calendar.to_ical()


def _events(story, url):
    case, call = story.case, story.open_call
    if story.deadline and case.is_active and not story.open_pause:
        yield _event(f"termin-{case.pk}", story.deadline.due_on, _("Termin urzędu w sprawie %(mark)s") % {"mark": case.mark}, url)
    if call and call.due_on:
        title = _("Ostatni dzień na uzupełnienie w sprawie %(mark)s") % {"mark": case.mark}
        yield _event(f"uzupelnienie-{call.pk}", call.due_on, title, url, alarm=timedelta(days=-2))


def _event(uid, day, title, url, alarm=None):
    event = Event()
    event.add("uid", f"{uid}@pruszcz-gdanski.pl")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    if alarm:
        event.add_component(_alarm(alarm, title))
    return event


def _alarm(before, title):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", title)
    return alarm
