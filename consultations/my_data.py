"""What consultations know of a person by name: letters with remarks, paper forms not yet counted, addresses that follow (GDPR art. 15, 17).

Votes are not here and can not be: a ballot is tied to nobody, and that somebody took part is a mark that only the key of the
consultation could compare (decision 0010). Telling a person "you voted" would need the very link that the box is built without.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consultations import drafts
from consultations.actions.followers import email_mark
from consultations.models import Follower, Instrument, PaperForm, Remark, RemarkFile, Voice
from consultations.statuses import ConsultationStatus
from residents.models import Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
RECORD = (
    "Pismo z uwagami należy do dokumentacji konsultacji albo planu, którą urząd przechowuje według klasy JRWA "
    "(ustawa o planowaniu i zagospodarowaniu przestrzennym, do potwierdzenia)."
)  # fmt: skip


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    letters = Remark.objects.filter(person=person).order_by("received_at")
    yield Held(
        title=_("Pisma z uwagami"), rows=letters, stays=_(RECORD), names=True,
        columns=("instrument__consultation__title", "registry_number", "author", "letter", "channel", "received_at", "is_late"),
        labels={"instrument__consultation__title": _("konsultacje")},
    )  # fmt: skip
    yield Held(
        title=_("Załączniki pism z uwagami"), rows=RemarkFile.objects.filter(remark__in=letters), stays=_(RECORD), names=True, file="file",
        columns=("file__name", "is_scan"),
    )  # fmt: skip
    yield Held(
        title=_("Moje uwagi i stanowisko urzędu"), rows=Voice.objects.filter(remark__in=letters), stays=_(RECORD), names=True,
        columns=("consultation__title", "original", "public_text", "status", "ruling__outcome", "ruling__reasons"),
        labels={"ruling__outcome": _("rozstrzygnięcie"), "ruling__reasons": _("uzasadnienie")},
    )  # fmt: skip
    yield Held(
        title=_("Formularze papierowe, których jeszcze nie policzono"), rows=PaperForm.objects.filter(person=person), stays=_(RECORD), names=True,
        columns=("consultation__title", "registry_number", "particulars", "received_on", "status", "defect"),
    )  # fmt: skip
    yield Held(
        title=_("Konsultacje, o których piszemy na mój adres"), rows=follows(person), kept="follower", columns=("consultation__title", "email", "asked_at", "confirmed_at"),
        labels={"consultation__title": _("konsultacje"), "email": _("adres"), "asked_at": _("od"), "confirmed_at": _("potwierdzono")},
    )  # fmt: skip


def follows(person: Person):
    """By the address: who follows needs no account. Only of an address that the person has proved to be theirs."""
    return Follower.objects.filter(email_lookup=email_mark(person.account.email) if person.account_id else b"")


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Addresses that follow and answers begun and not sent. What was voted stays: nobody could find it."""
    follows(person).delete()
    if person.account_id:
        holder = drafts.Holder(subject=str(person.account.subject))
        collecting = Instrument.objects.filter(
            consultation__status__in=[ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED]
        )
        for instrument in collecting.filter(drafts__isnull=False).distinct():
            drafts.forget(instrument, holder)
