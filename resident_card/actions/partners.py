"""The card manager's verbs: who verifies at which point, and offers that change from a day on. What was used is never edited away."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.outbox import post
from office.transitions import Refused
from resident_card.models import Offer, Partner, PartnerPoint, PartnerUser


@transaction.atomic
def invite(partner: Partner, *, email: str, points: list[PartnerPoint], by: User, moment: datetime) -> list[PartnerUser]:
    """Ask somebody to verify cards at these points. An ordinary account is enough: who has none makes one with this address.

    The letter is a link; nothing may be verified before they accept. Who is there already stays as they are and gets no second row; with
    nobody new no letter is sent (Refused). Refused too: points of another partner, a member of the office's staff.
    """
    email = email.lower()
    if any(point.partner_id != partner.pk for point in points):
        raise Refused(_("Wybierz punkty tego partnera."))
    if User.objects.filter(email=email, is_staff=True).exists():
        raise Refused(_("To konto pracownika urzędu. Partner sprawdza karty własnym kontem."))
    day = localdate(moment)
    known = set(PartnerUser.objects.on(day).filter(email=email, point__in=points, valid_to=None).values_list("point", flat=True))
    made = [_invited(email, point, by, moment) for point in points if point.pk not in known]
    if not made:
        raise Refused(_("Ta osoba jest już zaproszona do tych punktów."))
    post(event="resident_card/partner_invited", to=email, context={"path": reverse("resident_card:verifying")}, about=partner)
    return made


def _invited(email, point, by, moment) -> PartnerUser:
    try:
        with transaction.atomic():
            return PartnerUser.objects.create(email=email, point=point, invited_by=by.subject, invited_at=moment)
    except IntegrityError as clash:
        raise Refused(_("Ktoś był szybszy: ta osoba jest już zaproszona.")) from clash


@transaction.atomic
def accept(user: User, *, moment: datetime) -> int:
    """Bind every invitation to the account's own proved address; returns how many. Refused when none waits any more."""
    waiting = PartnerUser.objects.waiting_for(user).on(localdate(moment))
    if user.is_staff or not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        raise Refused(_("Zaproszenie przyjmuje konto z potwierdzonym adresem, na który przyszło."))
    accepted = waiting.update(user=user, accepted_at=moment)
    if not accepted:
        raise Refused(_("Nie ma zaproszenia, które czeka na Ciebie."))
    return accepted


@transaction.atomic
def end_access(partner_user: PartnerUser, *, last_day: date, by: User, day: date) -> PartnerUser:
    """The person verifies until the end of the last day; yesterday takes the access away at once. The row stays: who verified when is known."""
    partner_user = PartnerUser.objects.select_for_update(of=("self",)).get(pk=partner_user.pk)
    if partner_user.valid_to and partner_user.valid_to < day:
        raise Refused(_("Ten dostęp już się skończył."))
    if last_day < day - timedelta(days=1):
        raise Refused(_("Dostępu nie odbiera się wstecz. Aby odebrać go od razu, podaj wczorajszy dzień."))
    partner_user.valid_to = last_day
    partner_user.save(update_fields=["valid_to"])
    return partner_user


@transaction.atomic
def end_offer(offer: Offer, *, last_day: date, by: User, day: date) -> Offer:
    """The offer holds until the end of the last day, today at the earliest: what people read this morning is true until the evening."""
    offer = _locked(offer)
    if offer.valid_to and offer.valid_to < day:
        raise Refused(_("Ta oferta już się skończyła."))
    if last_day < max(day, offer.valid_from):
        raise Refused(_("Oferta kończy się najwcześniej dziś i nie wcześniej, niż się zaczęła."))
    offer.valid_to = last_day
    offer.save(update_fields=["valid_to"])
    return offer


@transaction.atomic
def change_offer(offer: Offer, *, starts_on: date, by: User, day: date) -> Offer:
    """Other terms from a day on are another offer: this one ends the day before, a copy to be edited begins. Its counters begin anew.

    Refused: a day that is not ahead, or not within what is left of the offer.
    """
    offer = _locked(offer)
    points = list(offer.points.all())
    if starts_on <= max(day, offer.valid_from):
        raise Refused(_("Nowe warunki zaczynają się najwcześniej jutro i po początku tej oferty."))
    if offer.valid_to and starts_on > offer.valid_to:
        raise Refused(_("Ta oferta skończy się wcześniej. Dodaj nową ofertę."))
    next_offer = _copy_of(offer, starts_on)
    next_offer.points.set(points)
    offer.valid_to = starts_on - timedelta(days=1)
    offer.save(update_fields=["valid_to"])
    return next_offer


COPIED = [
    "partner", "package", "subject", "title", "description", "category", "percent", "limit", "limit_per", "limit_period", "valid_to",
]  # fmt: skip


def _copy_of(offer, starts_on) -> Offer:
    return Offer.objects.create(valid_from=starts_on, **{name: getattr(offer, name) for name in COPIED})


def _locked(offer) -> Offer:
    return Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
