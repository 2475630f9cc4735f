"""What the post room holds on a person: letters sent to them, who looked at their data (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office import files
from office.models import AcceptedRequest, MailboxItem, Message, MessageBody, PersonalDataRead, StoredFile
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}


def my_data(person: Any, moment: datetime) -> Iterator[Held]:
    yield Held(
        title=_("Listy wysłane do mnie"), rows=letters_to(person), kept="sent_message", also=(MessageBody,),
        columns=("channel", "address", "subject", "text", "state", "created_at", "sent_at"),
    )  # fmt: skip
    yield Held(
        title=_("Kto oglądał moje dane"), rows=PersonalDataRead.objects.filter(person=person.pk).order_by("-at"),
        columns=("at", "what", "purpose"),
        stays=_("Zapis odczytów jest dowodem, że urząd chronił dane. Nie ma w nim danych, tylko oznaczenie bez nazwiska."),
    )  # fmt: skip
    yield Held(
        title=_("Pliki, które wniesiono z tego konta i które do niczego już nie należą"), rows=loose_files(person), kept="upload",
        columns=("name", "size", "created_at"),
    )  # fmt: skip
    yield Held(  # nothing of what was sent, only that a form was not sent twice
        title=_("Ślady wysłanych formularzy"), rows=AcceptedRequest.objects.filter(actor=_subject(person)), kept="request_key",
        columns=("at",), labels={"at": _("kiedy")},
    )  # fmt: skip


def letters_to(person: Any):
    """Told by the post room's own marks, and by the addresses that are this person's."""
    addresses = {address for address in (person.email, person.account.email if person.account_id else "") if address}
    mine = Q(recipient__in=[one for one in (person.pk, _subject(person)) if one]) | Q(address__in=addresses)
    return Message.objects.filter(mine).order_by("-created_at")


def loose_files(person: Any):
    return StoredFile.objects.unattached().filter(owner=_subject(person)).exclude(owner=None)


def _subject(person):
    return person.account.subject if person.account_id else None


@transaction.atomic
def forget(person: Any, *, by: Any, moment: datetime) -> None:
    """Letters, uploads that belong to nothing, and the person's name in the titles of the desk's own log."""
    letters = letters_to(person)
    MailboxItem.objects.filter(address__in=letters.values("address")).delete()
    letters.delete()
    AcceptedRequest.objects.filter(actor=_subject(person)).delete()
    for stored in loose_files(person):
        files.remove(stored)
    LogEntry.objects.filter(object_repr__contains=str(person)).update(object_repr=_("(dane usunięte)"))
