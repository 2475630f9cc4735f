"""What machines read: news as Atom, by topic and street, without an account; alerts as CAP 1.2."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from announcements import cap, languages
from announcements.fan_out import page_of
from announcements.models import Announcement, Topic
from announcements.reading import shown_to

NEWEST = 50


class Feed(Atom1Feed):
    """Each entry says its language: in a feed in Ukrainian what nobody translated stands in Polish."""

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


@require_safe
def atom(request):
    """The newest fifty; `temat` is the code of a topic, `ulica` the name of a street, `jezyk` a language. What has been cancelled says so
    in its title."""
    tongue = languages.ALL.get(request.GET.get("jezyk") or languages.POLISH.code)
    if tongue is None:
        raise Http404
    topic = get_object_or_404(Topic, code=request.GET["temat"]) if request.GET.get("temat") else None
    street = request.GET.get("ulica", "").strip()[:120]
    feed = Feed(
        title=_title(topic, street), link=_url("announcements:home"), description="", language=tongue.code,
        feed_url=f"{settings.PORTAL_URL}{request.get_full_path()}",
    )  # fmt: skip
    shown = shown_to(topic=topic, street=street).select_related("sender", "topic").prefetch_related("translations")
    for one in shown[:NEWEST]:
        said = one.wordings().get(tongue.code, one)
        feed.add_item(
            title=said.title_in_chain, link=f"{settings.PORTAL_URL}{page_of(one, said)}", description=linebreaks(said.text, autoescape=True),
            unique_id=f"urn:uuid:{one.pk}", pubdate=one.sent_at, updateddate=one.sent_at, author_name=one.sender.name,
            categories=[one.topic.name], language=said.tongue.code,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _title(topic, street):
    parts = ["Pruszcz Gdański", topic.name if topic else _("komunikaty"), street]
    return ": ".join(part for part in parts if part)


def _url(name, *args):
    return f"{settings.PORTAL_URL}{reverse(name, args=args)}"


@require_safe
def cap_alert(request, pk):
    """One alert for machines. An exercise is not for the public (L50)."""
    alerts = Announcement.objects.public().filter(kind=Announcement.Kind.ALERT, is_exercise=False)
    alert = get_object_or_404(alerts.select_related("sender", "topic", "references"), pk=pk)
    return HttpResponse(cap.cap_of(alert), content_type=cap.MEDIA_TYPE)


@require_safe
def cap_feed(request):
    """Alerts in force now, as Atom entries that lead to their CAP documents."""
    feed = Atom1Feed(title=_("Pruszcz Gdański: ostrzeżenia"), link=_url("announcements:home"), description="", language="pl")
    for alert in Announcement.objects.active_alerts(timezone.now()).select_related("sender"):
        feed.add_item(
            title=alert.title_in_chain, link=_url("announcements:cap", alert.pk), description=escape(alert.short_text),
            unique_id=f"urn:uuid:{alert.pk}", pubdate=alert.sent_at, updateddate=alert.sent_at, author_name=alert.sender.name,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)
