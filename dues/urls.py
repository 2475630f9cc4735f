"""Addresses of the room. None of them carries a payer's number."""

from django.urls import path

from dues.views import mine, settings

app_name = "dues"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("do-zaplaty/", mine.basket, name="basket"),
    path("kod/", settings.link, name="link"),
    path("przypomnienia/", settings.reminders, name="reminders"),
    path("przypomnienia/nowy-adres/", settings.new_address, name="new_address"),
    path("kalendarz.ics", settings.calendar, name="calendar"),
    path("kto-ogladal/", settings.who_looked, name="who_looked"),
    path("<uuid:pk>/", mine.liability, name="liability"),
]
