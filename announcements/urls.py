"""Addresses of the room."""

from django.urls import path

from announcements.views import feeds, reports, unnamed, waste
from announcements.views import mine as my
from announcements.views import public as reading

app_name = "announcements"

public = [
    path("", reading.home, name="home"),
    path("kanal.atom", feeds.atom, name="atom"),
    path("ostrzezenia.atom", feeds.cap_feed, name="cap_feed"),
    path("<uuid:pk>/cap.xml", feeds.cap_alert, name="cap"),
    path("<uuid:pk>/", reading.announcement, name="announcement"),
    path("<uuid:pk>/plik/<int:number>/", reading.attachment, name="attachment"),
]
mine = [
    path("moje/", my.mine, name="mine"),
    path("moje/miejsce/<int:pk>/usun/", my.drop_place, name="drop_place"),
    path("moje/droga/<uuid:pk>/usun/", my.drop_way, name="drop_way"),
    path("moje/droga/<uuid:pk>/dziala/", my.ask_alive, name="ask_alive"),
    path("adres-dziala/<str:mark>/", my.alive, name="alive"),
    path("moje/przegladarka/", my.add_browser, name="add_browser"),
    path("dla-mnie/", my.told, name="told"),
    path("bez-konta/", unnamed.unnamed, name="unnamed"),
    path("bez-konta/przegladarka/", unnamed.add_unnamed, name="add_unnamed"),
    path("rezygnacja/<str:token>/<slug:topic>/", my.leave, name="leave"),
    path("worker.js", my.worker, name="worker"),
    path("raport-sms/<str:token>/", reports.sms_report, name="sms_report"),
]

collected = [
    path("odpady/", waste.home, name="waste"),
    path("odpady/<int:pk>/", waste.at, name="waste_at"),
    path("odpady/<int:pk>/przypomnienia/", waste.reminders, name="waste_reminders"),
    path("odpady/<int:pk>/kalendarz/", waste.make_calendar, name="waste_calendar"),
    path("odpady/<int:pk>/nie-odebrano/<int:collection>/", waste.missed, name="waste_missed"),
    path("odpady/przypomnienie/<int:pk>/usun/", waste.drop_reminder, name="drop_reminder"),
    path("odpady/kalendarz/<str:token>.ics", waste.calendar, name="waste_ics"),
]

urlpatterns = [*public, *mine, *collected]
