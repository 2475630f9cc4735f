"""Which discounts the holder of a card has at a point today, and how much of each is left (R42-R47). Reads only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from office.transitions import Refused
from resident_card import rules
from resident_card.models import CardMedium, Membership, Offer, OfferCount, PackageGrant, PartnerPoint
from resident_card.verification import guard_active
from residents.models import Person

MOST_CHILDREN = 4  # below the age of a card, with one holder at one time


@dataclass(frozen=True)
class Discount:
    """An offer as it stands for one holder in the running period."""

    offer: Offer
    used: int

    @property
    def left(self) -> int | None:
        """None: as often as they like (Q16)."""
        return None if self.offer.limit is None else max(self.offer.limit - self.used, 0)

    @property
    def is_open(self) -> bool:
        return self.left != 0

    @property
    def worth(self) -> tuple:
        """What is open goes before what is used up, then the greater percentage; an offer without one comes last, by its title (R45)."""
        return (self.is_open, self.offer.percent or 0, self.offer.title)


class NoDiscount(Refused):
    """The card is good, and yet nothing follows from it here and today."""


NO_PACKAGE = _("Karta jest prawdziwa, ale jej pakiet stracił ważność. Mieszkaniec przedłuży go w portalu albo w urzędzie.")
NOT_YET = _("Karta jest prawdziwa, ale jej pakiet jeszcze nie obowiązuje.")
NO_PERSON = _("Ta karta nie jest już niczyja. Zatrzymaj się przy niej i zadzwoń do urzędu.")
NOT_HERE = _("Karta jest ważna, ale w tym punkcie nie ma dziś zniżki z jej pakietów.")


def discounts_of(medium: CardMedium, point: PartnerPoint, day: date) -> list[Discount]:
    """The better discount on each thing that this card gives at the point on the day, those used up included.

    Refused (CardRefused) for a card that is not active any more, and (NoDiscount) when its person or packages give nothing here. The
    medium has to be read just now: a card blocked a second ago gives nothing.
    """
    guard_active(medium)
    person = medium.person
    if person.merged_into_id:
        raise NoDiscount(NO_PERSON)
    given = PackageGrant.objects.effective_on(day).filter(person=person).values("package")
    found = better_ones(as_they_stand(open_at(point, day).filter(package__in=given), person, day))
    if not found:
        raise NoDiscount(_why_nothing(person, day))
    return found


def _why_nothing(person, day):
    if rules.packages_of(person, day):
        return NOT_HERE
    begins_later = PackageGrant.objects.filter(person=person, valid_from__gt=day, revoked_at__isnull=True).exists()
    return NOT_YET if begins_later else NO_PACKAGE


def open_at(point: PartnerPoint, day: date) -> QuerySet[Offer]:
    """Offers in force at the point; none at a point that does not work (R42)."""
    return Offer.objects.open_on(day).filter(points=point, points__is_active=True)


def better_ones(discounts: list[Discount]) -> list[Discount]:
    """Packages never add up: of those on the same thing the better one that is not used up (R45)."""
    best: dict[str, Discount] = {}
    for discount in sorted(discounts, key=lambda one: one.worth):
        best[discount.offer.subject.casefold()] = discount
    return sorted(best.values(), key=lambda one: one.offer.subject)


def as_they_stand(offers: QuerySet[Offer], person: Person, day: date) -> list[Discount]:
    """The offers with what the person, or their family, has used of each in the running period; in three queries at most."""
    found = list(offers)
    counters = {offer.pk: counter_of(offer, person, day) for offer in found if offer.limit is not None}
    wanted = Q(pk__in=[])
    for offer, (holder, period) in counters.items():
        wanted |= Q(offer=offer, holder=holder, period=period)
    used = dict(OfferCount.objects.filter(wanted).values_list("offer", "used")) if counters else {}
    return [Discount(offer, used.get(offer.pk, 0)) for offer in found]


def counter_of(offer: Offer, person: Person, day: date) -> tuple[UUID, date]:
    """On whose counter, and of which period, the offer is counted: the row that is locked (R44)."""
    family = family_id_of(person) if offer.limit_per == Offer.Per.FAMILY else None
    return family or person.pk, period_of(offer, day)


def period_of(offer: Offer, day: date) -> date:
    """The first day of the running period, in the town's calendar; of an offer that is good once, its own first day."""
    first = {
        Offer.Period.DAY: day,
        Offer.Period.MONTH: day.replace(day=1),
        Offer.Period.YEAR: day.replace(month=1, day=1),
        Offer.Period.ONCE: offer.valid_from,
    }
    return first[Offer.Period(offer.limit_period)]


def family_id_of(person: Person) -> UUID | None:
    """The family account on which the person counts: a child at once, an adult from their own yes (R15)."""
    belongs = Q(role=Membership.Role.CHILD) | Q(confirmed_at__isnull=False)
    return Membership.objects.standing().filter(belongs, person=person).values_list("family", flat=True).first()
