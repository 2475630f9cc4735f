"""A visit at the gate and what it wrote: lines, entries of quotas, balances (R50-R73). A closed visit never changes (R63)."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from payments.models import Payment
from pszok.models.point import GateDevice, GateOperator, Point
from pszok.models.waste import Fraction, LimitRule, WasteCode
from pszok.statuses import DISPUTE_TRANSITIONS, VISIT_TRANSITIONS, DisputeStatus, VisitStatus
from resident_card.models import CardMedium
from residents.models import Dwelling, Person

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class RefusalReason(models.TextChoices):
    NOT_RESIDENT = "not_resident", _("nie mieszka w mieście")
    BUSINESS = "business", _("odpady z działalności gospodarczej")
    ALLOTMENT = "allotment", _("odpady z ogrodu działkowego")
    OUTSIDE = "outside", _("odpady spoza miasta")
    UNSORTED = "unsorted", _("odpady nieposegregowane")
    NOT_LISTED = "not_listed", _("tych odpadów punkt nie przyjmuje")
    OVER_LIMIT = "over_limit", _("limit na ten rok jest wyczerpany")
    VEHICLE = "vehicle", _("nieodpowiedni pojazd")
    UNSAFE = "unsafe", _("niebezpieczne opakowanie")


class VisitQuerySet(models.QuerySet):
    def at_gate(self, gate):
        """Visits of the device's own point; of another point none."""
        return self.filter(point=gate.device.point_id)

    def in_progress(self):
        return self.filter(status=VisitStatus.OPEN)


@pghistory.track(exclude=["draft"])
class Visit(models.Model):
    TRANSITIONS = VISIT_TRANSITIONS

    class Proof(models.TextChoices):
        CARD = "card", _("karta")
        DOCUMENT = "document", _("dokument")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, models.PROTECT, related_name="visits", verbose_name=_("punkt"))
    device = models.ForeignKey(GateDevice, models.PROTECT, related_name="+", verbose_name=_("urządzenie"))
    operator = models.ForeignKey(GateOperator, models.PROTECT, related_name="visits", verbose_name=_("przyjmuje"))
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="waste_visits", verbose_name=_("mieszkanie"))
    proof = models.CharField(_("na podstawie"), max_length=8, choices=Proof)
    medium = models.ForeignKey(CardMedium, models.PROTECT, null=True, related_name="+", verbose_name=_("karta"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("osoba")
    )  # dropped after 13 months (Q24)
    rules_on = models.DateField(_("limity z dnia"))  # the local day of opening decides for the whole visit (R58, R73)
    opened_at = models.DateTimeField(_("początek"))
    outside_hours_reason = models.CharField(_("poza godzinami, bo"), max_length=200, blank=True)  # by a supervisor (R50)
    status = models.CharField(_("stan"), max_length=10, choices=VisitStatus, default=VisitStatus.OPEN)
    refusal = models.CharField(_("powód odmowy"), max_length=14, choices=RefusalReason, blank=True)
    closed_at = models.DateTimeField(_("koniec"), null=True)
    close_key = models.UUIDField(null=True, unique=True)  # of the closing request: any number of times posts once (R69)
    close_hash = models.BinaryField(max_length=32, null=True)
    draft = models.JSONField(default=list)  # lines typed so far (pszok.lines.Line), until the visit closes

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("wizyta")
        verbose_name_plural = _("wizyty")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=VisitStatus.values), name="pszok_visit_status"),
            models.CheckConstraint(condition=Q(status="refused") ^ Q(refusal=""), name="pszok_refused_visit_says_why"),
            models.CheckConstraint(
                condition=~Q(proof="card") | Q(medium__isnull=False) | Q(person__isnull=True),
                name="pszok_card_visit_has_its_card",
            ),  # until who came is forgotten (Q24)
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(dwelling__isnull=False), name="pszok_closed_visit_has_a_dwelling"
            ),
        ]
        indexes = [models.Index(fields=["dwelling", "-opened_at"]), models.Index(fields=["point", "opened_at"])]

    def __str__(self):
        return f"{self.opened_at:%d.%m.%Y %H:%M}"


