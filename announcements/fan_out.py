"""From one announcement to a row in the outbox for each endpoint: frozen and queued in one statement, at most once an endpoint."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, CharField, F, UUIDField, Value, When
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.urls import reverse

from announcements.audience import audience_of, due_at, leave_url
from announcements.models import Announcement
from office import bell
from office.models import Channel, Message, MessageBody, MessageState, Urgency
from office.outbox import RELAY

EVENT = "announcements/sent"
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
    bodies = {channel: _body(announcement, channel) for channel in _spoken(announcement)}
    if not bodies:
        return 0  # nobody follows yet; the page and the feeds have it all the same
    audience, parameters = _audience(announcement, bodies, moment)
    fixed: list[Any] = [
        EVENT,
        _urgency(announcement),
        announcement._meta.label_lower,
        announcement.pk,
        MessageState.QUEUED,
        moment,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INTO.format(audience=audience), [*fixed, *parameters])
        queued = cursor.rowcount
    bell.ring_on_commit(RELAY)
    return queued


def _audience(announcement, bodies, moment):
    body = Case(*[When(channel=channel, then=Value(text.pk)) for channel, text in bodies.items()], output_field=UUIDField())
    told_at = Value(moment) if announcement.breaks_the_silence else due_at(moment)
    way_out = Value("") if _is_due_by_law(announcement) else leave_url(*_leave_path(announcement))
    rows = audience_of(announcement).filter(channel__in=bodies).annotate(
        body=body, due=told_at, leave=Cast(way_out, CharField()),
    ).values("id", "channel", "address", "body", "due", "leave", person=F("follower__person"))  # fmt: skip
    return rows.query.sql_with_params()


def _leave_path(announcement) -> tuple[str, str]:
    """What stands before and after the follower's token in their way out of this topic."""
    path = reverse("announcements:leave", args=["TOKEN", announcement.topic.code])
    before, after = f"{settings.PORTAL_URL}{path}".split("TOKEN")
    return before, after


def _is_due_by_law(announcement) -> bool:
    """Nobody leaves a warning or a statutory notice; the text says why (L49)."""
    return announcement.topic.is_statutory or announcement.kind == Announcement.Kind.ALERT


def _urgency(announcement) -> Urgency:
    return Urgency.ALERT if announcement.kind == Announcement.Kind.ALERT else Urgency.NEWS


def _spoken(announcement) -> list[str]:
    """Channels with endpoints in the audience: no text is written that nobody reads."""
    return list(audience_of(announcement).order_by().values_list("channel", flat=True).distinct())


def _body(announcement, channel) -> MessageBody:
    """The text for the channel. An exercise says so before anything else (L50)."""
    path = reverse("announcements:announcement", args=[announcement.pk])
    told = {
        "announcement": announcement, "portal_url": settings.PORTAL_URL, "path": path, "is_due_by_law": _is_due_by_law(announcement),
        "leave_url": MessageBody.LEAVE, "title": announcement.title_in_chain,
    }  # fmt: skip
    if channel == Channel.EMAIL:
        text = render_to_string("emails/announcements/sent.txt", told).strip()
        html = render_to_string("emails/letter.html", {**told, "subject": told["title"], "text": text})
        return MessageBody.objects.create(subject=told["title"][:200], text=text, html=html)
    if channel == Channel.SMS:
        return MessageBody.objects.create(
            text=f"{'ĆWICZENIA: ' if announcement.is_exercise else ''}{announcement.short_text} {announcement.sender}"[:306]
        )
    shown = {"title": told["title"], "body": announcement.short_text, "url": path, "tag": str(announcement.pk)}
    return MessageBody.objects.create(text=json.dumps(shown, ensure_ascii=False))


def deliveries_of(announcement):
    """The rows of the outbox that tell of it: what the office counts and the resident sees."""
    return Message.objects.about(announcement).filter(endpoint__isnull=False)
