"""From one announcement to a row in the outbox for each endpoint: frozen and queued in one statement, at most once an endpoint."""

import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, CharField, F, Model, QuerySet, UUIDField, Value, When
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.urls import reverse

from announcements.audience import audience_of, due_at, leave_url
from announcements.languages import FURTHER, POLISH
from announcements.models import Announcement, Endpoint, Translation
from office import bell
from office.models import Channel, Message, MessageBody, MessageState, Urgency
from office.outbox import RELAY

EVENT = "announcements/sent"
LONGEST_SMS = 306  # two of 153 places
INTO = """
insert into office_message (id, channel, address, event, subject, text, html, body_id, urgency, endpoint, leave_url, recipient, about_type,
    about_id, state, attempts, next_attempt_at, error, created_at)
select gen_random_uuid(), found.channel, found.address, %s, '', '', '', found.body, %s, found.id, found.leave, found.person, %s,
    %s, %s, 0, found.due, '', %s
from ({audience}) found
on conflict (about_id, endpoint) where endpoint is not null do nothing"""


def queue(announcement: Announcement, *, moment: datetime) -> int:
    """Freeze the audience: whoever follows later is not in it. Run again after a fault it adds only who is missing. Returns how many
    rows it added. Called inside the transaction that moves the announcement."""
    said = announcement.wordings()
    told_at = Value(moment) if announcement.breaks_the_silence else due_at(moment)
    way_out = Value("") if _is_due_by_law(announcement) else leave_url(*leave_path(announcement.topic))
    return freeze(
        audience_of(announcement), about=announcement, event=EVENT, urgency=_urgency(announcement), due=told_at, way_out=way_out,
        body=lambda channel, language: _body(announcement, channel, said[language]), moment=moment, languages=said.keys() & FURTHER.keys(),
    )  # fmt: skip


def freeze(
    audience: QuerySet[Endpoint],
    *,
    about: Model,
    event: str,
    urgency: Urgency,
    due: Any,
    way_out: Any,
    body: Callable[[str, str], MessageBody],
    moment: datetime,
    languages: Collection[str] = (),
) -> int:
    """One row of the outbox for each endpoint of the audience, at most once about one thing. Returns how many it added.

    `body` writes the text for a channel and a language; `languages` are those besides Polish that there is a text in. Who chose another
    one gets the Polish text: nobody is left out.
    """
    audience = audience.annotate(read_in=_read_in(languages))
    bodies = {spoken: body(*spoken) for spoken in _spoken(audience)}
    if not bodies:
        return 0  # nobody follows yet; the page and the feeds have it all the same
    texts = [When(channel=channel, read_in=language, then=Value(one.pk)) for (channel, language), one in bodies.items()]
    channels = {channel for channel, _language in bodies}
    rows = audience.filter(channel__in=channels).annotate(
        body=Case(*texts, output_field=UUIDField()), due=due, leave=Cast(way_out, CharField())
    ).order_by()  # fmt: skip
    found, parameters = rows.values(
        "id", "channel", "address", "body", "due", "leave", person=F("follower__person")
    ).query.sql_with_params()  # fmt: skip
    fixed: list[Any] = [event, urgency, about._meta.label_lower, about.pk, MessageState.QUEUED, moment]
    with connection.cursor() as cursor:
        cursor.execute(INTO.format(audience=found), [*fixed, *parameters])
        queued = cursor.rowcount
    bell.ring_on_commit(RELAY)
    return queued


def leave_path(topic) -> tuple[str, str]:
    """What stands before and after the follower's token in their way out of this topic."""
    path = reverse("announcements:leave", args=["TOKEN", topic.code])
    before, after = f"{settings.PORTAL_URL}{path}".split("TOKEN")
    return before, after


def _is_due_by_law(announcement) -> bool:
    """Nobody leaves a warning or a statutory notice; the text says why (L49)."""
    return announcement.topic.is_statutory or announcement.kind == Announcement.Kind.ALERT


def _urgency(announcement) -> Urgency:
    return Urgency.ALERT if announcement.kind == Announcement.Kind.ALERT else Urgency.NEWS


def _read_in(languages: Collection[str]):
    """The language that the endpoint's follower is told in: the chosen one when there is a text in it, else Polish."""
    polish: Any = Value(POLISH.code, output_field=CharField())
    chosen = "follower__language"
    return Case(When(**{f"{chosen}__in": sorted(languages)}, then=F(chosen)), default=polish) if languages else polish


def _spoken(audience) -> list[tuple[str, str]]:
    """Channels and languages with endpoints in the audience: no text is written that nobody reads."""
    return list(audience.order_by().values_list("channel", "read_in").distinct())


def _body(announcement, channel, said: Announcement | Translation) -> MessageBody:
    """The text for the channel, in one of its languages. An exercise says so before anything else (L50)."""
    return write(
        channel, title=said.title_in_chain, template="emails/announcements/sent.txt", path=page_of(announcement, said),
        tag=str(announcement.pk), short=said.short_text, sms=sms_text(announcement, said), language=said.tongue.code, text=said.text,
        **_words_around(announcement, said.tongue),
    )  # fmt: skip


def page_of(announcement, said) -> str:
    """Of a translation: its own place on the announcement's page."""
    path = reverse("announcements:announcement", args=[announcement.pk])
    return path if said is announcement else f"{path}#{said.language}"


def _words_around(announcement, tongue) -> dict[str, Any]:
    """Who speaks and why it comes (L49). Names, and why a topic is statutory, are data and stay in Polish."""
    sender = tongue.sender.format(sender=announcement.sender.name, contact=announcement.sender.contact)
    if not _is_due_by_law(announcement):
        return {"sender": sender, "why": tongue.chosen.format(topic=announcement.topic.name), "has_way_out": True}
    is_explained = announcement.topic.is_statutory and (tongue is POLISH or announcement.kind != Announcement.Kind.ALERT)
    return {"sender": sender, "why": announcement.topic.why_statutory if is_explained else tongue.by_law, "has_way_out": False}


def sms_text(announcement, said: Announcement | Translation) -> str:
    """As it goes out: an exercise says so first (L50), the sender signs (L49)."""
    return f"{said.tongue.exercise if announcement.is_exercise else ''}{said.short_text} {announcement.sender}"[:LONGEST_SMS]


def write(channel, *, title, template, path, short, sms, tag, language=POLISH.code, **told) -> MessageBody:
    """One text for everybody on the channel: a letter of the template, an SMS, or what the service worker shows."""
    if channel == Channel.SMS:
        return MessageBody.objects.create(text=sms[:LONGEST_SMS])
    if channel == Channel.PUSH:
        shown = {"title": title, "body": short, "url": path, "tag": tag, "lang": language}
        return MessageBody.objects.create(text=json.dumps(shown, ensure_ascii=False))
    told |= {
        "title": title,
        "path": path,
        "portal_url": settings.PORTAL_URL,
        "leave_url": MessageBody.LEAVE,
        "language": language,
    }
    text = render_to_string(template, told).strip()
    html = render_to_string("emails/letter.html", {**told, "subject": title, "text": text})
    return MessageBody.objects.create(subject=title[:200], text=text, html=html)


def deliveries_of(announcement):
    """The rows of the outbox that tell of it: what the office counts and the resident sees."""
    return Message.objects.about(announcement).filter(endpoint__isnull=False)
