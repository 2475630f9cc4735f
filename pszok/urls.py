"""Addresses of the room."""

from django.urls import URLPattern

app_name = "pszok"

gate: list[URLPattern] = []
public: list[URLPattern] = []
mine: list[URLPattern] = []

urlpatterns = [*gate, *public, *mine]
