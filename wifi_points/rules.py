"""What a network and a point are today, what still keeps a network from going live, and what the programme asks until when."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ui.words import counted, long_date
from wifi_points.models import AccessPoint, Network, Norm, Programme, Requirement
from wifi_points.statuses import EDITABLE, NetworkStatus

DEGREES = re.compile(r"[0-9]{1,2}\.[0-9]{5,6}")  # the Commission's format
DAYS_IN_WORDS = 60  # up to here days are counted, beyond months


def is_locked(network: Network) -> bool:
    """From the installer's confirmation on nobody changes the list; only asking for a revision opens it."""
    return network.status not in EDITABLE


def norm(code: str, day: date) -> int | None:
    """The figure in force, of two the later; None when the office has none."""
    return Norm.objects.valid_on(day).filter(code=code).order_by("-valid_from", "-pk").values_list("value", flat=True).first()


# The end of the duty


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def duty_end(programme: Programme) -> date | None:
    """The last day on which the network has to be kept. None while the duty has not begun, or when no term is known."""
    return duty_ends([programme]).get(programme.pk)


def duty_ends(programmes: list[Programme]) -> dict[int, date]:
    """As `duty_end`, of many in one query; a programme without an end is left out."""
    terms = list(Norm.objects.filter(code=Norm.Code.DUTY_MONTHS).order_by("-valid_from", "-pk"))
    ends = {}
    for one in programmes:
        months = _in_force(terms, one.grant_signed_on or one.duty_from) if one.duty_from else None
        if one.duty_from and months:
            ends[one.pk] = months_later(one.duty_from, months) - timedelta(1)
    return ends


def _in_force(terms, day):
    return next((one.value for one in terms if one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)), None)


def duty_in_words(end: date | None, day: date) -> str:
    """„do 14 maja 2027 r., zostało 5 miesięcy i 20 dni”; the office must not miss it, so an open duty says that it is open."""
    if end is None:
        return _("obowiązek utrzymania jeszcze nie biegnie: brak dnia, od którego się liczy")
    if end < day:
        return _("obowiązek utrzymania skończył się %(day)s") % {"day": long_date(end)}
    if end == day:
        return _("dziś jest ostatni dzień obowiązku utrzymania")
    return _("trzeba utrzymać do %(day)s, zostało %(left)s") % {"day": long_date(end), "left": _left(day, end)}


def warranty_in_words(starts_on: date, ends_on: date, day: date) -> str:
    """„do 14 maja 2027 r., zostało 5 miesięcy i 20 dni”."""
    if day < starts_on:
        return _("zacznie się %(day)s") % {"day": long_date(starts_on)}
    if ends_on < day:
        return _("skończyła się %(day)s") % {"day": long_date(ends_on)}
    if ends_on == day:
        return _("dziś jest ostatni dzień")
    return _("do %(day)s, zostało %(left)s") % {"day": long_date(ends_on), "left": _left(day, ends_on)}


def _left(day, end):
    if (end - day).days <= DAYS_IN_WORDS:
        return counted((end - day).days, "dzień", "dni", "dni")
    months = (end.year - day.year) * 12 + end.month - day.month
    months -= months_later(day, months) > end
    days = (end - months_later(day, months)).days
    said = counted(months, "miesiąc", "miesiące", "miesięcy")
    return f"{said} i {counted(days, 'dzień', 'dni', 'dni')}" if days else said


# Going live and closing


def missing_requirements(network: Network, day: date):
    """Mandatory lines of the checklist in force for which nothing was shown yet; evidence counts for the same code."""
    shown = network.evidence.values_list("requirement__code", flat=True)
    return Requirement.objects.valid_on(day).filter(is_mandatory=True).exclude(code__in=list(shown))


def why_not_live(network: Network, day: date) -> list[str]:
    """Everything that keeps an approved network from going live, in words; nothing when it may."""
    found = []
    if not network.portal_url.startswith("https://"):
        found.append(_("strona powitalna musi mieć adres https://"))
    if network.network_identifier is None:
        found.append(_("brakuje identyfikatora z portalu Komisji"))
    if network.is_self_testing:
        found.append(_("strona powitalna nie przeszła jeszcze sprawdzenia z wyłączonym autotestem"))
    if not network.points.standing().filter(installed_on__lte=day).exists():
        found.append(_("nie ma żadnego zamontowanego punktu"))
    missing = missing_requirements(network, day)
    return found + [_("brakuje dowodu: %(text)s") % {"text": one.text.rstrip(".")} for one in missing]


def why_not_close(network: Network, day: date, replacement: Network | None) -> str:
    """Why a network can not be closed: its duty still runs and no live network takes its place. Empty when it may."""
    end = duty_end(network.programme)
    if network.status != NetworkStatus.LIVE or end is None or end < day:
        return ""
    if replacement and replacement.pk != network.pk and replacement.status == NetworkStatus.LIVE:
        return ""
    return _("Tę sieć trzeba utrzymać do %(day)s. Wcześniej można ją zlikwidować tylko wtedy, gdy zastąpi ją inna uruchomiona sieć.") % {
        "day": long_date(end)
    }  # fmt: skip


# Coordinates


def degrees(text: str) -> Decimal:
    """„54.26012” as the Commission writes it. ValueError in plain Polish for anything else."""
    text = text.strip()
    if "," in text and DEGREES.fullmatch(text.replace(",", ".")):
        raise ValueError(_("wpisz kropkę zamiast przecinka: %(right)s") % {"right": text.replace(",", ".")})
    if not DEGREES.fullmatch(text):
        raise ValueError(_("wpisz stopnie z kropką i 5 albo 6 cyframi po niej, na przykład 54.26012"))
    try:
        return Decimal(text)
    except InvalidOperation as wrong:
        raise ValueError(_("to nie jest liczba")) from wrong


# The state that a resident sees


@dataclass(frozen=True)
class State:
    code: str
    words: str
    tone: str


def state_now(point: AccessPoint) -> State:
    """From a row read `with_state`: an outage that stands, a report nobody has looked at yet, or neither."""
    if point.is_down:
        return State("down", _("nie działa"), "urgent")
    if point.is_reported:
        return State("reported", _("ktoś zgłosił usterkę"), "warn")
    return State("up", _("działa"), "good")
