"""What shows that the programme's rules are kept, and who repairs for nothing until when. Evidence only grows; a better proof is another row."""

import hashlib

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import files, sheets
from office.transitions import Refused
from ui.text import clean_text
from wifi_points import captive, ending, usage
from wifi_points.actions import faults
from wifi_points.models import CaptiveCheck, Evidence, Network, SpeedTest, UsageMonth, Warranty
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


# Warranties


@transaction.atomic
def add_warranty(network, *, access_point=None, starts_on, ends_on, company, contact, file=None, by, moment) -> Warranty:
    """Of a device or, without one, of the whole network. Refused: days out of order, a device of another network, one that is gone.

    Raises ValidationError for a file that can not be taken.
    """
    network = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    if network.status == NetworkStatus.CLOSED:
        raise Refused(_("Ta sieć jest zlikwidowana."))
    if access_point and not network.points.standing().filter(pk=access_point.pk).exists():
        raise Refused(_("Tego urządzenia nie ma już w tej sieci."))
    told = _warranty_told(starts_on, ends_on, company, contact)
    stored = files.store(file, owner=by) if file else None
    return Warranty.objects.create(network=network, access_point=access_point, **told, file=stored, by=by.subject, at=moment)


def _warranty_told(starts_on, ends_on, company, contact):
    if ends_on < starts_on:
        raise Refused(_("Gwarancja nie może skończyć się, zanim się zacznie."))
    company, contact = clean_text(company), clean_text(contact)
    if not company or not contact:
        raise Refused(_("Napisz, kto udzielił gwarancji i jak zgłosić usterkę."))
    return {"starts_on": starts_on, "ends_on": ends_on, "company": company[:120], "contact": contact[:200]}


@transaction.atomic
def correct_warranty(warranty, *, starts_on, ends_on, company, contact, file=None, by, moment) -> Warranty:
    """What was typed wrong, or a better file. Who corrected it, and what stood before, is in the history of the row."""
    warranty = _counting(warranty)
    fields = _warranty_told(starts_on, ends_on, company, contact)
    if file:
        fields["file"] = files.store(file, owner=by)
    Warranty.objects.filter(pk=warranty.pk).update(**fields, by=by.subject, at=moment)
    return warranty


@transaction.atomic
def withdraw_warranty(warranty, *, by, moment) -> Warranty:
    """Entered by mistake: it counts no more, and stays to be read."""
    Warranty.objects.filter(pk=_counting(warranty).pk).update(withdrawn_at=moment, by=by.subject)
    return warranty


def _counting(warranty):
    warranty = Warranty.objects.select_for_update().get(pk=warranty.pk)
    if warranty.withdrawn_at:
        raise Refused(_("Ta gwarancja jest już wycofana."))
    return warranty


@transaction.atomic
def remind_of_ends(*, moment) -> int:
    """Tell whoever looks after the networks of each duty and warranty that ends within the days of the norm; of each end once, however
    often this runs and whoever runs it. An end that moved is another end. Returns how many were told of."""
    near = [one for one in ending.endings(localdate(moment)) if one.is_near]
    told = [one for one in near if _is_first(one)]
    for one in told:
        faults.tell_keepers("ending", about=one.about)
    return len(told)


def _is_first(one):
    unsaid = type(one.about).objects.filter(pk=one.about.pk).exclude(reminded_of=one.on)
    return bool(unsaid.update(reminded_of=one.on))


# The captive page, speeds, months of use


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
