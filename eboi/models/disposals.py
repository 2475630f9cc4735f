"""Cases past their archive category: the list that two people and the state archive agree to, and what stays of each (decision 0034)."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eboi.models.cases import Case
from eboi.statuses import DISPOSAL_TRANSITIONS, DisposalStatus


class Disposal(models.Model):
    """A list of cases to destroy, and when that is done its protocol."""

    TRANSITIONS = DISPOSAL_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("rok"))
    number = models.PositiveIntegerField(_("numer"))
    status = models.CharField(_("stan"), max_length=10, choices=DisposalStatus, default=DisposalStatus.DRAFT)
    listed_on = models.DateField(_("sporządzono"))
    listed_by = models.UUIDField(_("kto sporządził"))  # User.subject
    approved_on = models.DateField(_("zatwierdzono"), null=True, blank=True)
    approved_by = models.UUIDField(_("kto zatwierdził"), null=True)  # User.subject, another one
    archive = models.CharField(_("archiwum państwowe"), max_length=120, blank=True)
    consent_number = models.CharField(_("zgoda na zniszczenie, znak"), max_length=80, blank=True)
    consent_on = models.DateField(_("zgoda z dnia"), null=True, blank=True)
    expertise = models.CharField(_("ekspertyza akt kategorii BE, znak"), max_length=80, blank=True)
    consented_at = models.DateTimeField(_("zgodę wpisano"), null=True, blank=True)
    done_on = models.DateField(_("zniszczono"), null=True, blank=True)

    class Meta:
        verbose_name = _("spis akt do zniszczenia")
        verbose_name_plural = _("brakowanie akt")
        ordering = ["-year", "-number"]
        default_permissions = ("view",)
        permissions = [
            ("list_disposal", _("sporządza spisy akt do zniszczenia i wpisuje zgody archiwum")),
            ("approve_disposal", _("zatwierdza spisy akt do zniszczenia")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="eboi_disposal_number"),
            models.CheckConstraint(condition=Q(status__in=DisposalStatus.values), name="eboi_disposal_status"),
            models.CheckConstraint(
                condition=~Q(status__in=["consented", "done"])
                | (~Q(consent_number="") & Q(consent_on__isnull=False, consented_at__isnull=False, approved_by__isnull=False)),
                name="eboi_disposal_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("listed_by")), name="eboi_disposal_by_two"
            ),
        ]

    def __str__(self):
        return f"BRAK/{self.number}/{self.year}"


class DisposalItem(models.Model):
    """One case of the list by its mark and dates. Once destroyed it is all that stays of the case, and never changes."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="items", verbose_name=_("spis"))
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="disposal_item", verbose_name=_("sprawa")
    )
    mark = models.CharField(_("znak sprawy"), max_length=40)
    jrwa = models.CharField(_("klasa JRWA"), max_length=10)
    category = models.CharField(_("kategoria archiwalna"), max_length=6)
    source = models.CharField(_("podstawa kategorii"), max_length=300)
    opened_on = models.DateField(_("założona"))
    ended_on = models.DateField(_("zakończona"))
    files = models.PositiveIntegerField(_("plików"), null=True)
    destroyed_at = models.DateTimeField(_("zniszczono"), null=True, blank=True)

    class Meta:
        verbose_name = _("sprawa do zniszczenia")
        verbose_name_plural = _("sprawy do zniszczenia")
        ordering = ["mark"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mark"], condition=Q(destroyed_at__isnull=False), name="eboi_case_destroyed_once"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(case__isnull=True, files__isnull=False),
                name="eboi_destroyed_case_is_gone",
            ),
            models.CheckConstraint(condition=Q(category__startswith="B"), name="eboi_never_a"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_stays_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__destroyed_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.mark

    @property
    def kept_until(self):
        """The last year in which nobody may destroy it."""
        return self.ended_on.year + int(self.category.lstrip("BE"))


class DisposalHold(models.Model):
    """A case that must not be destroyed yet: a dispute before a court, an inspection. Ends only when somebody ends it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="disposal_holds", verbose_name=_("sprawa"))
    why = models.TextField(_("dlaczego"))
    since = models.DateTimeField(_("od"))
    set_by = models.UUIDField(_("kto wstrzymał"))  # User.subject
    ended_at = models.DateTimeField(_("do"), null=True, blank=True)
    ended_by = models.UUIDField(_("kto zakończył"), null=True)

    class Meta:
        verbose_name = _("wstrzymanie brakowania")
        verbose_name_plural = _("wstrzymania brakowania")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="eboi_one_hold_of_a_case")
        ]

    def __str__(self):
        return self.why