class LineQuerySet(models.QuerySet):
    def standing(self):
        """Neither a reversal nor reversed: what counts."""
        return self.filter(reverses=None, reversed_by=None)


class VisitLine(models.Model):
    """What was taken, in integers. A correction is a reversing line and a new one, each with its reason (R63)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="lines", verbose_name=_("wizyta"))
    point = models.ForeignKey(Point, models.PROTECT, related_name="+")  # of the visit, for day totals
    day = models.DateField(_("dzień"))  # local day of the visit
    sequence = models.PositiveSmallIntegerField(_("pozycja"))
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="+", verbose_name=_("frakcja"))
    code = models.ForeignKey(WasteCode, models.PROTECT, related_name="+", verbose_name=_("kod"))
    kg = models.IntegerField("kg", null=True)  # negative in a reversal
    litres = models.IntegerField(_("litry"), null=True)
    pieces = models.IntegerField(_("sztuki"), null=True)
    is_estimated = models.BooleanField(_("szacunek"), default=False)  # R54
    is_for_reuse = models.BooleanField(_("do ponownego użycia"), default=False)  # art. 9q: mass taken for re-use apart
    storage_confirmed = models.BooleanField(_("odłożono do magazynu odpadów niebezpiecznych"), default=False)  # R53
    scale_ticket = models.CharField(_("kwit z wagi"), max_length=40, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("storno do"))
    reason = models.CharField(_("powód korekty"), max_length=300, blank=True)
    by = models.UUIDField(_("kto"))  # GateOperator.id, or User.subject of a supervisor
    at = models.DateTimeField(_("kiedy"))

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("przyjęty odpad")
        verbose_name_plural = _("przyjęte odpady")
        ordering = ["visit", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "sequence"], name="pszok_line_sequence"),
            models.UniqueConstraint(
                fields=["point", "day", "scale_ticket"],
                condition=~Q(scale_ticket="") & Q(reverses__isnull=True),
                name="pszok_ticket_feeds_one_line",
            ),  # R81
            models.CheckConstraint(
                condition=Q(reverses__isnull=False)
                | (
                    (Q(kg__isnull=True) | Q(kg__gt=0))
                    & (Q(litres__isnull=True) | Q(litres__gt=0))
                    & (Q(pieces__isnull=True) | Q(pieces__gt=0))
                    & (Q(kg__isnull=False) | Q(litres__isnull=False) | Q(pieces__isnull=False))
                ),
                name="pszok_line_weighs_something",
            ),
            models.CheckConstraint(condition=Q(reverses__isnull=True) | ~Q(reason=""), name="pszok_reversal_says_why"),
        ]
        indexes = [models.Index(fields=["day", "code"], include=["kg", "point", "is_for_reuse"], name="pszok_line_day_code")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.code}: {self.in_words()}"

    def in_words(self) -> str:
        """Every measure that was told: „340 kg”, „20 kg, 6000 l”."""
        told = ((self.kg, "kg"), (self.litres, "l"), (self.pieces, "szt."))
        return ", ".join(f"{amount} {unit}" for amount, unit in told if amount)


class QuotaBalance(models.Model):
    """What a dwelling has used of a limit in a period: the one row that closes lock (R57, R68)."""

    rule = models.ForeignKey(LimitRule, models.PROTECT, related_name="balances")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="quota_balances")
    period = models.PositiveSmallIntegerField()  # first calendar year of the period
    most = models.PositiveIntegerField()  # the limit, and what a supervisor let over it with a reason
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "dwelling", "period"], name="pszok_balance_once"),
            models.CheckConstraint(condition=Q(used__lte=F("most")), name="pszok_balance_within_limit"),
        ]

    def __str__(self):
        return f"{self.used}/{self.most}"


class QuotaEntry(models.Model):
    """A line posted to a limit. Append-only; their sum is the balance."""

    line = models.ForeignKey(VisitLine, models.PROTECT, related_name="quota_entries")
    balance = models.ForeignKey(QuotaBalance, models.PROTECT, related_name="entries")
    amount = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "balance"], name="pszok_entry_once")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.amount)


class PaidSurplus(models.Model):
    """What of a line went above a limit for a price, and what was asked for it (R60). Append-only. No balance knows of it: what is paid
    for uses nothing of the limit, and what is inside the limit is never charged."""

    line = models.OneToOneField(VisitLine, models.PROTECT, related_name="surplus", verbose_name=_("pozycja"))
    rule = models.ForeignKey(LimitRule, models.PROTECT, related_name="+", verbose_name=_("limit"))
    amount = models.PositiveIntegerField(_("ile ponad limit"))  # in the rule's measure
    unit_grosze = models.PositiveIntegerField(_("cena za jednostkę w groszach"))
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="+", verbose_name=_("płatność"))

    class Meta:
        verbose_name = _("płatna nadwyżka")
        verbose_name_plural = _("płatne nadwyżki")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0, unit_grosze__gt=0), name="pszok_surplus_is_something")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.amount)


class QuotaAllowance(models.Model):
    """So much above a limit a supervisor let in, with a reason. Append-only; what the balance's `most` is above its rule."""

    balance = models.ForeignKey(QuotaBalance, models.PROTECT, related_name="allowances")
    amount = models.PositiveIntegerField(_("ile ponad limit"))
    reason = models.CharField(_("powód"), max_length=300)
    by = models.UUIDField(_("kto"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zgoda ponad limit")
        verbose_name_plural = _("zgody ponad limit")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="pszok_allowance_says_why")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.amount)


