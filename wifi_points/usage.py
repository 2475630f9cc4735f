"""Files from controllers: sums of a month by serial number, and measurements of speed by network. Sums of people, never people."""

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from office import sheets
from office.sheets import Column, Reading
from wifi_points import rules
from wifi_points.models import AccessPoint, Network, Norm, UsageMonth


def _month(cell: str) -> date:
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", cell):
        raise ValueError(_("wpisz miesiąc jako 2026-10"))
    return date.fromisoformat(f"{cell}-01")


def _moment(cell: str) -> datetime:
    try:
        return datetime.strptime(cell, "%Y-%m-%d %H:%M").replace(tzinfo=get_current_timezone())
    except ValueError as wrong:
        raise ValueError(_("wpisz chwilę jako 2026-10-14 12:30")) from wrong


USAGE = [
    Column("month", "miesiąc", _month),
    Column("serial", "numer seryjny", sheets.text(60)),
    Column("sessions", "sesje", sheets.whole(10_000_000)),
    Column("gigabytes", "gb", sheets.decimal(1_000_000)),
    Column("peak_users", "najwięcej naraz", sheets.whole(100_000)),
]
SPEEDS = [
    Column("number", "sieć", sheets.whole(9999, least=1)),
    Column("measured_at", "zmierzono", _moment),
    Column("down_mbps", "pobieranie", sheets.decimal(10_000)),
    Column("up_mbps", "wysyłanie", lambda cell: sheets.decimal(10_000)(cell) if cell else None, is_optional=True),
]


def read_usage(content: bytes, day: date) -> Reading:
    """Rows with their `point`. A file in which anything of a device or a person stands is not taken at all (L53)."""
    reading = sheets.read(content, USAGE)
    reading.errors += sheets.personal_data(content)
    points = {point.serial: point for point in AccessPoint.objects.order_by("removed_on")}  # the standing one last, so it wins
    counts = Counter((row["month"], row["serial"].upper()) for _line, row in reading.rows)
    for line, row in reading.rows:
        row["point"] = points.get(row["serial"].upper())
        if row["point"] is None:
            reading.wrong(line, _("Nie znamy urządzenia o numerze seryjnym %(serial)s.") % {"serial": row["serial"]})
        if row["month"] >= day.replace(day=1):
            reading.wrong(line, _("Ten miesiąc jeszcze się nie skończył."))
        if counts[row["month"], row["serial"].upper()] > 1:
            reading.wrong(line, _("Ten sam punkt i miesiąc jest w pliku więcej niż raz."))
    reading.errors.sort(key=lambda error: error.line)
    return reading


def read_speeds(content: bytes, moment: datetime) -> Reading:
    reading = sheets.read(content, SPEEDS)
    networks = {one.number: one for one in Network.objects.all()}
    for line, row in reading.rows:
        row["network"] = networks.get(row.pop("number"))
        if row["network"] is None:
            reading.wrong(line, _("Nie ma takiej sieci."))
        if row["measured_at"] > moment:
            reading.wrong(line, _("Pomiar nie może być z przyszłości."))
    return reading


def published(day: date) -> list[tuple[UsageMonth, bool]]:
    """Every month with whether it is hidden: below the smallest cell in force nothing of it is told. Without a norm all is hidden."""
    least = rules.norm(Norm.Code.SMALL_CELL, day)
    rows = UsageMonth.objects.select_related("access_point__network").order_by(
        "month", "access_point__network__number", "access_point__number"
    )
    return [(one, least is None or one.sessions < least) for one in rows]


def is_too_slow(down_mbps: Decimal, day: date) -> bool:
    least = rules.norm(Norm.Code.LEAST_MBPS, day)
    return least is not None and down_mbps < least
