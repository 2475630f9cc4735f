"""What tests of the room start from: a programme, Anna as the installer of a network, its points, and a network that is live.

A transactional test finds no rows of migrations, so the norms and the checklist are made here when they are missing.
"""

import uuid
from datetime import date
from decimal import Decimal
from importlib import import_module

from django.apps import apps

from tests.conftest import make_user
from tests.factories import SOURCE, TUESDAY
from wifi_points import captive
from wifi_points.actions import duties, networks
from wifi_points.models import AccessPoint, Network, Norm, Programme
from wifi_points.rules import missing_requirements

TODAY = date(2026, 11, 24)
PARK = {"latitude": Decimal("54.261130"), "longitude": Decimal("18.632870")}


def make_norms():
    if not Norm.objects.exists():
        import_module("wifi_points.migrations.0002_first_norms_and_requirements").write(apps, None)
        import_module("wifi_points.migrations.0003_first_reminder").write(apps, None)


def make_programme(**fields):
    make_norms()
    fields = {"fund": "CEF", "source": SOURCE, "grant_signed_on": date(2024, 11, 15), "duty_from": date(2025, 5, 15), **fields}
    return Programme.objects.get_or_create(name=fields.pop("name", "WiFi4EU"), defaults=fields)[0]


def make_officer(email="wiktor@pruszcz.example"):
    from pruszcz_portal import roles

    return make_user(email, "Wiktor Sroka", roles.WIFI_OFFICER, position="informatyk")


def make_network(installer=None, officer=None, number=None, **fields):
    number = number or Network.objects.count() + 1
    address = f"https://wifi{number}.pruszcz.example/"
    network = Network.objects.create(
        **{
            "programme": make_programme(), "number": number, "name": f"Siec {number}", "portal_url": address,
            "network_identifier": uuid.uuid4(), **fields,
        }
    )  # fmt: skip
    if installer:
        networks.invite(network, email=installer.email, company="Sieć i Syn", by=officer or installer, moment=TUESDAY)
        network.refresh_from_db()
    return network


def point_fields(number=1, **fields):
    return {
        "number": number, "kind": AccessPoint.Kind.PARK, "place": "Park, altana", "address": "ul. Krótka", "is_indoor": False,
        "brand": "Przykład", "model": "AX", "serial": f"SN-{uuid.uuid4().hex[:8]}", "mac": make_mac(),
        "installed_on": date(2026, 11, 2), **PARK, **fields,
    }  # fmt: skip


def make_mac() -> str:
    digits = uuid.uuid4().hex
    return ":".join(["02", *(digits[place : place + 2] for place in range(0, 10, 2))])


def make_point(network, number=1, by=None, **fields):
    fields = point_fields(number, **{"mac": make_mac(), **fields})
    point = networks.add_point(network, by=by, moment=TUESDAY, **fields)
    network.refresh_from_db()
    return point


def confirm(network, by, moment=TUESDAY):
    found = networks.confirm(network, version=network.version, statements=list(networks.STATEMENTS), by=by, moment=moment)
    network.refresh_from_db()
    return found


def make_warranty(network, by, ends_on=date(2096, 1, 31), moment=TUESDAY, **fields):
    given = {"starts_on": date(2026, 1, 1), "company": "Sieć i Syn", "contact": "serwis@siec.example", **fields}
    return duties.add_warranty(network, ends_on=ends_on, by=by, moment=moment, **given)


def make_live(installer, officer, number=None, points=1, moment=TUESDAY, **fields):
    """A live network with its points, walked there through every verb."""
    network = make_network(installer, officer, number, **fields)
    for one in range(1, points + 1):
        make_point(network, one, by=installer, place=f"Park, ławka {one}")
    confirm(network, installer, moment)
    networks.approve(network, version=network.version, by=officer, moment=moment)
    for requirement in missing_requirements(network, TODAY):
        duties.show(network, requirement=requirement, note="protokół", by=officer, moment=moment)
    page = captive.generate(network, language="pl", continue_to="/connect").encode()
    duties.check_captive_page(network, content=page, by=officer, moment=moment)
    networks.go_live(network, by=officer, moment=moment)
    return Network.objects.select_related("programme").get(pk=network.pk)


def arguments_of(installer, copies=1):
    """For the guards that walk every address of the house: a live network, and one that Anna still builds."""
    officer = make_officer()
    live = make_live(installer, officer, points=copies)
    for _copy in range(copies - 1):
        make_live(installer, officer)
    own = make_network(installer, officer)
    points = [make_point(own, number, by=installer) for number in range(1, copies + 1)]
    code, network = {"code": f"{live.number}-1"}, {"pk": own.pk}
    point = {**network, "point_pk": points[0].pk}
    return {
        **dict.fromkeys(["wifi_points:point", "wifi_points:report", "wifi_points:reported"], code),
        **dict.fromkeys(
            [
                "wifi_points:network",
                "wifi_points:add_point",
                "wifi_points:inventory",
                "wifi_points:inventory_file",
                "wifi_points:captive_page",
                "wifi_points:captive_file",
            ],
            network,
        ),
        **dict.fromkeys(["wifi_points:change_point", "wifi_points:remove_point"], point),
    }
