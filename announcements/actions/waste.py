"""The verbs of a timetable: taken in from files, published, one day moved or cancelled; and what was not collected."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from announcements import fan_out, timetable
from announcements.actions.following import WASTE, follower_of
from announcements.audience import due_at, leave_url
from announcements.languages import FURTHER
from announcements.models import (
    Choice,
    Collection,
    CollectionChange,
    Endpoint,
    MissedCollection,
    Place,
    Reminder,
    Route,
    RouteAddress,
    Schedule,
    Topic,
)
from announcements.waste_words import WORDS
from office import sheets
from office.models import Urgency
from office.transitions import Refused

CHANGED = "announcements/collection_changed"
NAMESPACE = uuid.UUID("6f4d5a0e-8f0b-4c57-9f0e-2c1f4b6f2a77")  # ours; of it the uids of days are made
REPORT_DAYS = timedelta(days=7)  # how long after its day a missed collection may be told


@transaction.atomic
def load(schedule, *, addresses: bytes, days: bytes, by, moment) -> None:
    """Lay down what two files say, in place of what the draft held. Refused with every wrong row, nothing kept then; and once published."""
    schedule = Schedule.objects.select_for_update().get(pk=schedule.pk)
    if schedule.published_at:
        raise Refused(_("Ogłoszonego harmonogramu się nie podmienia. Dodaj nowy i ogłoś go: zastąpi ten."))
    found = timetable.read(addresses, days, schedule)
    if found.errors:
        raise Refused(sheets.in_words(found.errors))
    schedule.routes.all().delete()
    routes = {key: Route(schedule=schedule, area=key[0], building=key[1]) for key in sorted(found.days)}
    Route.objects.bulk_create(routes.values())
    RouteAddress.objects.bulk_create(
        RouteAddress(schedule=schedule, route=route, address_id=address)
        for key, route in routes.items()
        for address in found.addresses[key]
    )
    Collection.objects.bulk_create(
        _collection(route, fraction, day) for key, route in routes.items() for fraction, day in found.days[key]
    )


def _collection(route, fraction, day):
    uid = uuid.uuid5(NAMESPACE, f"{route.area}|{route.building}|{fraction.code}|{day.isoformat()}")
    return Collection(route=route, fraction=fraction, planned_day=day, day=day, uid=uid)


@transaction.atomic
def publish(schedule, *, by, moment) -> None:
    """From now on it holds for its days, at once for everybody; calendars keep the events that they know. Refused while it is empty."""
    schedule = Schedule.objects.select_for_update().get(pk=schedule.pk)
    if schedule.published_at:
        raise Refused(_("Ten harmonogram jest już ogłoszony."))
    if not schedule.routes.exists():
        raise Refused(_("Najpierw wczytaj pliki z adresami i terminami."))
    mine = list(Collection.objects.filter(route__schedule=schedule))
    known = Collection.objects.filter(route__schedule__published_at__isnull=False, uid__in=[one.uid for one in mine])
    before = dict(known.values("uid").annotate(last=Max("sequence")).values_list("uid", "last"))
    for one in mine:
        one.sequence = before[one.uid] + 1 if one.uid in before else 0
    Collection.objects.bulk_update([one for one in mine if one.sequence], ["sequence"], batch_size=1000)
    schedule.published_at = moment
    schedule.save(update_fields=["published_at"])


@transaction.atomic
def move_day(collection, *, day, reason, by, moment) -> CollectionChange:
    """The fraction is taken on another day. Everybody at the addresses of the route who asked to be told is told, each way once.

    Refused for what is over or cancelled, for a day that has passed, and for the day that it has.
    """
    collection = _open(collection, moment)
    if day < localdate(moment):
        raise Refused(_("Ten dzień już minął."))
    if day == collection.day:
        raise Refused(_("Odbiór jest już w tym dniu."))
    return _change(collection, day, reason, by, moment)


@transaction.atomic
def cancel_day(collection, *, reason, by, moment) -> CollectionChange:
    """Nobody comes that day, and no other day is known. Told as a move is."""
    return _change(_open(collection, moment), None, reason, by, moment)


def _open(collection, moment):
    collection = Collection.objects.select_for_update(of=("self",)).select_related("route", "fraction").get(pk=collection.pk)
    if collection.cancelled_at or collection.day < localdate(moment):
        raise Refused(_("Ten odbiór jest odwołany albo już minął."))
    return collection


def _change(collection, day, reason, by, moment):
    if not reason.strip():
        raise Refused(_("Napisz powód: zobaczą go mieszkańcy."))
    change = CollectionChange.objects.create(
        collection=collection, from_day=collection.day, to_day=day, reason=reason[:200], by=by.subject, at=moment
    )
    collection.cancelled_at = None if day else moment
    collection.day, collection.change_reason, collection.sequence = day or collection.day, reason[:200], collection.sequence + 1
    collection.save(update_fields=["day", "cancelled_at", "change_reason", "sequence"])
    change.audience = _tell(change, moment)
    change.save(update_fields=["audience"])
    return change


def _tell(change, moment) -> int:
    topic = Topic.objects.get(code=WASTE)
    return fan_out.freeze(
        concerned_by(change.collection, topic), about=change, event=CHANGED, urgency=Urgency.NEWS, due=due_at(moment),
        way_out=leave_url(*fan_out.leave_path(topic)), moment=moment, languages=FURTHER.keys(),
        body=lambda channel, language: _body(change, topic, channel, WORDS[language]),
    )  # fmt: skip


def concerned_by(collection, topic):
    """Ways of those who set a reminder of the fraction at an address of the route, or follow waste and one of these addresses."""
    addresses = RouteAddress.objects.filter(route=collection.route).values("address")
    of_follower, on_channel = {"follower": OuterRef("follower")}, {"channel": OuterRef("channel")}
    reminded = Reminder.objects.filter(**of_follower, **on_channel, fraction=collection.fraction, address__in=addresses)
    chosen = Choice.objects.filter(**of_follower, **on_channel, topic=topic)
    placed = Place.objects.filter(**of_follower, kind=Place.Kind.ADDRESS, address__in=addresses)
    return Endpoint.objects.reachable().filter(Q(Exists(reminded)) | Q(Exists(chosen), Exists(placed)))


def _body(change, topic, channel, words):
    fraction = words.names([change.collection.fraction])
    told = {"fraction": fraction, "old": words.long(change.from_day), "new": change.to_day and words.long(change.to_day)}
    title, short = (words.moved_title, words.moved) if change.to_day else (words.cancelled_title, words.cancelled)
    title, short = title.format(**told), short.format(**told)
    return fan_out.write(
        channel, title=title, template="emails/announcements/waste.txt", path=reverse("announcements:waste"), tag=str(change.pk),
        short=short, sms=short, text=short, language=words.code, **words.around(topic, change.reason),
    )  # fmt: skip


@transaction.atomic
def report_missed(collection, *, address, person, moment) -> tuple[MissedCollection, bool]:
    """One tap: nobody came for it. True when it is new: neighbours of the house who tap as well find it told.

    Refused for an address that is not among the person's places, and for a day to come or more than a week ago.
    """
    today = localdate(moment)
    if collection.cancelled_at or not today - REPORT_DAYS <= collection.day <= today:
        raise Refused(_("Zgłosić można odbiór z dziś i z ostatnich siedmiu dni."))
    if not follower_of(person, moment=moment).places.filter(address=address).exists():
        raise Refused(_("Dodaj najpierw ten adres do swoich miejsc w „Moich komunikatach”."))
    return MissedCollection.objects.get_or_create(
        collection=collection, address=address, defaults={"person": person, "reported_at": moment}
    )


@transaction.atomic
def settle(missed, *, outcome, by, moment) -> None:
    """The operator says what was done. Refused when somebody has said so already."""
    open_ones = MissedCollection.objects.filter(pk=missed.pk, settled_at=None)
    if not open_ones.update(settled_at=moment, outcome=outcome[:300]):
        raise Refused(_("To zgłoszenie jest już załatwione."))
