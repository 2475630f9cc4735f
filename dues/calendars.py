"""Days of dues for a calendar. A calendar keeps what it is told at somebody else's, so neither sums nor numbers stand there (L42)."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from dues.models import Instalment
from dues.story import Line
from office.calendars import calendar_of, whole_day


def of_dues(lines: Iterable[Line], absolute: Callable[[str], str]) -> bytes:
    """One event for each instalment that is still open, on the day of its term."""
    url = absolute(reverse("dues:mine"))
    return calendar_of((_event(one.instalment, url) for one in lines if one.is_open), name=_("Terminy należności"))


def _event(instalment: Instalment, url: str):
    title = _("Termin: %(kind)s, rata %(number)s") % {"kind": instalment.liability.kind.name, "number": instalment.number}
    return whole_day(uid=f"rata-{instalment.pk}", day=instalment.due_on, title=title, url=url, alarm_days=2)
