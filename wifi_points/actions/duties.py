"""What shows that the programme's rules are kept: evidence with files. Evidence only grows; a better proof is another row."""

import hashlib

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import files, sheets
from office.transitions import Refused
from ui.text import clean_text
from wifi_points import captive, usage
from wifi_points.models import CaptiveCheck, Evidence, Network, SpeedTest, UsageMonth
from wifi_points.statuses import NetworkStatus


@transaction.atomic
def show(network, *, requirement, note, file=None, by, moment) -> Evidence:
    """Write down by what a requirement is kept. Raises ValidationError for a file that can not be taken."""
    note = clean_text(note)
    if not note:
        raise Refused(_("Napisz, czym to wykazano."))
    stored = files.store(file, owner=by) if file else None
    return Evidence.objects.create(
        network=network, requirement=requirement, note=note[:300], file=stored, by=by.subject, at=moment
    )


@transaction.atomic
def check_captive_page(network, *, content, by, moment) -> list[captive.Finding]:
    """Read the network's captive page. Without a mistake the self-test counts as off, which a network needs to go live; with one it counts as
    on again, but a live network stays live: residents do not lose it because somebody uploaded a wrong file."""
    network = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    found = captive.lint(content, network=network)
    mistakes = sum(one.is_mistake for one in found)
    digest = hashlib.sha256(content).hexdigest()
    CaptiveCheck.objects.create(network=network, at=moment, sha256=digest, mistakes=mistakes, by=by.subject)
    if network.status != NetworkStatus.LIVE:
        Network.objects.filter(pk=network.pk).update(is_self_testing=bool(mistakes))
    return found


@transaction.atomic
def enter_speed(network, *, measured_at, down_mbps, up_mbps=None, is_imported=False, by, moment) -> SpeedTest:
    """One measurement. Refused: from the future, or a second one of the same moment."""
    if measured_at > moment:
        raise Refused(_("Pomiar nie może być z przyszłości."))
    made, is_new = SpeedTest.objects.get_or_create(
        network=network, measured_at=measured_at,
        defaults={"down_mbps": down_mbps, "up_mbps": up_mbps, "is_imported": is_imported, "by": by.subject},
    )  # fmt: skip
    if not is_new:
        raise Refused(_("Pomiar z tej chwili jest już zapisany."))
    return made


@transaction.atomic
def take_usage(content: bytes, *, by, moment) -> int:
    """Months of use from a controller's file, all rows or none; a month that stands is written anew with the file's figures.

    Refused: a wrong row, a file in which a MAC, an IP or an e-mail address stands, an unknown serial, a month that is not over.
    """
    reading = usage.read_usage(content, localdate(moment))
    if reading.errors:
        raise Refused(sheets.in_words(reading.errors))
    for _line, row in reading.rows:
        figures = {name: row[name] for name in ("sessions", "gigabytes", "peak_users")}
        UsageMonth.objects.update_or_create(access_point=row["point"], month=row["month"], defaults=figures)
    return len(reading.rows)


@transaction.atomic
def take_speeds(content: bytes, *, by, moment) -> int:
    """Measurements from a file, all rows or none. One that stands already is left as it is."""
    reading = usage.read_speeds(content, moment)
    if reading.errors:
        raise Refused(sheets.in_words(reading.errors))
    rows = [SpeedTest(**row, is_imported=True, by=by.subject) for _line, row in reading.rows]
    SpeedTest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
