"""Addresses of the room."""

from django.urls import URLPattern

app_name = "pszok"
urlpatterns: list[URLPattern] = []
