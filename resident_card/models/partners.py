"""Partners and their offers; what was used, counted (R42-R49). No money flows here (Q15)."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resident_card.models.cards import CardMedium
from resident_card.models.packages import PackageType
from residents.models import Person


def _covers(day):
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


@pghistory.track()
class Partner(models.Model):
    name = models.CharField(_("nazwa"), max_length=150)
    nip = models.CharField("NIP", max_length=10, blank=True)
    agreement = models.CharField(_("numer umowy"), max_length=60)
    agreed_from = models.DateField(_("umowa od"))
    agreed_to = models.DateField(_("umowa do"), null=True, blank=True)
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)
    url = models.URLField(_("strona"), blank=True)
    is_sample = models.BooleanField(_("przykład"), default=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partnerzy")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_to__isnull=True) | Q(agreed_to__gte=models.F("agreed_from")),
                name="resident_card_agreement_dates_in_order",
            )
        ]

    def __str__(self):
        return self.name


class PartnerPoint(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="points", verbose_name=_("partner"))
    name = models.CharField(_("nazwa punktu"), max_length=150)
    address = models.CharField(_("adres"), max_length=200)
    is_active = models.BooleanField(_("czynny"), default=True)

    class Meta:
        verbose_name = _("punkt partnera")
        verbose_name_plural = _("punkty partnerów")
        ordering = ["partner", "name"]

    def __str__(self):
        return f"{self.partner}, {self.name}"


class PartnerUserQuerySet(models.QuerySet):
    def on(self, day):
        """Whose access has not ended; the last day still counts. Says nothing of the point and the agreement."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def working_on(self, day):
        """Who may verify on the day: accepted, at a point that works, of a partner whose agreement is in force (R42)."""
        in_force = Q(point__partner__agreed_to__isnull=True) | Q(point__partner__agreed_to__gte=day)
        return self.on(day).filter(
            in_force, point__partner__agreed_from__lte=day, point__is_active=True, accepted_at__isnull=False
        )

    def of(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def waiting_for(self, user):
        """Invitations to the address that the account has proved to be its own."""
        return self.filter(user__isnull=True, email=user.email.lower()) if user.is_authenticated else self.none()


@pghistory.track()
class PartnerUser(models.Model):
    """Somebody who may verify cards at a point: invited by an address, bound to the account with that address once they accept."""

    email = models.EmailField(_("e-mail"))  # lower case
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="partner_points", verbose_name=_("konto")
    )
    point = models.ForeignKey(PartnerPoint, models.PROTECT, related_name="users", verbose_name=_("punkt"))
    invited_by = models.UUIDField(_("kto zaprosił"))  # User.subject
    invited_at = models.DateTimeField(_("zaproszono"))
    accepted_at = models.DateTimeField(_("przyjęto"), null=True, blank=True)
    valid_to = models.DateField(_("ostatni dzień"), null=True, blank=True)

    objects = PartnerUserQuerySet.as_manager()

    class Meta:
        verbose_name = _("sprawdzający u partnera")
        verbose_name_plural = _("sprawdzający u partnerów")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "point"], condition=Q(valid_to__isnull=True), name="resident_card_partner_user_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, user__isnull=True) | Q(accepted_at__isnull=False, user__isnull=False),
                name="resident_card_partner_user_accepted_by_an_account",
            ),
        ]

    def __str__(self):
        return f"{self.email}, {self.point}"


class OfferQuerySet(models.QuerySet):
    def open_on(self, day):
        """In force on the day, of a partner whose agreement is; both ends inclusive (R42)."""
        in_force = Q(partner__agreed_to__isnull=True) | Q(partner__agreed_to__gte=day)
        return self.filter(_covers(day), in_force, partner__agreed_from__lte=day)


