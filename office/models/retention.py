import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.audit import APPEND_ONLY
from office.models.dated import Dated


class RetentionPeriod(Dated):
    """How long a kind of thing is kept, in days; without a row in force nothing of that kind is removed (L22)."""

    kind = models.CharField(_("rodzaj"), max_length=60)
    days = models.PositiveIntegerField(_("dni"))

    class Meta(Dated.Meta):
        verbose_name = _("okres przechowywania")
        verbose_name_plural = _("okresy przechowywania")
        ordering = ["kind", "-valid_from"]

    def __str__(self):
        return f"{self.kind}: {self.days}"


class RetentionRun(models.Model):
    """The protocol of one removal: what kind, how many, older than when, by which period."""

    kind = models.CharField(_("rodzaj"), max_length=60)
    period = models.ForeignKey(RetentionPeriod, models.PROTECT, verbose_name=_("okres"))
    older_than = models.DateTimeField(_("starsze niż"))
    removed = models.PositiveIntegerField(_("usunięto"))
    at = models.DateTimeField(_("kiedy"), auto_now_add=True)

    class Meta:
        verbose_name = _("protokół usunięcia")
        verbose_name_plural = _("protokoły usunięć")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.kind}: {self.removed}"


class Erasure(models.Model):
    """The protocol of an erasure on its owner's wish, from their account or by a letter: which tables lost how many rows, what stays and why. Never whose, never what.

    `person` is the opaque mark by which the audit already speaks of them; after the erasure it leads to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(_("oznaczenie osoby"))  # residents.Person.id
    by_owner = models.BooleanField(_("na własne żądanie, z konta"))
    by = models.UUIDField(_("kto usunął"), null=True)  # User.subject
    letter = models.CharField(_("na podstawie pisma"), max_length=60, blank=True)  # its number in the register; never a name
    lines = models.JSONField(_("co usunięto i co zostało"))  # [{"code", "title", "removed", "stayed", "why"}]
    removed = models.PositiveIntegerField(_("usunięto wierszy"))
    stayed = models.PositiveIntegerField(_("zostało wierszy"))
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("protokół usunięcia danych osoby")
        verbose_name_plural = _("protokoły usunięcia danych osób")
        ordering = ["-at"]
        default_permissions = ("view",)
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
