"""For calendars and readers: closing day and meetings as .ics (RFC 5545), news as Atom (RFC 4287)."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations.models import AnnouncedIn, Announcement, Consultation
from consultations.story import public_story

if TYPE_CHECKING:  # icalendar takes 5 MiB: it is loaded where the first calendar is asked for
    from icalendar import Alarm, Calendar, Event

NEWEST = 30


@require_safe
def agenda_ics(request, slug):
    """The last day of voting and each meeting; the same UID each time, so a calendar updates instead of doubling."""
    story = public_story(slug)
    if story is None:
        raise Http404
    url = request.build_absolute_uri(reverse("consultations:consultation", args=[slug]))
    answer = HttpResponse(calendar_of(story, url).to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return answer


def calendar_of(story, url) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Pruszcz Gdański//Portal mieszkańca//PL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", story.consultation.title)
    for event in _events(story, url):
        calendar.add_component(event)
    return calendar


def _events(story, url):
    one = story.consultation
    if story.last_day and story.phase:
        title = _("Ostatni dzień konsultacji: %(title)s") % {"title": one.title}
        last = _event(f"koniec-{one.pk}", title, story.last_day, story.last_day + timedelta(days=1), url)
        last.add("transp", "TRANSPARENT")
        last.add_component(_alarm(title))
        yield last
    for meeting in story.activities:
        ends_at = meeting.ends_at or meeting.starts_at + timedelta(hours=1)
        event = _event(f"spotkanie-{meeting.pk}-{one.pk}", meeting.title, meeting.starts_at, ends_at, url)
        event.add("location", meeting.place)
        event.add("description", meeting.note or one.title)
        yield event


def _event(uid, title, start, end, url) -> "Event":
    """Moments are written in UTC, so that no calendar has to know Polish clock changes."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@pruszcz-gdanski.pl")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", title)
    event.add("url", url)
    return event


def _alarm(title) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-2))
    alarm.add("description", title)
    return alarm


class ConsultationsFeed(Feed):
    """Every consultation, as it was announced."""

    feed_type = Atom1Feed
    title = gettext_lazy("Konsultacje w Pruszczu Gdańskim")
    subtitle = gettext_lazy("O co miasto pyta mieszkańców.")

    def link(self):
        return reverse("consultations:home")

    def items(self):
        return Consultation.objects.public().filter(announced_at__isnull=False).order_by("-announced_at")[:NEWEST]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return reverse("consultations:consultation", args=[item.slug])

    def item_guid(self, item):
        return f"urn:uuid:{item.pk}"

    def item_updateddate(self, item):
        return item.announced_at

    def item_pubdate(self, item):
        return item.announced_at


class AnnouncementsFeed(Feed):
    """What was announced in one consultation: opening, changes of the calendar, the report."""

    feed_type = Atom1Feed

    def get_object(self, request, slug):
        return get_object_or_404(Consultation.objects.public(), slug=slug)

    def title(self, obj):
        return _("Konsultacje: %(title)s") % {"title": obj.title}

    def subtitle(self, obj):
        return obj.summary

    def link(self, obj):
        return reverse("consultations:consultation", args=[obj.slug])

    def items(self, obj):
        rows = obj.announcements.filter(channel=AnnouncedIn.PORTAL).select_related("consultation")
        return rows.order_by("-announced_on", "-id")[:NEWEST]

    def item_title(self, item):
        return Announcement.About(item.about).label.capitalize()

    def item_description(self, item):
        return item.note or item.consultation.title

    def item_link(self, item):
        return reverse("consultations:consultation", args=[item.consultation.slug])

    def item_guid(self, item):
        return f"tag:pruszcz-gdanski.pl,2026:ogloszenie-{item.pk}"

    def item_updateddate(self, item):
        return timezone.make_aware(datetime.combine(item.announced_on, time(8)))

    item_pubdate = item_updateddate