@pghistory.track()
class Offer(models.Model):
    class Per(models.TextChoices):
        PERSON = "person", _("osobę")
        FAMILY = "family", _("rodzinę")

    class Period(models.TextChoices):
        DAY = "day", _("dzień")
        MONTH = "month", _("miesiąc")
        YEAR = "year", _("rok")
        ONCE = "once", _("raz")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="offers", verbose_name=_("partner"))
    points = models.ManyToManyField(PartnerPoint, related_name="offers", verbose_name=_("w punktach"))
    package = models.ForeignKey(PackageType, models.PROTECT, related_name="offers", verbose_name=_("dla pakietu"))
    subject = models.CharField(
        _("na co"),
        max_length=80,
        help_text=_("Na przykład „bilet na basen”. Zniżki na to samo nie łączą się: mieszkaniec dostaje lepszą."),
    )  # R45
    title = models.CharField(_("zniżka"), max_length=150, help_text=_("Na przykład „20 % taniej” albo „wejście bezpłatne”."))
    description = models.TextField(_("szczegóły"), blank=True)
    category = models.CharField(_("dziedzina"), max_length=60)
    percent = models.PositiveSmallIntegerField(
        _("procent"), null=True, blank=True, help_text=_("Według niego wybieramy lepszą zniżkę. Wejście bezpłatne to 100.")
    )  # R45
    limit = models.PositiveSmallIntegerField(_("ile razy"), null=True, blank=True, help_text=_("Puste: bez ograniczeń."))  # Q16
    limit_per = models.CharField(_("na"), max_length=6, choices=Per, default=Per.PERSON)
    limit_period = models.CharField(_("w ciągu"), max_length=5, choices=Period, default=Period.YEAR)
    valid_from = models.DateField(_("od"))
    valid_to = models.DateField(_("do"), null=True, blank=True, help_text=_("Włącznie. Puste: tak długo jak umowa."))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("oferta")
        verbose_name_plural = _("oferty")
        ordering = ["subject", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="resident_card_offer_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=1, percent__lte=100), name="resident_card_offer_percent"
            ),
            models.CheckConstraint(condition=Q(limit__isnull=True) | Q(limit__gte=1), name="resident_card_offer_limit"),
        ]

    def __str__(self):
        return f"{self.subject}: {self.title}"


class OfferCount(models.Model):
    """How often an offer was used by a holder in a period: one row to lock, never more than the limit (R44)."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="counts")
    holder = models.UUIDField()  # Person.id, or Family.id for an offer counted by family
    period = models.DateField()  # its first day
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "holder", "period"], name="resident_card_offer_count")]

    def __str__(self):
        return str(self.used)


class CardCheckQuerySet(models.QuerySet):
    def of(self, user):
        """Only who verified goes on with it: another cashier of the same point reads the card anew."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class CardCheck(models.Model):
    """A good card was shown at a point: what „Zalicz” and the photograph refer to for ten minutes, so that no person stands in an address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    medium = models.ForeignKey(CardMedium, models.CASCADE, related_name="+")
    point = models.ForeignKey(PartnerPoint, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=16, blank=True)  # of the phone's code; empty when a number was typed
    at = models.DateTimeField(db_index=True)

    objects = CardCheckQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nonce"], condition=~Q(nonce=""), name="resident_card_check_once_a_code")]

    def __str__(self):
        return str(self.at)


class RedemptionQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(reversed_at__isnull=True)


class Redemption(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="redemptions", verbose_name=_("oferta"))
    point = models.ForeignKey(PartnerPoint, models.PROTECT, related_name="redemptions", verbose_name=_("punkt"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="redemptions", verbose_name=_("osoba"))
    medium = models.ForeignKey(CardMedium, models.PROTECT, related_name="+", verbose_name=_("karta"))
    count = models.ForeignKey(OfferCount, models.PROTECT, null=True, related_name="+")
    uses = models.PositiveSmallIntegerField(_("ile razy"), default=1)  # the holder and small children with them (R47)
    key = models.UUIDField()  # of the check and of what the discount is on: pressed again, it counts once
    by = models.UUIDField(_("kto sprawdził"))  # User.subject
    at = models.DateTimeField(_("kiedy"))
    reversed_at = models.DateTimeField(_("cofnięto"), null=True)

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("użycie zniżki")
        verbose_name_plural = _("użycia zniżek")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["point", "key"], name="resident_card_redemption_once")]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self):
        return str(self.offer)
