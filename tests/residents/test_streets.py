"""Where streets are: data with source and licence, changed by hand or from a file; „najbliższy po ulicy” reads them."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from office.transitions import Refused
from pruszcz_portal import roles
from residents import streets
from residents.models import StreetPlace
from tests.conftest import make_user

SAMPLE = (settings.BASE_DIR / "sample_data" / "addresses" / "street_places.csv").read_bytes()
GOOD = "Krótka;54.261200;18.634100;rejestr ulic;CC0"
IMPORT = "/urzad/residents/streetplace/wczytaj/"


def sheet(*rows, header=streets.HEADER, encoding="utf-8"):
    return "\n".join([header, *rows]).encode(encoding)


@pytest.fixture
def desk(db, sign_in):
    return sign_in(Client(), make_user("wiktor@pruszcz.example", "Wiktor Sroka", roles.WIFI_OFFICER))


def send(desk, content):
    return desk.post(IMPORT, {"file": SimpleUploadedFile("ulice.csv", content, "text/csv")})


def test_the_sample_is_taken_in_by_two_statements_and_again_changes_nothing(db):
    with CaptureQueriesContext(connection) as seen:
        assert streets.take_in(SAMPLE) == 15

    asked = [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 2
    assert streets.take_in(SAMPLE) == 0
    assert not StreetPlace.objects.filter(source="").exists() and not StreetPlace.objects.filter(licence="").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_street_is_found_however_it_is_spelled(db, encoding):
    streets.take_in(sheet(GOOD, encoding=encoding))

    assert {streets.find(typed).street for typed in ("ul. Krótka", "krotka", " KRÓTKA ", "krot")} == {"Krótka"}
    assert streets.find("Długa") is None and streets.find("") is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (sheet("a;b", header="ulica;x"), "wiersz 1: Pierwszy wiersz"),
        (sheet(GOOD, "Długa;18.634100;54.261200;r;CC0"), "wiersz 3: Położenie: szerokość i długość są zamienione"),
        (sheet(GOOD, "Długa;52.229700;21.012200;r;CC0"), "wiersz 3: Położenie: to miejsce leży poza miastem"),
        (sheet(GOOD, "Długa;x;18.634100;r;CC0"), "wpisz stopnie"),
        (sheet(GOOD, "ul. krótka;54.261200;18.634100;r;CC0"), "wiersz 3: Ta ulica jest już w wierszu 2"),
        (sheet(GOOD, "Długa;54.261200;18.634100;;CC0"), "„źródło”"),
    ],
)
def test_a_wrong_file_is_told_row_by_row_and_nothing_is_half_imported(desk, content, words):
    answer = send(desk, content)

    assert answer.status_code == 422 and words in answer.content.decode().replace("\u00a0", " ")
    assert not StreetPlace.objects.exists()
    with pytest.raises(Refused):
        streets.take_in(content)


def test_a_decimal_comma_is_a_number_too(db):
    streets.take_in(sheet("Krótka;54,2612;18,6341;r;CC0"))

    assert str(StreetPlace.objects.get().latitude) == "54.261200"


def test_the_officer_loads_changes_and_removes_and_the_history_says_who(desk):
    assert send(desk, sheet(GOOD)).status_code == 302
    place = StreetPlace.objects.get()
    change = reverse("admin:residents_streetplace_change", args=[place.pk])
    typed = {"street": "Krótka", "latitude": "54,2700", "longitude": "18.6341", "source": "pomiar", "licence": "CC0"}

    assert desk.post(change, typed).status_code == 302

    place.refresh_from_db()
    assert (str(place.latitude), place.source) == ("54.270000", "pomiar")
    event = StreetPlace.pgh_event_model.objects.order_by("pgh_id").last()
    assert event.pgh_context.metadata["user"] and event.source == "pomiar"
    assert desk.post(reverse("admin:residents_streetplace_delete", args=[place.pk]), {"post": "yes"}).status_code == 302
    assert not StreetPlace.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"latitude": "18.6341", "longitude": "54.2612"}, "latitude"),
        ({"latitude": "gdzieś"}, "latitude"),
        ({"street": "ul. krótka"}, "street"),
        ({"source": ""}, "source"),
    ],
)
def test_a_wrong_street_is_told_beside_its_field(desk, typed, field):
    streets.take_in(sheet(GOOD))
    good = {"street": "Długa", "latitude": "54.2612", "longitude": "18.6341", "source": "pomiar", "licence": "CC0"}

    answer = desk.post(reverse("admin:residents_streetplace_add"), {**good, **typed})

    assert answer.status_code == 200 and field in answer.context["adminform"].form.errors
    assert StreetPlace.objects.count() == 1


def test_a_clerk_without_the_right_loads_no_streets(sign_in, celina):
    assert sign_in(Client(), celina).get(IMPORT).status_code == 403
