"""Addresses of consultations, under /konsultacje/."""

from django.urls import URLPattern

app_name = "consultations"
urlpatterns: list[URLPattern] = []
