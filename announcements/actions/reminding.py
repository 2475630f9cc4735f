"""A person's reminders of waste and the secret address of their calendar; and the sending of what is due."""

from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Exists, F, Func, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from announcements import fan_out, ways
from announcements.actions.following import WASTE, keep_consents
from announcements.models import Collection, Endpoint, Reminder, ReminderSent, Topic, WasteCalendar
from announcements.models.followers import new_token
from announcements.models.waste import MOST_DAYS_BEFORE
from announcements.waste_words import WORDS
from office import bell
from office.models import Message, Urgency
from office.outbox import RELAY
from office.transitions import Refused

REMINDER = "announcements/reminder"
MOST_REMINDERS = 60
LATE = timedelta(hours=3)  # a reminder later than this is none
BATCH = 1000


@transaction.atomic
def add_reminders(follower, *, address, fractions, days_before: int, at, channel: str, moment) -> None:
    """One for each fraction; the same twice is once. Refused beyond sixty, and on a channel that is not confirmed."""
    if not follower.endpoints.reachable().filter(channel=channel).exists():
        raise Refused(_("Najpierw potwierdź numer telefonu albo włącz powiadomienia w tej przeglądarce."))
    if follower.reminders.count() + len(fractions) > MOST_REMINDERS:
        raise Refused(_("To już bardzo dużo przypomnień. Usuń najpierw niepotrzebne."))
    for fraction in fractions:
        Reminder.objects.get_or_create(
            follower=follower, address=address, fraction=fraction, days_before=days_before, at=at, channel=channel
        )
    keep_consents(follower, moment)


@transaction.atomic
def drop_reminder(reminder, *, moment) -> None:
    reminder.delete()
    keep_consents(reminder.follower, moment)


@transaction.atomic
def make_calendar(follower, *, address, moment) -> WasteCalendar:
    """A new secret address. Who had the old one reads nothing any more."""
    calendar, _made = WasteCalendar.objects.update_or_create(
        follower=follower, address=address, defaults={"token": new_token(), "made_at": moment}
    )
    return calendar


def remind_due(*, moment) -> int:
    """Queue every reminder whose hour has come, in batches. Of two workers at once one finds the work done. Returns how many reminders."""
    told = 0
    ways.follow_accounts()
    try:
        while batch := _remind_batch(moment):
            told += batch
    except IntegrityError:  # another worker was at the same batch: what it sent is sent, the rest comes with the next sweep
        pass
    return told


@transaction.atomic
def _remind_batch(moment) -> int:
    """Marks and messages in one transaction: a worker that dies leaves neither."""
    due = list(due_reminders(moment)[:BATCH])
    ReminderSent.objects.bulk_create(ReminderSent(reminder_id=pk, day=day, at=moment) for pk, day in due)
    if due:
        _queue(due, moment)
        bell.ring_on_commit(RELAY)
    return len(due)


def due_reminders(moment):
    """(reminder, day) whose hour has come in Warsaw, within LATE, and that were not sent. A day moved is reminded of anew."""
    today, theirs = localdate(moment), "route__addresses__address__waste_reminders"
    hour = Func(
        F("day") - F(f"{theirs}__days_before"), F(f"{theirs}__at"), arg_joiner=" + ",
        template="((%(expressions)s) AT TIME ZONE 'Europe/Warsaw')", output_field=DateTimeField(),
    )  # fmt: skip
    days = Collection.objects.in_force().standing().filter(day__range=(today, today + timedelta(days=MOST_DAYS_BEFORE + 1)))
    asked = days.filter(**{f"{theirs}__fraction": F("fraction")}).annotate(reminder=F(theirs), hour=hour)
    sent = ReminderSent.objects.filter(reminder=OuterRef("reminder"), day=OuterRef("day"))
    due = asked.filter(hour__gt=moment - LATE, hour__lte=moment).exclude(Exists(sent))
    return due.order_by("reminder", "day").values_list("reminder", "day").distinct()


def _queue(due, moment):
    """One message a way of delivery, address and day, however many fractions are taken."""
    reminders = Reminder.objects.select_related("address", "fraction", "follower").in_bulk([pk for pk, _day in due])
    together = defaultdict(list)
    for pk, day in due:
        one = reminders[pk]
        together[one.follower, one.channel, one.address, day].append(one.fraction)
    ways = defaultdict(list)
    for way in Endpoint.objects.reachable().filter(follower__in={key[0] for key in together}):
        ways[way.follower_id, way.channel].append(way)
    topic, bodies = Topic.objects.get(code=WASTE), {}
    before, after = fan_out.leave_path(topic)
    Message.objects.bulk_create(
        Message(
            channel=channel, address=way.address, event=REMINDER, endpoint=way.pk, urgency=Urgency.LETTER, next_attempt_at=moment,
            leave_url=f"{before}{follower.token}{after}", recipient=follower.person_id,
            body=_body(bodies, channel, address, day, fractions, topic, localdate(moment), WORDS[follower.language]),
        )
        for (follower, channel, address, day), fractions in together.items() for way in ways[follower.pk, channel]
    )  # fmt: skip


def _body(bodies, channel, address, day, fractions, topic, today, words):
    """The same text of one house is written once for each language that somebody there reads."""
    names = words.names(sorted(set(fractions), key=lambda one: one.order))
    key = channel, address.pk, day, names, words.code
    if key not in bodies:
        told = {"names": names, "when": words.when((day - today).days), "day": words.long(day), "address": address}
        short = words.text.format(**told)
        bodies[key] = fan_out.write(
            channel, title=words.title.format(**told), text=short, short=short, sms=short, language=words.code,
            template="emails/announcements/waste.txt", path=reverse("announcements:waste_at", args=[address.pk]),
            tag=f"odpady-{address.pk}-{day}", **words.around(topic),
        )  # fmt: skip
    return bodies[key]
