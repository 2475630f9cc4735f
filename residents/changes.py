"""Who changed a person's record and which of its fields, told to that person in plain words (S58). Never the values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from residents.models import Person

MOST = 200  # changes looked at, the newest
# Compared column by column; a PESEL by its look-up, for its cipher is new each time it is written and when keys rotate.
FIELDS = {
    "first_name": gettext_lazy("imię"),
    "last_name": gettext_lazy("nazwisko"),
    "pesel_lookup": gettext_lazy("numer PESEL"),
    "pesel_seen_at": gettext_lazy("sprawdzenie numeru PESEL z dokumentem"),
    "born_on": gettext_lazy("data urodzenia"),
    "email": gettext_lazy("e-mail do kontaktu"),
    "phone": gettext_lazy("telefon"),
    "mail_address": gettext_lazy("adres do korespondencji"),
    "account_id": gettext_lazy("połączenie z kontem"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    at: datetime
    who: str
    what: str


def of_person(person: Person, *, owner: User) -> list[Change]:
    """From the rows that the database itself wrote at each change, the newest first. Two queries however many there are."""
    model: Any = Person.pgh_event_model  # type: ignore[attr-defined]
    events = model.objects.filter(pgh_obj=person.pk).select_related("pgh_context").order_by("-pgh_id")[: MOST + 1]
    rows = [*events, *([None] if len(events) <= MOST else [])]
    people = _people(event for event in rows if event)
    changes = ((new, _what(old, new)) for new, old in pairwise(rows))
    return [Change(at=new.pgh_created_at, who=_who(new, people, owner), what=what) for new, what in changes if what]


def _what(old, new) -> str:
    """The names of the fields that differ; empty when only the town's own columns did."""
    if old is None:
        return _("wpis do kartoteki")
    return ", ".join(str(words) for name, words in FIELDS.items() if getattr(old, name) != getattr(new, name))


def _people(events: Iterable[Any]) -> dict[int, User]:
    numbers = {number for number in map(_actor, events) if number is not None}
    return {user.pk: user for user in User.objects.filter(pk__in=numbers)}


def _actor(event) -> int | None:
    """The account in whose request it happened; None for a task or a command."""
    return (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None


def _who(event, people: dict[int, User], owner: User) -> str:
    """The owner, or the office by its post: a change is the town's, whoever held the pen."""
    actor = people.get(_actor(event) or 0)
    if actor == owner:
        return _("Ty")
    if actor is None:
        return _("portal, bez udziału pracownika") if not _actor(event) else _("urząd")
    return _("urząd: %(position)s") % {"position": actor.position} if actor.position else _("urząd")
