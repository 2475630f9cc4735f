"""The officer's desk: what waits, what is missing, and the verbs as buttons."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points.actions import faults
from wifi_points.models import Evidence, Network, Outage, Requirement, SpeedTest


def press(desk, obj, verb, **typed):
    name = f"admin:wifi_points_{obj._meta.model_name}_verb"
    return desk.post(reverse(name, args=[obj.pk, verb]), {"seen": getattr(obj, "status", ""), **typed})


def page(desk, obj):
    return desk.get(reverse(f"admin:wifi_points_{obj._meta.model_name}_change", args=[obj.pk]))


def test_the_officer_approves_the_version_that_the_page_showed(sign_in, network, igor, wiktor):
    cast.confirm(network, igor)
    desk = sign_in(Client(), wiktor)

    stale = press(desk, network, "approve", version=network.version - 1)
    done = press(desk, network, "approve", version=network.version)

    assert (stale.status_code, done.status_code) == (409, 302)
    text = page(desk, Network.objects.get()).content.decode()
    assert "Zanim sieć ruszy" in text and "do potwierdzenia" in text and "Trzeba utrzymać do" in text


def test_evidence_speeds_and_outages_are_written_down_by_buttons(sign_in, live, wiktor):
    desk, requirement = sign_in(Client(), wiktor), Requirement.objects.get(code="signage")

    press(desk, live, "show", requirement=requirement.pk, note="Zdjęcie znaku")
    press(desk, live, "enter_speed", measured_at="2026-11-20T10:00", down_mbps="18,5", up_mbps="")
    press(desk, live, "open_outage", started_at="2026-11-20T10:00", cause="power", note="")

    assert Evidence.objects.filter(requirement=requirement, by=wiktor.subject).exists()
    assert SpeedTest.objects.get().by == wiktor.subject
    assert Outage.objects.get().seen_by == "officer"
    assert "poniżej normy" in page(desk, live).content.decode()


def test_a_wrong_file_is_told_row_by_row_at_the_desk(sign_in, live, wiktor):
    file = SimpleUploadedFile(
        "uzycie.csv", "miesiąc;numer seryjny;sesje;gb;najwięcej naraz\n2026-10;nie-ma;1;1;1".encode(), "text/csv"
    )

    answer = press(sign_in(Client(), wiktor), live, "import_usage", content=file)

    assert answer.status_code == 409 and "wiersz 2: Nie znamy urządzenia" in answer.content.decode()


def test_every_list_and_object_of_the_desk_opens(sign_in, live, wiktor):
    ticket = faults.report(live.points.get(), fault="slow", moment=TUESDAY)
    outage = faults.confirm(ticket, cause="power", by=wiktor, moment=TUESDAY)
    desk = sign_in(Client(), wiktor)

    for one in (live, live.points.get(), live.programme, live.installer, ticket, outage):
        assert page(desk, one).status_code == 200
        assert desk.get(reverse(f"admin:wifi_points_{one._meta.model_name}_changelist")).status_code == 200
    for name in ("norm", "requirement", "probehost", "speedtest", "usagemonth", "warranty"):
        assert desk.get(reverse(f"admin:wifi_points_{name}_changelist")).status_code == 200


def test_a_network_with_many_points_asks_no_more_queries(sign_in, igor, wiktor):
    desk, counts = sign_in(Client(), wiktor), []
    for points in (1, 4):
        one = cast.make_live(igor, wiktor, points=points)
        for point in one.points.all():
            cast.make_warranty(one, wiktor, access_point=point)
        page(desk, one)
        with CaptureQueriesContext(connection) as seen:
            page(desk, one)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_clerk_without_the_right_sees_no_networks(sign_in, live, celina):
    assert sign_in(Client(), celina).get(reverse("admin:wifi_points_network_changelist")).status_code == 403
