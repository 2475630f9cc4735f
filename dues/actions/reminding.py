"""Reminders of days, to whom consented, so many days ahead as each of them likes, once for an instalment and a channel."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from dues.models import Instalment, PayerLink, Preference, Reminder, with_postings
from dues.models.reminders import USUAL_LEAD, new_token
from office.models import Channel
from office.outbox import post
from residents.models import Consent, Person

PURPOSE = "przypomnienia-o-naleznosciach"
LONGEST_LEAD = 60


def preference_of(person: Person) -> Preference:
    """The person's own, made when it is first asked for."""
    return Preference.objects.get_or_create(person=person)[0]


@transaction.atomic
def set_lead(person: Person, *, days: int) -> None:
    Preference.objects.update_or_create(person=person, defaults={"lead_days": days})


@transaction.atomic
def new_address(person: Person) -> Preference:
    """The calendar's old address opens nothing any more."""
    return Preference.objects.update_or_create(person=person, defaults={"token": new_token()})[0]


def remind_all(*, moment: datetime) -> int:
    """Every reminder whose day has come and that was not sent. Safe to repeat; missed days are caught up until the term. Returns how many."""
    return sum(_remind(person, channel, localdate(moment), moment) for person, channel in _consenting())


def _consenting() -> Iterator[tuple[Person, str]]:
    linked = PayerLink.objects.standing().values("person")
    consents = Consent.objects.standing().filter(purpose=PURPOSE, person__in=linked).select_related("person__account")
    for consent in consents.order_by("person", "channel").iterator(chunk_size=500):
        yield consent.person, consent.channel


@transaction.atomic
def _remind(person: Person, channel: str, day: date, moment: datetime) -> int:
    """One letter for all instalments of this person that are due for one; none when there is no address for the channel.

    Two sweeps at the same moment stand in line for the person; `dues_reminded_once` is the second guard.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    to = _address(person, channel)
    waiting = [one for one in _due_soon(person, day) if not _was_told(one, person, channel)] if to else []
    told = Reminder.objects.bulk_create([Reminder(instalment=one, person=person, channel=channel, at=moment) for one in waiting])
    if told:
        post(event="dues/reminder", to=to, channel=channel, context={"path": reverse("dues:mine")}, recipient=person.pk)
    return len(told)


def _due_soon(person: Person, day: date) -> list[Instalment]:
    chosen = Preference.objects.filter(person=person).values_list("lead_days", flat=True).first()
    until = day + timedelta(days=min(chosen or USUAL_LEAD, LONGEST_LEAD))
    mine = Instalment.objects.filter(liability__payer__links__person=person, liability__payer__links__ended_at=None)
    open_still = Q(paid_principal_grosze__lt=F("principal_grosze") - F("pending_principal"))
    return list(with_postings(mine.filter(due_on__gte=day, due_on__lte=until)).filter(open_still))


def _was_told(instalment: Instalment, person: Person, channel: str) -> bool:
    return Reminder.objects.filter(instalment=instalment, person=person, channel=channel).exists()


def _address(person: Person, channel: str) -> str:
    if channel == Channel.EMAIL:
        return person.account.email if person.account_id else person.email
    return person.phone if channel == Channel.SMS else ""
