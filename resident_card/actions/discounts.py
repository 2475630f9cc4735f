"""At a partner's counter: a card is looked at, a discount is counted, a mistake is taken back (R42-R48).

Whoever counts locks first the check (a double click stands in line) and then the one row of the counter (parallel scans stand in line), so
that a limit is never passed. Nothing of the holder leaves these verbs but through `discounts` and the check.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office import audit
from office.transitions import Refused
from resident_card import discounts, rules
from resident_card.discounts import MOST_CHILDREN
from resident_card.models import CardCheck, CardMedium, Membership, Offer, OfferCount, PartnerPoint, PartnerUser, Redemption
from resident_card.verification import CardRefused, Why, verify

CHECK_LIFE = timedelta(minutes=10)  # from the scan to „Zalicz”; then the card is shown again


class CheckEnded(Refused):
    """Ten minutes have passed: the photograph and the name are not shown any more, nothing is counted."""

    def __init__(self):
        super().__init__(_("Minęło 10 minut od sprawdzenia. Sprawdź kartę jeszcze raz."))


def check_card(text: str, *, point: PartnerPoint, by: User, moment: datetime) -> CardCheck:
    """Look at what was scanned or typed at the point. A phone's code is spent by this, and the holder reads in „Kto oglądał moje dane” who looked.

    The same code sent again by the same person gives the same check: a double click is no replay. Refused (Refused, CardRefused) as
    `verification.verify` says, with nothing told of anybody; and to who may not verify at the point today.
    """
    guard_may_verify(by, point, moment)
    try:
        with transaction.atomic():
            return _checked(text, point, by, moment)
    except CardRefused as refused:
        own = _own_check(text, by, moment) if refused.why == Why.SEEN else None
        if own is None:
            raise
        return own


def _checked(text, point, by, moment) -> CardCheck:
    verified = verify(text, moment=moment)
    nonce = _nonce_of(text) if verified.by_phone else ""
    check = CardCheck.objects.create(medium=verified.medium, point=point, user=by, nonce=nonce, at=moment)
    audit.record_read(
        reader=by, person=verified.medium.person_id, about=check,
        what=_("karta, imię i zdjęcie u partnera: %(point)s") % {"point": point}, purpose=_("sprawdzenie zniżki"),
    )  # fmt: skip
    return check


def _nonce_of(text) -> str:
    return text.strip().split(".")[3]


def _own_check(text, by, moment) -> CardCheck | None:
    return CardCheck.objects.of(by).filter(nonce=_nonce_of(text), at__gt=moment - CHECK_LIFE).first()


def guard_may_verify(user: User, point: PartnerPoint, moment: datetime) -> None:
    """Refused unless the account works at the point today: invited, accepted, not ended, the point open and the agreement in force."""
    if not PartnerUser.objects.of(user).working_on(localdate(moment)).filter(point=point).exists():
        raise Refused(_("Nie sprawdzasz już kart w tym punkcie. Zapytaj partnera albo urząd."))


def guard_fresh(check: CardCheck, moment: datetime) -> None:
    if moment - check.at > CHECK_LIFE:
        raise CheckEnded()


@transaction.atomic
def redeem(
    check: CardCheck, offer: Offer, *, for_holder: bool = True, children: int = 0, by: User, moment: datetime
) -> Redemption:
    """Count the discount: once for the holder, once for each small child with them (R47), on the counter of the person or the family.

    Pressed again it gives the same answer and counts nothing. Refused: after ten minutes, for a card blocked since the scan (R29), for an
    offer that is not the holder's better one here (R45), above the limit (R44), for children with who is no adult.
    """
    check = CardCheck.objects.select_for_update(of=("self",)).select_related("medium__person", "point").get(pk=check.pk, user=by)
    guard_fresh(check, moment)
    guard_may_verify(by, check.point, moment)
    key = _key_of(check, offer)
    if done := Redemption.objects.filter(point=check.point, key=key).first():
        return _same(done, offer)
    person, day = check.medium.person, localdate(moment)
    uses = _uses(person, for_holder, children, day)
    discount = _of_today(check, offer, day)
    count = _counted(discount.offer, person, uses, day) if discount.offer.limit is not None else None
    return Redemption.objects.create(
        offer=discount.offer, point=check.point, person=person, medium=check.medium, count=count, uses=uses, key=key, by=by.subject, at=moment
    )  # fmt: skip


def _key_of(check, offer) -> uuid.UUID:
    """One look at a card counts each thing once: neither a second press nor a second package adds up."""
    return uuid.uuid5(check.pk, offer.subject.casefold())


def _same(done, offer) -> Redemption:
    if done.offer_id != offer.pk:
        raise Refused(_("Na to samo zaliczono już inną zniżkę. Zniżki z różnych pakietów się nie łączą."))
    if done.reversed_at:
        raise Refused(_("Tę zniżkę już cofnięto. Aby zaliczyć ją od nowa, sprawdź kartę jeszcze raz."))
    return done


def _uses(person, for_holder, children, day) -> int:
    if not 0 <= children <= MOST_CHILDREN or not (for_holder or children):
        raise Refused(_("Wybierz, dla kogo jest zniżka."))
    if children and not rules.is_adult(person, day):
        raise Refused(_("Z dziećmi bez karty przychodzi osoba dorosła. Poproś o kartę rodzica."))
    return children + bool(for_holder)


def _of_today(check, offer, day) -> discounts.Discount:
    """As the card, the packages and the offers are now, not as they were when the page was shown (R72)."""
    medium = CardMedium.objects.select_related("person").get(pk=check.medium_id)
    found = {discount.offer.pk: discount for discount in discounts.discounts_of(medium, check.point, day)}
    if offer.pk not in found:
        raise Refused(_("Tej zniżki nie ma już dla tej karty albo należy się lepsza. Sprawdź kartę jeszcze raz."))
    return found[offer.pk]


def _counted(offer, person, uses, day) -> OfferCount:
    count = _locked_count(offer, person, day)
    left = max(offer.limit - count.used, 0)
    if uses > left:
        raise Refused(_over(left))
    OfferCount.objects.filter(pk=count.pk).update(used=F("used") + uses)
    return count


def _over(left) -> str:
    if left:
        return _("Zostało tylko %(left)d. Zmniejsz liczbę osób.") % {"left": left}
    return _("Ta zniżka jest już wykorzystana.")


def _locked_count(offer, person, day) -> OfferCount:
    """The counter's row, ours until commit. A first one of the period begins with what its people have used already on another counter:
    who founds or leaves a family account in the middle of a year gets no fresh limit (R17)."""
    holder, period = discounts.counter_of(offer, person, day)
    if not OfferCount.objects.filter(offer=offer, holder=holder, period=period).exists():
        before = {"used": _used_before(offer, person, holder, period)}
        OfferCount.objects.get_or_create(offer=offer, holder=holder, period=period, defaults=before)
    return OfferCount.objects.select_for_update().get(offer=offer, holder=holder, period=period)


def _used_before(offer, person, holder, period) -> int:
    people = Membership.objects.standing().filter(family=holder).values("person") if holder != person.pk else [person.pk]
    used = Redemption.objects.standing().filter(offer=offer, person__in=people, count__period=period)
    return min(used.aggregate(sum=Sum("uses"))["sum"] or 0, offer.limit)


@transaction.atomic
def undo(redemption: Redemption, *, by: User, moment: datetime) -> Redemption:
    """Take a mistaken use back; the counter goes back with it, exactly once, however often it is pressed (R48).

    Whoever verifies at the point may. Refused: after the minutes of the card's policy, at another point.
    """
    redemption = Redemption.objects.select_for_update(of=("self",)).select_related("point").get(pk=redemption.pk)
    guard_may_verify(by, redemption.point, moment)
    if redemption.reversed_at:
        return redemption
    minutes = rules.policy(localdate(moment)).reversal_minutes
    if moment - redemption.at > timedelta(minutes=minutes):
        raise Refused(_("Zniżkę cofa się w ciągu %(minutes)d minut. Ten czas już minął.") % {"minutes": minutes})
    redemption.reversed_at = moment
    redemption.save(update_fields=["reversed_at"])
    if redemption.count_id is not None:
        OfferCount.objects.filter(pk=redemption.count_id).update(used=F("used") - redemption.uses)
    return redemption


def forget_checks(*, moment: datetime) -> int:
    """Remove looks that can not be used any more; that somebody looked stays in the audit. Run by the night."""
    return CardCheck.objects.filter(at__lt=moment - timedelta(days=1)).delete()[0]
