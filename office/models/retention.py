from django.db import models
from django.utils.translation import gettext_lazy as _

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
