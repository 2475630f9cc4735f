"""Networks of the demonstration, made through verbs: live ones, one that waits for approval, one being built. Devices are made up."""

import csv
import io
import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from wifi_points import captive, inventory, rules
from wifi_points.actions import duties, faults, networks
from wifi_points.models import AccessPoint, Network, Outage, Programme

FOLDER = settings.BASE_DIR / "sample_data" / "wifi"
SOURCE = "dane przykładowe"
INSTALLER = "igor@siec.example"
NAMES = {
    1: "Urzad Miasta", 2: "Park i Faktoria", 3: "Dworzec", 4: "Biblioteka i kultura", 5: "Hala sportowa", 6: "Przychodnia",
}  # fmt: skip
WAITING, BEING_BUILT = 5, 6


@transaction.atomic
def load(moment: datetime) -> None:
    """On the first load everything; what is there already is left as it is."""
    if not Programme.objects.exists():
        _networks(moment)


def _networks(now):
    officer, installer = User.objects.get(email="wiktor@pruszcz.example"), User.objects.get(email=INSTALLER)
    programme = Programme.objects.create(
        name="WiFi4EU (przykład)", fund="instrument „Łącząc Europę”", voucher_euro=15000, grant_number="przykład/2024",
        grant_signed_on=date(2024, 11, 15), duty_from=date(2025, 5, 15), source=SOURCE, is_sample=True,
    )  # fmt: skip
    for number, content in _sheets().items():
        network = _listed(programme, number, content, officer, installer, now - timedelta(days=40))
        if number != BEING_BUILT:
            _confirmed(network, installer, now - timedelta(days=30))
        if number < WAITING:
            _live(network, officer, now - timedelta(days=28))
    _broken(officer, now)
    _warranties(officer, now)


def _sheets():
    """The inventory cut by network, each as a file of its own."""
    lines = list(csv.reader(io.StringIO((FOLDER / "points.csv").read_text()), delimiter=";"))
    sheets: dict[int, bytes] = {}
    for cells in lines[1:]:
        head = sheets.setdefault(int(cells[0]), ";".join(lines[0][1:]).encode() + b"\n")
        sheets[int(cells[0])] = head + ";".join(cells[1:]).encode() + b"\n"
    return sheets


def _listed(programme, number, content, officer, installer, moment):
    network = Network.objects.create(
        programme=programme, number=number, name=NAMES[number], portal_url=f"https://wifi{number}.pruszcz.example/",
        network_identifier=uuid.uuid5(uuid.NAMESPACE_DNS, f"wifi{number}.pruszcz.example"), probing=Network.Probing.NONE, is_sample=True,
    )  # fmt: skip
    networks.invite(network, email=INSTALLER, company="Sieć i Syn (przykład)", by=officer, moment=moment)
    network.refresh_from_db()
    inventory.take_in(content, network, version=network.version, by=installer, moment=moment)
    network.refresh_from_db()
    return network


def _confirmed(network, installer, moment):
    networks.confirm(network, version=network.version, statements=list(networks.STATEMENTS), by=installer, moment=moment)
    network.refresh_from_db()


def _live(network, officer, moment):
    networks.approve(network, version=network.version, by=officer, moment=moment)
    for requirement in rules.missing_requirements(network, localdate(moment)):
        duties.show(network, requirement=requirement, note="Protokół odbioru (przykład)", by=officer, moment=moment)
    page = captive.generate(network, language="pl", continue_to="/connect").encode()
    duties.check_captive_page(network, content=page, by=officer, moment=moment)
    networks.go_live(Network.objects.get(pk=network.pk), by=officer, moment=moment)


def _broken(officer, now):
    """One known outage, one that was, and one report that waits."""
    points = {point.code: point for point in AccessPoint.objects.select_related("network")}
    faults.open_outage(
        points["2-2"].network, access_point=points["2-2"], started_at=now - timedelta(hours=20), cause=Outage.Cause.POWER,
        seen_by=Outage.Seen.OFFICER, by=officer, moment=now,
    )  # fmt: skip
    past = faults.open_outage(
        points["3-1"].network,
        started_at=now - timedelta(days=9),
        cause=Outage.Cause.UPLINK,
        seen_by=Outage.Seen.OFFICER,
        by=officer,
        moment=now,
    )
    faults.end_outage(
        past, ended_at=now - timedelta(days=9) + timedelta(hours=5), cause=Outage.Cause.UPLINK, by=officer, moment=now
    )
    faults.report(points["1-3"], fault="slow", moment=now - timedelta(hours=2))


def _warranties(officer, now):
    """One that ends soon, one of a single device that is over, the rest with years to go."""
    day, points = localdate(now), {point.code: point for point in AccessPoint.objects.select_related("network")}
    rows = [
        (points["1-1"], None, 60),
        (points["2-1"], None, 600),
        (points["2-2"], points["2-2"], -20),
        (points["3-1"], None, 400),
    ]
    for point, only, days in rows:
        duties.add_warranty(
            point.network, access_point=only, starts_on=day - timedelta(days=300), ends_on=day + timedelta(days=days),
            company="Sieć i Syn (przykład)", contact="serwis@siec.example", by=officer, moment=now,
        )  # fmt: skip
