"""What the town's messages know of a person: what they follow, where, by which ways, what they wrote back (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from announcements.models import Choice, Endpoint, Follower, Place, Reply
from announcements.models.followers import PhoneCode
from announcements.models.waste import MissedCollection, Reminder, ReminderSent, WasteCalendar
from announcements.removals import forget_reply
from residents.models import Person
from ui.my_data import Held

NOT_TOLD = {
    "announcements.SenderMember": "for whom a clerk speaks: the town's organisation, not data on a resident",
    "announcements.Announcement": "written by a clerk in the town's name and public",
    "announcements.Release": "a clerk's decision about a public message, part of its record",
}


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    yield Held(
        title=_("Komunikaty: ustawienia"), rows=Follower.objects.filter(person=person), columns=("language", "quiet_from", "quiet_to", "made_at"),
    )  # fmt: skip
    mine = {"follower__person": person}
    yield Held(
        title=_("Komunikaty: drogi doręczenia"), rows=Endpoint.objects.filter(**mine),
        columns=("channel", "address", "confirmed_at", "suppressed_at", "suppressed_why", "made_at"),
    )  # fmt: skip
    yield Held(
        title=_("Komunikaty: tematy"), rows=Choice.objects.filter(**mine), columns=("topic__name", "channel"),
        labels={"topic__name": _("temat"), "channel": _("kanał")},
    )  # fmt: skip
    yield Held(
        title=_("Komunikaty: miejsca"), rows=Place.objects.filter(**mine), columns=("kind", "street", "address__number"),
        labels={"kind": _("rodzaj"), "address__number": _("numer")},
    )  # fmt: skip
    yield Held(
        title=_("Komunikaty: kody wysłane na telefon"), rows=PhoneCode.objects.filter(**mine), kept="phone_code", columns=("phone", "sent_at", "used_at"),
        labels={"phone": _("telefon"), "sent_at": _("wysłano"), "used_at": _("użyto")},
    )  # fmt: skip
    yield Held(
        title=_("Odpowiedzi na komunikaty"), rows=Reply.objects.filter(person=person), kept="announcement_reply", file="photo",
        columns=("announcement__title", "text", "status", "answer", "sent_at", "answered_at"),
    )  # fmt: skip
    yield from _waste(person)


def _waste(person: Person) -> Iterator[Held]:
    where = {"address__street": _("ulica"), "address__number": _("numer")}
    mine = {"follower__person": person}
    yield Held(
        title=_("Przypomnienia o wywozie"), rows=Reminder.objects.filter(**mine), also=(ReminderSent,), labels=where,
        columns=("address__street", "address__number", "fraction__name", "days_before", "at", "channel"),
    )  # fmt: skip
    yield Held(  # the secret of its address is no data on a person and is shown on their page
        title=_("Kalendarze wywozu"), rows=WasteCalendar.objects.filter(**mine), columns=("address__street", "address__number", "made_at"),
        labels={**where, "made_at": _("od")},
    )  # fmt: skip
    yield Held(
        title=_("Zgłoszenia nieodebranych odpadów"), rows=MissedCollection.objects.filter(person=person), labels=where,
        columns=("address__street", "address__number", "collection__day", "reported_at", "settled_at", "outcome"),
        stays=_("Zgłoszenie dotyczy adresu i rozliczenia z firmą, która odbiera odpady. W samym zapisie nie ma Twojego nazwiska."),
    )  # fmt: skip


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Ways of delivery, topics, places, codes and replies go, with what the database wrote of choices."""
    for reply in Reply.objects.filter(person=person):
        forget_reply(reply)
    for follower in Follower.objects.filter(person=person):
        number = follower.pk  # a deleted row forgets it
        follower.delete()
        Choice.pgh_event_model.objects.filter(follower=number).delete()  # type: ignore[attr-defined]
