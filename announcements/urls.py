"""Addresses of the room."""

from django.urls import URLPattern, path

from announcements.views import public as reading

app_name = "announcements"

public = [
    path("", reading.home, name="home"),
    path("<uuid:pk>/", reading.announcement, name="announcement"),
]
mine: list[URLPattern] = []
waste: list[URLPattern] = []

urlpatterns = [*public, *mine, *waste]
