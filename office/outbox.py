"""The post room's in-tray: a letter is written in the same transaction as the change it tells of (D1, D3)."""

import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, models
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from office import bell
from office.compiled import insert
from office.models import Channel, Message

EVENT = re.compile(r"[a-z_]+/[a-z0-9_]+")
PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
RELAY = "office.tasks.relay"


class BadMessage(ValueError):
    """A letter that may not be written: a line break in a header, a wrong address, no transaction around it."""


def post(
    *,
    event: str,
    to: str,
    context: Mapping[str, Any],
    channel: str = Channel.EMAIL,
    recipient: uuid.UUID | None = None,
    about: models.Model | None = None,
    leave_path: str = "",
    differ_in: uuid.UUID | None = None,
) -> Message:
    """Write a letter; it leaves after the caller's transaction commits, and never when that rolls back.

    `event` names the templates: "eboi/received" is templates/emails/eboi/received.subject.txt, .txt and, when the plain
    layout is not enough, .html; SMS and push have .sms.txt or .push.txt, else .txt. `{{ portal_url }}` is the portal's address.
    `recipient` is a User.subject or a Person.id, `about` the object the letter tells of; both are for the register only.
    `leave_path` is where a POST without a cookie ends letters of this kind to this address (RFC 8058).
    `differ_in`: the only thing in which letters of this event differ, an id that stands somewhere in `context`. Their texts are then drawn
    once a process, and the id is put in: drawing takes longer than storing.
    Raises BadMessage outside a transaction, on a wrong address, and on a line break in subject or address (S42).
    """
    if not connection.in_atomic_block:
        raise BadMessage("a letter is written in the transaction of what it tells of")
    message = Message(
        channel=channel, address=_address(to, channel), event=event, recipient=recipient,
        about_type=about._meta.label_lower if about else "", about_id=about.pk if about else None,
        next_attempt_at=timezone.now(), leave_url=f"{settings.PORTAL_URL}{leave_path}" if leave_path else "",
        **(_texts(event, channel, context) if differ_in is None else _texts_with(differ_in, event, channel, context)),
    )  # fmt: skip
    insert(message)
    bell.ring_on_commit(RELAY)
    return message


def _address(to: str, channel: str) -> str:
    to = _one_line(to)
    if channel == Channel.EMAIL:
        try:
            validate_email(to)
        except ValidationError:
            raise BadMessage("not an e-mail address") from None
    if channel == Channel.SMS and not PHONE.fullmatch(to):
        raise BadMessage("not a phone number in the form +48600100200")
    return to


def _one_line(text: str) -> str:
    if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in text):
        raise BadMessage("a line break or a control character in a header")
    return text


def _texts(event: str, channel: str, context: Mapping[str, Any]) -> dict[str, str]:
    if not EVENT.fullmatch(event):
        raise BadMessage(f"not the name of an event: {event!r}")
    context = {**context, "portal_url": settings.PORTAL_URL}
    if channel != Channel.EMAIL:
        return {"text": _plain([f"{event}.{channel}.txt", f"{event}.txt"], context)}
    subject = _one_line(_plain([f"{event}.subject.txt"], context))
    text = _plain([f"{event}.txt"], context)
    return {"subject": subject[:200], "text": text, "html": _html(event, {**context, "subject": subject, "text": text})}


ANY_ID = str(uuid.UUID(int=2**127))  # stands for the id while the texts are drawn; of the same letters as each id


def _texts_with(this: uuid.UUID, event: str, channel: str, context: Mapping[str, Any]) -> dict[str, str]:
    alike = tuple((name, str(value).replace(str(this), ANY_ID)) for name, value in context.items())
    drawn = _drawn(event, channel, alike, get_language())
    return {name: text.replace(ANY_ID, str(this)) for name, text in drawn.items()}


@lru_cache(maxsize=64)
def _drawn(event: str, channel: str, context: tuple[tuple[str, str], ...], language: str | None) -> dict[str, str]:
    return _texts(event, channel, dict(context))


def _plain(names: list[str], context: Mapping[str, Any]) -> str:
    """The first template that exists, without HTML escaping: an apostrophe stays an apostrophe."""
    for name in names:
        try:
            template: Any = get_template(f"emails/{name}")
        except TemplateDoesNotExist:
            continue
        return template.template.render(Context(dict(context), autoescape=False)).strip()
    raise BadMessage(f"no template {names[-1]!r}")


def _html(event: str, context: Mapping[str, Any]) -> str:
    return render_to_string([f"emails/{event}.html", "emails/letter.html"], dict(context))
