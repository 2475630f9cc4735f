"""Addresses of the room, under /gpszok/."""

from django.urls import URLPattern, path

from pszok.views import mine as my
from pszok.views import public as town

app_name = "pszok"

gate: list[URLPattern] = []
public = [
    path("", town.home, name="home"),
    path("limity/", town.limits, name="limits"),
]
mine = [
    path("moje/", my.mine, name="mine"),
    path("wizyta/<uuid:pk>/", my.visit, name="visit"),
    path("wizyta/<uuid:pk>/reklamacja/", my.dispute, name="dispute"),
    path("wizyta/<uuid:pk>/reklamacja/wycofaj/", my.withdraw_dispute, name="withdraw_dispute"),
]

urlpatterns = [*gate, *public, *mine]
