"""What ends: duties to keep networks and warranties, the nearest first. Computed from dates, so nothing here can be forgotten."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model
from django.utils.translation import gettext as _

from wifi_points import rules
from wifi_points.models import Norm, Programme, Warranty
from wifi_points.statuses import NetworkStatus

SHOWN_AFTER = timedelta(days=90)  # what has ended stays on the list so long: a device may have broken in the last week


@dataclass(frozen=True)
class Ending:
    on: date
    kind: str  # "duty" or "warranty"
    about: Model  # a Programme or a Warranty; its `reminded_of` tells which end was told by mail
    title: str
    words: str
    is_over: bool
    is_near: bool  # within the days of the norm


def endings(day: date) -> list[Ending]:
    """Everything with an end from three months ago on."""
    days = rules.norm(Norm.Code.REMIND_DAYS, day)
    found = [*_duties(day, days), *_warranties(day, days)]
    return sorted((one for one in found if one.on >= day - SHOWN_AFTER), key=lambda one: (one.on, one.title))


def _duties(day, days):
    """Of programmes that still keep a network, or have none yet; a closed network owes nothing more."""
    programmes = list(Programme.objects.prefetch_related("networks"))
    ends = rules.duty_ends(programmes)
    for one in programmes:
        states = [network.status for network in one.networks.all()]
        if one.pk in ends and not (states and set(states) == {NetworkStatus.CLOSED}):
            yield _ending("duty", one, ends[one.pk], _("Utrzymanie: %(what)s") % {"what": one}, day, days)


def _warranties(day, days):
    for one in Warranty.objects.counting().select_related("network", "access_point__network"):
        yield _ending("warranty", one, one.ends_on, _("Gwarancja: %(what)s") % {"what": one}, day, days, begins=one.starts_on)


def _ending(kind, about, end, title, day, days, begins=date.min):
    words = rules.duty_in_words(end, day) if kind == "duty" else rules.warranty_in_words(begins, end, day)
    is_near = days is not None and day <= end <= day + timedelta(days)
    return Ending(on=end, kind=kind, about=about, title=title, words=words, is_over=end < day, is_near=is_near)
