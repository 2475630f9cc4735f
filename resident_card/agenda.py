"""What the card tells „Co u mnie” and the roof's search. All rows of the room come from one query: `_told` (the page's ceiling is 8)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Func, OuterRef, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.compiled import compiled
from resident_card import rules
from resident_card.actions.invitations import address_mark
from resident_card.models import Invitation, Membership, Offer
from residents.models import Person
from ui.agenda import AgendaItem, Kind, SearchEntry

MOST_OFFERS = 200


class _Hex(Func):
    """Bytes as text, for a value that travels as text."""

    template = "ENCODE(%(expressions)s, 'hex')"
    output_field = CharField()


def agenda(person: Person, moment: datetime) -> list[AgendaItem]:
    mark = address_mark(person.account.email).hex() if person.account else ""
    told = next(_told(person=person.pk, mark=mark))
    return [*_of_family(person, told, moment)]


@compiled
def _told(*, person: UUID, mark: str) -> QuerySet[Person]:
    """The person's row with one column for each noun that has something to say."""
    asked = Invitation.objects.open().filter(expires_at__gt=Now()).annotate(mark=_Hex("email_lookup")).filter(mark=mark)
    unsettled = Membership.objects.standing().filter(person=OuterRef("pk"), role=Membership.Role.CHILD, confirmed_at__isnull=True)
    return Person.objects.filter(pk=person).only("pk").annotate(
        invitations=ArraySubquery(asked.order_by("sent_at").values("pk")), childhoods=ArraySubquery(unsettled.values("pk"))
    )  # fmt: skip


def _of_family(person, told, moment) -> Iterator[AgendaItem]:
    for pk in told.invitations:
        url = reverse("resident_card:family_invitation_mine", args=[pk])
        text = _("Ktoś chce prowadzić sprawy karty także w Twoim imieniu.")
        yield AgendaItem(kind=Kind.WAITING, title=_("Zaproszenie do konta rodzinnego"), text=text, url=url, tone="warn")
    if told.childhoods and rules.is_adult(person, localdate(moment)):
        text = _("Powiedz, czy zostajesz w koncie rodzinnym.")
        url = reverse("resident_card:family_of_age")
        yield AgendaItem(kind=Kind.WAITING, title=_("Masz już 18 lat"), text=text, url=url, tone="warn")


def search_entries(moment) -> list[SearchEntry]:
    return [*_pages(), *_offers(localdate(moment))]


def _pages() -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Zniżki z Kartą mieszkańca"),
            text=_("Gdzie pokazać kartę i ile to daje."),
            url=reverse("resident_card:offers"),
            keywords="zniżka rabat taniej partner basen kino bilet karta mieszkańca seniora dużej rodziny",
        ),
        SearchEntry(
            title=_("Moje użyte zniżki"),
            text=_("Kiedy, gdzie i co było użyte; ile jeszcze zostało."),
            url=reverse("resident_card:used_discounts"),
            keywords="zniżka historia limit licznik rodzina karta",
        ),
        SearchEntry(
            title=_("Sprawdź kartę"),
            text=_("Dla partnerów, którzy przyjmują Kartę mieszkańca."),
            url=reverse("resident_card:verifying"),
            keywords="partner kasa skaner ważność weryfikacja czytnik",
        ),
        SearchEntry(
            title=_("Rodzina"),
            text=_("Konto rodzinne Karty mieszkańca: kto należy, zaproszenia, zgody."),
            url=reverse("resident_card:family"),
            keywords="konto rodzinne dziecko małżonek zaproszenie odłączyć pełnoletność",
        ),
    ]


def _offers(day) -> list[SearchEntry]:
    """Each discount by its own words, in one query."""
    found = Offer.objects.open_on(day).filter(points__is_active=True).select_related("partner").distinct()
    return [
        SearchEntry(
            title=str(offer),
            text=offer.partner.name,
            url=reverse("resident_card:offer", args=[offer.pk]),
            keywords=offer.category,
        )
        for offer in found[:MOST_OFFERS]
    ]
