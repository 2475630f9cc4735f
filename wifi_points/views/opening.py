"""The register for machines and those who feed them. Any site may read it: that is what it is for."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wifi_points import open_data


def _open(content: str, media_type: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def about(request):
    return render(request, "wifi_points/open_data.html", {"columns": open_data.COLUMNS, "licence": open_data.LICENCE})


@require_safe
def geojson(request):
    return _open(json.dumps(open_data.geojson(open_data.points()), ensure_ascii=False), "application/geo+json")


@require_safe
def points_csv(request):
    return _open(open_data.as_csv(open_data.points()), "text/csv; charset=utf-8", "punkty-wifi.csv")


@require_safe
def usage_csv(request):
    return _open(open_data.usage_csv(localdate()), "text/csv; charset=utf-8", "uzycie-wifi.csv")


@require_safe
def catalogue(request):
    return _open(json.dumps(open_data.catalogue(localdate()), ensure_ascii=False), "application/ld+json")
