"""The register for machines: GeoJSON (RFC 7946), CSV and a DCAT-AP catalogue. Ids are addresses of points and outlive devices.

Neither MAC nor serial nor anything of a person stands here (L53).
"""

import csv
import io
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from office.exports import safe_text
from wifi_points import finding, usage
from wifi_points.models import AccessPoint

TERC, SIMC = "2204011", "0934960"  # the town in the national register of places
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = ["id", "name", "place", "terc", "simc", "lat", "lon", "indoor", "ssid", "status", "since", "programme"]
USAGE_COLUMNS = ["month", "id", "name", "sessions", "gigabytes"]
DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"


def address(name: str, **kwargs) -> str:
    return settings.PORTAL_URL + reverse(f"wifi_points:{name}", kwargs=kwargs or None)


def row(found: finding.Found) -> dict[str, Any]:
    """One public point. `since`: the day on which its network went live."""
    point = found.point
    return {
        "id": address("point", code=point.code), "name": point.place, "place": point.address, "terc": TERC, "simc": SIMC,
        "lat": float(point.latitude), "lon": float(point.longitude), "indoor": point.is_indoor, "ssid": point.network.ssid,
        "status": found.state.code, "since": localdate(point.network.live_since).isoformat(), "programme": point.network.programme.name,
    }  # fmt: skip


def points() -> list[finding.Found]:
    return finding.listed()


def geojson(found: list[finding.Found]) -> dict[str, Any]:
    """Positions are longitude first, in WGS 84, which the RFC fixes; so there is no `crs`."""
    return {"type": "FeatureCollection", "features": [_feature(row(one)) for one in found]}


def _feature(told):
    properties = {name: value for name, value in told.items() if name not in ("id", "lat", "lon")}
    where = {"type": "Point", "coordinates": [told["lon"], told["lat"]]}
    return {"type": "Feature", "id": told["id"], "geometry": where, "properties": properties}


def as_csv(found: list[finding.Found]) -> str:
    return _csv(COLUMNS, [[row(one)[name] for name in COLUMNS] for one in found])


def usage_csv(day: date) -> str:
    """Months of use; a month with fewer sessions than the norm shows empty cells, so it tells of nobody."""
    told = []
    for month, is_hidden in usage.published(day):
        point: AccessPoint = month.access_point
        figures = ["", ""] if is_hidden else [month.sessions, month.gigabytes]
        told.append([f"{month.month:%Y-%m}", address("point", code=point.code), point.place, *figures])
    return _csv(USAGE_COLUMNS, told)


def _csv(columns, rows):
    """RFC 4180, UTF-8, commas and points: for machines. A text never becomes a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(
        [safe_text(cell) if isinstance(cell, str) else str(cell).lower() if isinstance(cell, bool) else cell for cell in line]
        for line in rows
    )
    return file.getvalue()


def catalogue(modified: date) -> dict[str, Any]:
    """DCAT-AP in JSON-LD: what there is, under which licence, how often it changes, whom to ask."""
    publisher = {"@id": settings.PORTAL_URL, "@type": "foaf:Organization", "foaf:name": "Gmina Miejska Pruszcz Gdański"}
    dataset = {
        "@id": address("open_data"), "@type": "dcat:Dataset",
        "dct:title": {"@language": "pl", "@value": "Bezpłatne punkty WiFi w Pruszczu Gdańskim"},
        "dct:description": {"@language": "pl", "@value": "Gdzie są punkty, czy działają, w budynku czy na zewnątrz. Bez danych urządzeń i osób."},
        "dct:identifier": address("open_data"), "dct:publisher": publisher, "dct:license": {"@id": LICENCE},
        "dct:modified": {"@type": "xsd:date", "@value": modified.isoformat()}, "dct:accrualPeriodicity": {"@id": DAILY},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/POL"},
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/TECH"},
        "dcat:keyword": [{"@language": "pl", "@value": word} for word in ("WiFi", "hotspot", "internet")],
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": "Urząd Miasta Pruszcz Gdański", "vcard:hasURL": {"@id": settings.PORTAL_URL + reverse("contact")}},
        "dcat:distribution": [
            _distribution("geojson", "GEOJSON", "application/geo+json", "Punkty, GeoJSON"),
            _distribution("points_csv", "CSV", "text/csv", "Punkty, CSV"),
            _distribution("usage_csv", "CSV", "text/csv", "Miesiące użycia, CSV"),
        ],
    }  # fmt: skip
    context = {
        "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
        "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    }  # fmt: skip
    return {
        "@context": context, "@id": address("catalogue"), "@type": "dcat:Catalog", "dct:publisher": publisher,
        "dct:title": {"@language": "pl", "@value": "Otwarte dane portalu"},
        "dct:description": {"@language": "pl", "@value": "Zbiory o punktach WiFi"}, "dcat:dataset": dataset,
    }  # fmt: skip


def _distribution(name, kind, media_type, title):
    return {
        "@id": address(name), "@type": "dcat:Distribution", "dct:title": {"@language": "pl", "@value": title},
        "dcat:accessURL": {"@id": address(name)}, "dcat:downloadURL": {"@id": address(name)}, "dct:license": {"@id": LICENCE},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"}, "dct:format": {"@id": FILE_TYPE + kind},
    }  # fmt: skip
