"""Addresses of the room, under /gpszok/."""

from django.urls import path

from pszok.views import gate as at
from pszok.views import mine as my
from pszok.views import public as town
from pszok.views import shifts
from pszok.views import visits as of

app_name = "pszok"

gate = [
    path("bramka/", at.home, name="gate"),
    path("bramka/zmiana/", shifts.shift, name="gate_shift"),
    path("bramka/zmiana/koniec/", shifts.sign_off, name="gate_sign_off"),
    path("bramka/zmiana/<uuid:pk>/", shifts.pin, name="gate_pin"),
    path("bramka/karta/", at.scan, name="gate_scan"),
    path("bramka/dokument/", at.document, name="gate_document"),
    path("bramka/odmowa/", at.turn_away, name="gate_turn_away"),
    path("bramka/twarz/<str:token>/", at.face, name="gate_face"),
    path("bramka/wizyta/<uuid:pk>/", of.visit, name="gate_visit"),
    path("bramka/wizyta/<uuid:pk>/odpad/<slug:fraction>/", of.line, name="gate_line"),
    path("bramka/wizyta/<uuid:pk>/usun/<int:place>/", of.drop_line, name="gate_drop_line"),
    path("bramka/wizyta/<uuid:pk>/podsumowanie/", of.summary, name="gate_summary"),
    path("bramka/wizyta/<uuid:pk>/odmowa/", of.refuse, name="gate_refuse"),
    path("bramka/wizyta/<uuid:pk>/pokwitowanie/", of.receipt, name="gate_receipt"),
]
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