class RefusedAmount(models.Model):
    """What was turned away: over the limit, or not taken here. Posts nothing (R52, R59)."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="refused_amounts", verbose_name=_("wizyta"))
    fraction = models.ForeignKey(Fraction, models.PROTECT, null=True, related_name="+", verbose_name=_("frakcja"))
    reason = models.CharField(_("powód"), max_length=14, choices=RefusalReason)
    kg = models.PositiveIntegerField("kg", null=True)
    litres = models.PositiveIntegerField(_("litry"), null=True)
    pieces = models.PositiveIntegerField(_("sztuki"), null=True)

    class Meta:
        verbose_name = _("nieprzyjęty odpad")
        verbose_name_plural = _("nieprzyjęte odpady")

    def __str__(self):
        return self.get_reason_display()


@pghistory.track()
class Dispute(models.Model):
    """A resident says that an entry is wrong, within 7 days of the visit; further visits go on (R66)."""

    TRANSITIONS = DISPUTE_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="dispute", verbose_name=_("wizyta"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("zgłasza"))
    text = models.TextField(_("co się nie zgadza"))
    status = models.CharField(_("stan"), max_length=10, choices=DisputeStatus, default=DisputeStatus.OPEN)
    opened_at = models.DateTimeField(_("zgłoszona"))
    answer = models.TextField(_("odpowiedź"), blank=True)
    answered_at = models.DateTimeField(_("kiedy"), null=True)

    class Meta:
        verbose_name = _("reklamacja wpisu")
        verbose_name_plural = _("reklamacje wpisów")
        ordering = ["-opened_at"]

    def __str__(self):
        return str(self.visit)


class YearlyReport(models.Model):
    """Figures of a year as they stood: reproducible; a later correction makes the next version with its differences (R86)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("rok"))
    version = models.PositiveSmallIntegerField(_("wersja"))
    figures = models.JSONField(_("liczby"))
    figures_sha256 = models.CharField(_("skrót"), max_length=64)
    made_by = models.UUIDField(_("kto"))  # User.subject
    made_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("sprawozdanie roczne")
        verbose_name_plural = _("sprawozdania roczne")
        ordering = ["-year", "-version"]
        permissions = [("make_report", _("sporządza sprawozdania roczne"))]
        constraints = [models.UniqueConstraint(fields=["year", "version"], name="pszok_report_version")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.year} ({self.version})"
