"""What the card knows of a person: applications, photo, cards, packages, family account, discounts (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from resident_card.actions import endings
from resident_card.models import (
    Application,
    ApplicationFile,
    Basis,
    CardCheck,
    CardMedium,
    FamilyAct,
    Invitation,
    Membership,
    OfferCount,
    PackageGrant,
    PackageNotice,
    PartnerUser,
    Photo,
    PlasticOrder,
    Redemption,
    SeenCode,
)
from residents.models import Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
EMPTIED = "Zostaje numer i daty bez treści, bez dokumentów i bez zdjęcia, bo żaden numer nie może być wydany drugi raz."
COUNTED = "Zostaje liczba użyć do rozliczenia z partnerem; w samym zapisie nie ma Twojego nazwiska."
OF_FAMILY = "Zostaje data w koncie rodzinnym, do którego należą też inni; w samym zapisie nie ma Twojego nazwiska."


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    yield from _applications(person)
    yield from _cards(person)
    yield from _family(person)
    yield from _discounts(person)


def _applications(person: Person) -> Iterator[Held]:
    mine = Application.objects.filter(Q(person=person) | Q(applicant=person))
    yield Held(
        title=_("Szkice wniosków o kartę"), rows=mine.filter(status="draft"), kept="card_draft",
        columns=("package__name", "details", "started_at", "saved_at"),
    )  # fmt: skip
    yield Held(
        title=_("Wnioski o kartę"), rows=mine.exclude(status="draft"), kept="card_application", stays=_(EMPTIED),
        columns=("mark", "package__name", "person", "details", "status", "submitted_at", "decided_at", "decision_reason", "correction"),
        labels={"person": _("oznaczenie osoby")},
    )  # fmt: skip
    yield Held(
        title=_("Podstawy wniosków"), rows=Basis.objects.filter(application__in=mine), kept="card_application", stays=_(EMPTIED),
        columns=("application__mark", "kind", "tax_form", "tax_year", "valid_from", "valid_to", "confirmed_on"),
    )  # fmt: skip
    papers = ApplicationFile.objects.filter(application__in=mine, file__isnull=False)
    yield Held(
        title=_("Dokumenty do wniosków"), rows=papers, kept="card_document", file="file",
        columns=("application__mark", "basis", "file__name", "flaw"),
    )  # fmt: skip
    yield Held(
        title=_("Zdjęcia do karty"), rows=Photo.objects.filter(person=person), file="file",
        columns=("status", "failed_rule", "sent_at", "reviewed_at"),
    )  # fmt: skip


def _cards(person: Person) -> Iterator[Held]:
    yield Held(
        title=_("Karty"), rows=CardMedium.objects.filter(person=person), stays=_(EMPTIED), also=(SeenCode,),
        columns=("kind", "number", "status", "device", "made_at", "activated_at", "ended_at", "end_reason"),
    )  # fmt: skip
    yield Held(
        title=_("Zamówienia kart plastikowych"), rows=PlasticOrder.objects.filter(medium__person=person), stays=_(EMPTIED),
        columns=("medium__number", "reason", "ordered_at", "collected_at", "collected_by", "shown"),
    )  # fmt: skip
    yield Held(
        title=_("Pakiety"), rows=PackageGrant.objects.filter(person=person), stays=_(EMPTIED), also=(PackageNotice,),
        columns=("package__name", "valid_from", "valid_to", "granted_at", "revoked_at", "revoked_reason"),
    )  # fmt: skip


def _family(person: Person) -> Iterator[Held]:
    yield Held(
        title=_("Konto rodzinne"), rows=Membership.objects.filter(person=person), stays=_(OF_FAMILY),
        columns=("role", "role_reason", "joined_at", "confirmed_at", "left_at"),
    )  # fmt: skip
    yield Held(
        title=_("Zaproszenia do konta rodzinnego"), rows=Invitation.objects.filter(person=person), columns=("email", "sent_at", "expires_at", "status"),
        labels={"email": _("adres e-mail")},
    )  # fmt: skip
    yield Held(title=_("Co zrobiono w moim imieniu"), rows=FamilyAct.objects.filter(person=person), columns=("what", "at"))
    yield Held(
        title=_("Co zrobiono w imieniu innych na koncie rodzinnym"), rows=FamilyAct.objects.filter(actor=person).exclude(person=person),
        columns=("what", "at"), stays=_("To zapis dla osoby, w której imieniu działano. W samym zapisie nie ma Twojego nazwiska."),
    )  # fmt: skip


def _discounts(person: Person) -> Iterator[Held]:
    yield Held(
        title=_("Użyte zniżki"), rows=Redemption.objects.filter(person=person), kept="card_redemption", stays=_(COUNTED),
        columns=("offer__title", "point__name", "uses", "at", "reversed_at"),
    )  # fmt: skip
    yield Held(
        title=_("Liczniki zniżek"), rows=OfferCount.objects.filter(holder=person.pk), kept="card_redemption", stays=_(COUNTED),
        columns=("offer__title", "period", "used"), labels={"period": _("od dnia"), "used": _("użyto")},
    )  # fmt: skip
    account = person.account_id
    yield Held(
        title=_("Sprawdzanie kart u partnera"), rows=PartnerUser.objects.filter(user=account).exclude(user=None),
        columns=("point__name", "email", "invited_at", "accepted_at", "valid_to"),
    )  # fmt: skip
    yield Held(
        title=_("Karty, które właśnie sprawdzam"), rows=CardCheck.objects.filter(user=account), columns=("at", "point__name"),
        labels={"at": _("kiedy"), "point__name": _("punkt")},
    )  # fmt: skip


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Refused while minors of the family account would stay without anybody (R18)."""
    endings.forget_owner(person, by=by, moment=moment)
