"""What tests of announcements start from: a sender with its people, a topic, followers on a street."""

import uuid
from datetime import time, timedelta

from django.core import signing
from django.db import transaction
from django.utils.timezone import localdate

from announcements.actions import following
from announcements.models import (
    Announcement,
    Area,
    Attachment,
    Building,
    Choice,
    Collection,
    Endpoint,
    Follower,
    Fraction,
    Place,
    Reminder,
    Route,
    RouteAddress,
    Schedule,
    Sender,
    SenderMember,
    Topic,
    Translation,
    WasteCalendar,
)
from announcements.statuses import AnnouncementStatus
from office import files
from office.models import Channel
from residents.models import AddressPoint
from residents.models.places import address_key
from tests.factories import TUESDAY

KOSSAKA, GRUNWALDZKA = "Wojciecha Kossaka", "Grunwaldzka"


def make_point(street=KOSSAKA, number="5", latitude=54.2600, longitude=18.6400) -> AddressPoint:
    found = AddressPoint.objects.filter(street=street, number=number).first()
    return found or AddressPoint.objects.create(
        terc="2204011", simc="0934620", ulic=f"{sum(map(ord, street)) % 99999:05}", street=street, number=number,
        search=address_key(street, number), latitude=latitude, longitude=longitude,
    )  # fmt: skip


def make_topic(code="woda", **fields) -> Topic:
    return Topic.objects.get_or_create(code=code, defaults={"name": code.capitalize(), "summary": "Przerwy i awarie.", **fields})[
        0
    ]


def make_sender(*clerks, code="wik", topics=None, **fields) -> Sender:
    fields = {"name": "Wodociągi Miejskie", "contact": "tel. 58 000 00 01", "may_alert": True, **fields}
    sender, _ = Sender.objects.get_or_create(code=code, defaults=fields)
    sender.topics.add(*(topics or [make_topic()]))
    for clerk in clerks:
        SenderMember.objects.get_or_create(sender=sender, user=clerk)
    return sender


def make_follower(
    person=None,
    *,
    topics=None,
    channels=(Channel.EMAIL,),
    street=KOSSAKA,
    address=None,
    quiet=None,
    language="pl",
    moment=TUESDAY,
):
    """Follows „woda” by e-mail on Kossaka unless said otherwise; street=None cares for the whole town."""
    follower = Follower.objects.create(
        person=person,
        made_at=moment,
        language=language,
        quiet_from=time(*quiet[0]) if quiet else None,
        quiet_to=time(*quiet[1]) if quiet else None,
    )
    for channel in channels:
        make_endpoint(follower, channel, moment)
        for topic in topics if topics is not None else [make_topic()]:
            Choice.objects.create(follower=follower, topic=topic, channel=channel)
    kind = Place.Kind.ADDRESS if address else Place.Kind.STREET if street else Place.Kind.TOWN
    Place.objects.create(follower=follower, kind=kind, street=(address.street if address else street) or "", address=address)
    return follower


def make_endpoint(follower, channel=Channel.EMAIL, moment=TUESDAY, **fields) -> Endpoint:
    count = Endpoint.objects.count()
    address = {
        Channel.EMAIL: f"odbiorca{count}@example.com",
        Channel.SMS: f"+486001{count:05}",
        Channel.PUSH: "https://push.example",
    }[channel]
    if channel == Channel.PUSH:
        fields = {"push": {"endpoint": f"https://push.example/{count}"}, "push_lookup": count.to_bytes(32, "big"), **fields}
    return Endpoint.objects.create(
        follower=follower, channel=channel, address=address, confirmed_at=moment, made_at=moment, **fields
    )


