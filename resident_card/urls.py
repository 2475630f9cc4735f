"""Addresses of the room."""

from django.urls import URLPattern

app_name = "resident_card"

applying: list[URLPattern] = []
families: list[URLPattern] = []
cards: list[URLPattern] = []
partners: list[URLPattern] = []

urlpatterns = [*applying, *families, *cards, *partners]
