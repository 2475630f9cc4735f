"""Days of a case for a calendar: the office's term and the day by which a call must be answered."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from eboi.timeline import Story
from office.calendars import calendar_of, whole_day


def of_case(story: Story, absolute: Callable[[str], str]) -> bytes:
    """One whole-day event per day. Titles name no person."""
    return calendar_of(_events(story, absolute(reverse("eboi:case", args=[story.case.pk]))))


def _events(story, url):
    case, call = story.case, story.open_call
    if story.deadline and case.is_active and not story.open_pause:
        title = _("Termin urzędu w sprawie %(mark)s") % {"mark": case.mark}
        yield whole_day(uid=f"termin-{case.pk}", day=story.deadline.due_on, title=title, url=url)
    if call and call.due_on:
        title = _("Ostatni dzień na uzupełnienie w sprawie %(mark)s") % {"mark": case.mark}
        yield whole_day(uid=f"uzupelnienie-{call.pk}", day=call.due_on, title=title, url=url, alarm_days=2)
