"""The card in the hand: on the phone, in plastic (R28-R33, R70, R71)."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.models import Payment
from resident_card.statuses import MEDIUM_TRANSITIONS, MediumStatus
from residents.models import Person


@pghistory.track()
class CardMedium(models.Model):
    TRANSITIONS = MEDIUM_TRANSITIONS

    class Kind(models.TextChoices):
        APP = "app", _("w telefonie")
        PLASTIC = "plastic", _("plastikowa")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="card_media", verbose_name=_("osoba"))
    kind = models.CharField(_("rodzaj"), max_length=8, choices=Kind)
    number = models.CharField(_("numer karty"), max_length=12, unique=True)  # resident_card.numbers; never used twice (R29)
    status = models.CharField(_("stan"), max_length=10, choices=MediumStatus, default=MediumStatus.ORDERED)
    public_key = models.BinaryField(
        _("klucz telefonu"), null=True
    )  # P-256, SubjectPublicKeyInfo; the private half never leaves the phone
    device = models.CharField(_("urządzenie"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("założona"))
    activated_at = models.DateTimeField(_("aktywna od"), null=True)
    ended_at = models.DateTimeField(_("zablokowana albo zastąpiona"), null=True)
    end_reason = models.CharField(_("powód"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("karta")
        verbose_name_plural = _("karty")
        permissions = [
            ("block_card", _("blokuje karty")),
            ("issue_plastic", _("drukuje i wydaje karty plastikowe")),
            ("verify_card", _("sprawdza ważność karty")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(status="active"), name="resident_card_one_active_medium"
            ),
            models.CheckConstraint(condition=Q(status__in=MediumStatus.values), name="resident_card_medium_status"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{12}$"), name="resident_card_number_has_12_digits"),
        ]

    def __str__(self):
        return self.number


class SeenCode(models.Model):
    """A nonce of a phone's QR that was shown once, anywhere; the unique key refuses the second gate (R70, R71)."""

    nonce = models.CharField(max_length=16, primary_key=True)
    medium = models.ForeignKey(CardMedium, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return str(self.seen_at)


class PrintBatch(models.Model):
    """Plastic cards that went to the printer together: a PDF to print and a CSV for its program."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(_("numer"), unique=True)
    made_by = models.UUIDField(_("kto"))  # User.subject
    made_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("partia do druku")
        verbose_name_plural = _("partie do druku")
        ordering = ["-number"]

    def __str__(self):
        return str(self.number)


@pghistory.track()
class PlasticOrder(models.Model):
    """A plastic card asked for. A duplicate waits until its payment is booked; a faulty card or a new name costs nothing (R28, R31)."""

    class Reason(models.TextChoices):
        FIRST = "first", _("pierwsza karta")
        LOST = "lost", _("zgubiona")
        DESTROYED = "destroyed", _("zniszczona")
        FAULTY = "faulty", _("wadliwa")
        NEW_NAME = "new_name", _("zmiana nazwiska")

    medium = models.OneToOneField(CardMedium, models.PROTECT, related_name="order", verbose_name=_("karta"))
    reason = models.CharField(_("powód"), max_length=10, choices=Reason)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opłata"))
    batch = models.ForeignKey(PrintBatch, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("partia"))
    ordered_at = models.DateTimeField(_("zamówiona"))
    collected_at = models.DateTimeField(_("odebrana"), null=True)
    collected_by = models.CharField(_("kto odebrał"), max_length=150, blank=True)  # R32
    shown = models.CharField(_("co okazano"), max_length=200, blank=True)
    issued_by = models.UUIDField(_("kto wydał"), null=True)  # User.subject

    class Meta:
        verbose_name = _("zamówienie karty")
        verbose_name_plural = _("zamówienia kart")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason__in=["lost", "destroyed"]) | Q(payment__isnull=False),
                name="resident_card_duplicate_is_paid_for",
            )
        ]

    def __str__(self):
        return str(self.medium)
