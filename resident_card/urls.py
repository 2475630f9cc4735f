"""Addresses of the room."""

from django.urls import URLPattern

app_name = "resident_card"
urlpatterns: list[URLPattern] = []
