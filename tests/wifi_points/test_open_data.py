"""What machines read, read back by the rules of RFC 7946, RFC 4180 and DCAT-AP."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points.actions import duties, networks
from wifi_points.models import Norm, UsageMonth


def read(client, name):
    answer = client.get(reverse(f"wifi_points:{name}"))
    assert answer.status_code == 200 and answer["Access-Control-Allow-Origin"] == "*"
    return answer


def features(client):
    return json.loads(read(client, "geojson").content)["features"]


def test_geojson_keeps_the_rules_of_the_rfc(client, live):
    answer = read(client, "geojson")
    told = json.loads(answer.content.decode("utf-8"))

    assert answer["Content-Type"] == "application/geo+json"  # 12
    assert told["type"] == "FeatureCollection" and isinstance(told["features"], list)  # 3.3
    assert "crs" not in told and not {"geometry", "properties", "coordinates"} & set(told)  # 4, 7.1
    for feature in told["features"]:
        assert feature["type"] == "Feature" and isinstance(feature["properties"], dict)  # 3.2
        assert isinstance(feature["id"], str) and "features" not in feature
        assert set(feature["geometry"]) == {"type", "coordinates"} and feature["geometry"]["type"] == "Point"  # 3.1.2
        longitude, latitude = feature["geometry"]["coordinates"]  # 3.1.1: longitude first
        assert 18.5 < longitude < 18.8 and 54.2 < latitude < 54.4


def test_an_id_outlives_the_device(client, live, wiktor):
    before = features(client)[0]["id"]
    device = {"brand": "B", "model": "M", "serial": "nowy", "mac": cast.make_mac()}
    networks.swap_device(live.points.get(), **device, swapped_on=cast.TODAY, by=wiktor, moment=TUESDAY)

    assert [one["id"] for one in features(client)] == [before]
    assert client.get(before.split("//")[1].partition("/")[2].join(["/", ""])).status_code == 200


@pytest.mark.parametrize("name", ["geojson", "points_csv", "usage_csv", "catalogue"])
def test_no_file_holds_a_mac_or_a_serial(client, live, name):
    """L53"""
    point = live.points.get()

    text = read(client, name).content.decode()

    assert point.mac not in text and point.serial not in text


def test_csv_reads_back_and_no_cell_is_a_formula(client, igor, wiktor):
    """S41"""
    live = cast.make_live(igor, wiktor)
    live.points.update(place='=HYPERLINK("http://zly.example"), "ą"')

    rows = list(csv.DictReader(io.StringIO(read(client, "points_csv").content.decode("utf-8"))))

    assert rows[0]["name"].startswith("'=") and rows[0]["name"].endswith('"ą"')
    assert (rows[0]["terc"], rows[0]["simc"], rows[0]["indoor"], rows[0]["lat"]) == ("2204011", "0934960", "false", "54.26113")


def test_the_catalogue_says_what_dcat_ap_asks_for(client, live):
    """L51"""
    told = json.loads(read(client, "catalogue").content)
    dataset = told["dcat:dataset"]

    assert {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"} <= set(told)
    assert {
        "dct:title",
        "dct:description",
        "dcat:contactPoint",
        "dcat:distribution",
        "dct:license",
        "dct:accrualPeriodicity",
    } <= set(dataset)
    for distribution in dataset["dcat:distribution"]:
        path = distribution["dcat:downloadURL"]["@id"].partition("://")[2].partition("/")[2]
        assert client.get(f"/{path}").status_code == 200 and distribution["dct:license"]["@id"].startswith(
            "https://creativecommons.org/"
        )


def test_a_month_with_a_handful_of_sessions_is_hidden(client, live):
    point = live.points.get()
    for month, sessions in ((9, 4), (10, 5)):
        UsageMonth.objects.create(
            access_point=point, month=date(2026, month, 1), sessions=sessions, gigabytes=Decimal("1.5"), peak_users=2
        )

    rows = list(csv.DictReader(io.StringIO(read(client, "usage_csv").content.decode())))

    assert [(row["month"], row["sessions"], row["gigabytes"]) for row in rows] == [("2026-09", "", ""), ("2026-10", "5", "1.50")]


def test_without_a_norm_every_month_is_hidden(client, live):
    UsageMonth.objects.create(access_point=live.points.get(), month=date(2026, 9, 1), sessions=900, gigabytes=1, peak_users=2)
    Norm.objects.filter(code="small-cell").delete()

    assert "900" not in read(client, "usage_csv").content.decode()


HEAD = "miesiąc;numer seryjny;sesje;gb;najwięcej naraz"


def usage(*rows):
    return "\n".join([HEAD, *rows]).encode("cp1250")


def test_usage_of_a_month_is_taken_in_and_the_same_file_again_changes_nothing(live, wiktor):
    content = usage(f"2026-10;{live.points.get().serial.lower()};120;34,5;17")

    for _time in range(2):
        duties.take_usage(content, by=wiktor, moment=TUESDAY)

    stored = UsageMonth.objects.get()
    assert (stored.month, stored.sessions, stored.gigabytes) == (date(2026, 10, 1), 120, Decimal("34.50"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-10;{serial};3;1;1\n2026-10;aa:bb:cc:dd:ee:ff;3;1;1", "adres MAC"),
        ("2026-10;{serial};3;1;1\n2026-09;jan@example.com;3;1;1", "adres e-mail"),
        ("2026-10;{serial};3;1;1\n2026-10;10.1.2.3;3;1;1", "adres IP"),
        ("2026-11;{serial};3;1;1", "jeszcze się nie skończył"),
        ("2026-10;{serial};3;1;1\n2026-10;{serial};4;1;1", "więcej niż raz"),
        ("2026-10;nie-ma;3;1;1", "Nie znamy urządzenia"),
        ("2026-10;{serial};-3;1;1", "liczbę całkowitą"),
        ("październik;{serial};3;1;1", "miesiąc jako"),
    ],
)
def test_a_wrong_or_personal_row_keeps_the_whole_file_out(live, wiktor, row, words):
    """L53"""
    from office.transitions import Refused

    with pytest.raises(Refused, match=words):
        duties.take_usage(usage(row.replace("{serial}", live.points.get().serial)), by=wiktor, moment=TUESDAY)

    assert not UsageMonth.objects.exists()
