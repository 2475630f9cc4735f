"""What the card tells „Co u mnie” and the roof's search. Its rows come beside the person's own."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, Func, OuterRef, QuerySet
from django.db.models.functions import JSONObject, Now
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resident_card import applications, rules
from resident_card.actions.invitations import address_mark
from resident_card.models import CardMedium, Invitation, Membership, Offer, PackageGrant, PackageType
from resident_card.statuses import MediumStatus
from residents.models import Person
from ui.agenda import AgendaItem, Beside, Kind, SearchEntry

MOST_OFFERS = 200
SOON = timedelta(days=60)  # the first of the reminders by letter (R41)
PLASTIC = {
    MediumStatus.UNPAID: gettext_lazy("Zapłać za duplikat karty"),
    MediumStatus.READY: gettext_lazy("Odbierz kartę plastikową w urzędzie"),
}


class _Hex(Func):
    """Bytes as text, for a value that travels as text."""

    template = "ENCODE(%(expressions)s, 'hex')"
    output_field = CharField()


def _columns(*, mark: str, day: date, until: date, since: datetime) -> dict[str, Any]:
    """One for each noun that has something to say."""
    asked = Invitation.objects.open().filter(expires_at__gt=Now()).annotate(mark=_Hex("email_lookup")).filter(mark=mark)
    unsettled = Membership.objects.standing().filter(person=OuterRef("pk"), role=Membership.Role.CHILD, confirmed_at__isnull=True)
    plastics = CardMedium.objects.filter(person=OuterRef("pk"), status__in=PLASTIC).order_by("made_at")
    endings = _ending(day, until).filter(person=OuterRef("pk")).order_by("valid_to")
    return {
        "invitations": ArraySubquery(asked.order_by("sent_at").values("pk")), "childhoods": ArraySubquery(unsettled.values("pk")),
        "plastics": ArraySubquery(plastics.values("status")),
        "endings": ArraySubquery(endings.values(told=JSONObject(name="package__name", on="valid_to"))),
        "applications": ArraySubquery(applications.told_of(since)),
    }  # fmt: skip


def _values(user, moment: datetime) -> dict[str, Any]:
    day = localdate(moment)
    return {"mark": address_mark(user.email).hex(), "day": day, "until": day + SOON, "since": moment - applications.RECENT}


def _rows(person: Person, told: Mapping[str, Any], moment: datetime) -> list[AgendaItem]:
    of_cards = [*map(_of_package, told["endings"]), *map(_of_plastic, told["plastics"])]
    return [*_of_family(person, told, moment), *of_cards, *map(applications.agenda_item, told["applications"])]


beside = Beside(columns=_columns, values=_values, rows=_rows)


def _ending(day, until) -> QuerySet[PackageGrant]:
    """What works now, ends by that day and is not prolonged yet. What ends with the base is told of by the base alone."""
    prolonged = PackageGrant.objects.filter(
        person=OuterRef("person"), package=OuterRef("package"), revoked_at__isnull=True, valid_from__gt=OuterRef("valid_to")
    )
    ending = PackageGrant.objects.on(day).filter(~Exists(prolonged), valid_to__lte=until)
    return ending.exclude(package__validity=PackageType.Validity.WITH_BASE)


def _of_family(person, told, moment) -> Iterator[AgendaItem]:
    for pk in told["invitations"]:
        url = reverse("resident_card:family_invitation_mine", args=[pk])
        text = _("Ktoś chce prowadzić sprawy karty także w Twoim imieniu.")
        yield AgendaItem(kind=Kind.WAITING, title=_("Zaproszenie do konta rodzinnego"), text=text, url=url, tone="warn")
    if told["childhoods"] and rules.is_adult(person, localdate(moment)):
        text = _("Powiedz, czy zostajesz w koncie rodzinnym.")
        url = reverse("resident_card:family_of_age")
        yield AgendaItem(kind=Kind.WAITING, title=_("Masz już 18 lat"), text=text, url=url, tone="warn")


def _of_package(told) -> AgendaItem:
    title = _("Kończy się %(package)s") % {"package": told["name"]}
    on = date.fromisoformat(told["on"])
    return AgendaItem(kind=Kind.DUE, title=title, url=reverse("resident_card:packages"), due_on=on)


def _of_plastic(status) -> AgendaItem:
    url = reverse("resident_card:my_card")
    return AgendaItem(kind=Kind.WAITING, title=str(PLASTIC[MediumStatus(status)]), url=url, tone="warn")


def search_entries(moment) -> list[SearchEntry]:
    return [*_pages(), *_offers(localdate(moment))]


def _pages() -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Moja karta"),
            text=_("Karta mieszkańca w telefonie i plastikowa; blokada i duplikat."),
            url=reverse("resident_card:my_card"),
            keywords="karta mieszkańca pkm kod qr numer zgubiona zablokować duplikat plastikowa telefon aplikacja",
        ),
        SearchEntry(
            title=_("Pakiety"),
            text=_("Co działa, do kiedy i o co można złożyć wniosek."),
            url=reverse("resident_card:packages"),
            keywords="pakiet mieszkańca seniora dużej rodziny przejazdy autobus bezpłatny gpszok ważność przedłużyć",
        ),
        SearchEntry(
            title=_("Karta mieszkańca"),
            text=_("Co daje karta, kto może ją mieć, wniosek przez internet."),
            url=reverse("resident_card:home"),
            keywords="karta mieszkańca wniosek złożyć wyrobić pakiet autobus zameldowanie pit zdjęcie dziecko senior duża rodzina przejazdy",
        ),
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
