"""The point: where it is, when it is open, the devices at its gate and who works there (R50)."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated

WEEKDAYS = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"]


class Point(models.Model):
    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=120)
    address = models.CharField(_("adres"), max_length=200)
    operator = models.CharField(_("prowadzi"), max_length=150, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    note = models.TextField(_("jak dojechać"), blank=True)

    class Meta:
        verbose_name = _("punkt")
        verbose_name_plural = _("punkty")

    def __str__(self):
        return self.name


class OpeningHours(Dated):
    point = models.ForeignKey(Point, models.PROTECT, related_name="hours", verbose_name=_("punkt"))
    weekday = models.PositiveSmallIntegerField(_("dzień tygodnia"))  # 0 is Monday
    opens = models.TimeField(_("od"))
    closes = models.TimeField(_("do"))

    class Meta(Dated.Meta):
        verbose_name = _("godziny otwarcia")
        verbose_name_plural = _("godziny otwarcia")
        ordering = ["weekday", "opens"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pszok_hours_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="pszok_hours_in_order"),
        ]

    def __str__(self):
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}\N{EN DASH}{self.closes:%H:%M}"


class OpeningException(models.Model):
    """A day with other hours; without hours, closed."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="exceptions", verbose_name=_("punkt"))
    day = models.DateField(_("dzień"))
    opens = models.TimeField(_("od"), null=True, blank=True)
    closes = models.TimeField(_("do"), null=True, blank=True)
    reason = models.CharField(_("powód"), max_length=200)

    class Meta:
        verbose_name = _("wyjątek w godzinach")
        verbose_name_plural = _("wyjątki w godzinach")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["point", "day"], name="pszok_exception_day"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__lt=F("closes")), name="pszok_exception_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.day:%d.%m.%Y} {self.reason}"


@pghistory.track(exclude=["seen_at"])
class GateDevice(models.Model):
    """A tablet at the gate, enrolled once by a supervisor. Its secret lives in its cookie; here is the hash alone.

    One operator at a time is signed on; who and since when stays in the history of the row (pghistory), `seen_at` does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, models.PROTECT, related_name="devices", verbose_name=_("punkt"))
    name = models.CharField(_("nazwa"), max_length=80)
    secret_hash = models.BinaryField(max_length=32, unique=True, null=True)  # null until the enrolment code was used
    code_hash = models.BinaryField(max_length=32, unique=True, null=True)  # one-time enrolment code
    code_expires_at = models.DateTimeField(null=True)
    enrolled_by = models.UUIDField(_("kto dodał"))  # User.subject
    enrolled_at = models.DateTimeField(_("kiedy"))
    revoked_at = models.DateTimeField(_("wycofane"), null=True, blank=True)
    operator = models.ForeignKey("GateOperator", models.PROTECT, null=True, related_name="+", verbose_name=_("przy bramce"))
    signed_on_at = models.DateTimeField(_("od kiedy"), null=True)
    seen_at = models.DateTimeField(null=True)  # the last request of the shift, to the minute

    class Meta:
        verbose_name = _("urządzenie bramki")
        verbose_name_plural = _("urządzenia bramki")
        permissions = [("supervise_point", _("nadzoruje punkt: urządzenia, odstępstwa, korekty"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(operator=None, signed_on_at=None, seen_at=None)
                | Q(operator__isnull=False, signed_on_at__isnull=False, seen_at__isnull=False, revoked_at=None),
                name="pszok_shift_is_whole",
            )
        ]

    def __str__(self):
        return self.name


@pghistory.track(exclude=["pin_hash", "wrong_pins", "locked_until"])  # a PIN is short: its hashes are kept nowhere but here
class GateOperator(models.Model):
    """Somebody who works at the gate and signs on with a PIN, on an enrolled device only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("konto")
    )  # null: an operator of the contractor without an account
    point = models.ForeignKey(Point, models.PROTECT, related_name="operators", verbose_name=_("punkt"))
    name = models.CharField(_("imię i nazwisko"), max_length=120)
    pin_hash = models.CharField(max_length=200)  # Argon2id
    wrong_pins = models.PositiveSmallIntegerField(_("błędne PIN-y pod rząd"), default=0)
    locked_until = models.DateTimeField(_("PIN zablokowany do"), null=True, blank=True)
    ended_at = models.DateTimeField(_("koniec pracy"), null=True, blank=True)

    class Meta:
        verbose_name = _("pracownik bramki")
        verbose_name_plural = _("pracownicy bramki")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def subject(self) -> uuid.UUID:
        """By what audit names the operator: the account's name where there is one."""
        return self.user.subject if self.user else self.pk
