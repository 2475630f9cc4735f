"""The term of a case: its inputs are stored, so a due date can always be explained and computed again."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from eboi.models.cases import Case
from eboi.models.catalogue import TermUnit


@pghistory.track()
class Deadline(models.Model):
    """One open term per active case. An extension (KPA art. 36) closes it and opens the next, with a reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines", verbose_name=_("sprawa"))
    started_on = models.DateField(_("dzień zdarzenia"))  # the day itself is not counted (KPA art. 57 § 1)
    term_count = models.PositiveSmallIntegerField(_("termin"), null=True)
    term_unit = models.CharField(_("jednostka"), max_length=10, choices=TermUnit, blank=True)
    fixed_on = models.DateField(_("nowy termin"), null=True, blank=True)  # of an extension: a date named by the office
    due_on = models.DateField(_("ostatni dzień"))
    reason = models.TextField(_("powód przedłużenia"), blank=True)
    set_by = models.UUIDField(_("kto wyznaczył"), null=True)
    set_at = models.DateTimeField(_("kiedy"))
    closed_at = models.DateTimeField(_("zamknięty"), null=True, blank=True)

    class Meta:
        verbose_name = _("termin")
        verbose_name_plural = _("terminy")
        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="eboi_one_open_deadline"),
            models.CheckConstraint(
                condition=Q(term_count__isnull=False) | Q(fixed_on__isnull=False), name="eboi_deadline_has_inputs"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at__isnull=True), name="eboi_deadline_open")]

    def __str__(self):
        return str(self.due_on)


class Pause(models.Model):
    """A time that does not count into the term (KPA art. 35 § 5); open while `until` is null."""

    class Why(models.TextChoices):
        DEFECT = "defect", _("czeka na uzupełnienie przez stronę")
        SUSPENSION = "suspension", _("postępowanie zawieszone")

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name=_("sprawa"))
    why = models.CharField(_("powód"), max_length=12, choices=Why)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)  # the first day that counts again

    class Meta:
        verbose_name = _("przerwa w biegu terminu")
        verbose_name_plural = _("przerwy w biegu terminu")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until__isnull=True), name="eboi_one_open_pause"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="eboi_pause_in_order"),
        ]

    def __str__(self):
        return self.get_why_display()