def make_announcement(writer, *, areas=None, sender=None, topic=None, moment=TUESDAY, **fields) -> Announcement:
    """A draft about water on Kossaka."""
    topic = topic or make_topic()
    sender = sender or make_sender(writer, topics=[topic])
    fields = {
        "title": "Nie będzie wody",
        "text": "Jutro od 8 do 14 nie będzie wody.",
        "short_text": "Jutro 8-14 bez wody.",
        **fields,
    }
    announcement = Announcement.objects.create(sender=sender, topic=topic, written_by=writer, created_at=moment, **fields)
    for area in areas if areas is not None else [{"kind": Area.Kind.STREET, "street": KOSSAKA}]:
        Area.objects.create(announcement=announcement, **area)
    return announcement


UKRAINIAN = {"title": "Не буде води", "text": "Завтра з 8 до 14 не буде води.", "short_text": "Завтра 8-14 без води."}


def translate(draft, language="uk", **words) -> Translation:
    return Translation.objects.create(announcement=draft, language=language, made_of=draft.fingerprint, **{**UKRAINIAN, **words})


ALERT = {
    "kind": Announcement.Kind.ALERT, "severity": "Severe", "urgency": "Immediate", "certainty": "Observed", "category": "Infra",
}  # fmt: skip


def _waste_arguments(follower, copies):
    """Days from tomorrow on at an address of the follower's, who has a reminder and a calendar."""
    address, today = make_point(), localdate()
    schedule = Schedule.objects.create(name="Harmonogram", valid_from=today, valid_to=today + timedelta(days=90), source="umowa")
    route = Route.objects.create(schedule=schedule, area="I", building=Building.HOUSE)
    RouteAddress.objects.create(schedule=schedule, route=route, address=address)
    bio, days = Fraction.objects.get(code="bio"), [today + timedelta(days=number) for number in range(copies)]
    rows = [Collection(route=route, fraction=bio, day=day, planned_day=day, uid=uuid.uuid4()) for day in days]
    collections = Collection.objects.bulk_create(rows)
    Schedule.objects.update(published_at=TUESDAY)
    reminders = [
        Reminder.objects.create(
            follower=follower, address=address, fraction=bio, days_before=number, at=time(18), channel="email"
        )
        for number in range(copies)
    ]
    at = {"pk": address.pk}
    return {
        **dict.fromkeys(["announcements:waste_at", "announcements:waste_reminders", "announcements:waste_calendar"], at),
        "announcements:waste_missed": {**at, "collection": collections[0].pk},
        "announcements:drop_reminder": {"pk": reminders[0].pk},
        "announcements:waste_ics": {
            "token": WasteCalendar.objects.create(follower=follower, address=address, made_at=TUESDAY).token
        },
    }


def arguments_of(writer, copies=1, person=None):
    """For the guards that walk every address of the house: sent news, as many as asked for, a warning, and what is one person's own."""
    sent = [make_announcement(writer) for _number in range(copies)]
    for one in sent:
        translate(one)
    Announcement.objects.filter(pk__in=[one.pk for one in sent]).update(sent_at=TUESDAY, status=AnnouncementStatus.SENT)
    alert = make_announcement(writer, **ALERT, expires_at=TUESDAY, sent_at=TUESDAY, status=AnnouncementStatus.SENT)
    with transaction.atomic():
        upload = files.store_own(b"%PDF-1.4", name="plan.pdf")
    number = Attachment.objects.create(announcement=sent[0], file=upload, caption="Plan").pk
    follower = make_follower(person, channels=(Channel.EMAIL, Channel.SMS))
    return {
        **_waste_arguments(follower, copies),
        "announcements:announcement": {"pk": sent[0].pk},
        "announcements:cap": {"pk": alert.pk},
        "announcements:attachment": {"pk": sent[0].pk, "number": number},
        "announcements:sms_report": {"token": "nobody-knows-it"},
        "announcements:leave": {"token": follower.token, "topic": "woda"},
        "announcements:drop_place": {"pk": follower.places.get().pk},
        "announcements:ask_alive": {"pk": follower.endpoints.get(channel="email").pk},
        "announcements:alive": {"mark": signing.dumps(str(follower.pk), salt=following.ALIVE)},
        "announcements:drop_way": {"pk": follower.endpoints.get(channel="sms").pk},
    }
