"""Rules of the town as data with dates: a clerk adds the next row, nobody edits the past."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Rows in force on the day; both ends are inclusive, an open end is null."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Dated(models.Model):
    """A row that holds from a day to a day, with its source and a mark when the source still has to be checked."""

    valid_from = models.DateField(_("obowiązuje od"))
    valid_to = models.DateField(_("obowiązuje do"), null=True, blank=True, help_text=_("Włącznie. Puste: bezterminowo."))
    source = models.CharField(_("podstawa"), max_length=300, help_text=_("Ustawa, uchwała albo zarządzenie, z numerem."))
    needs_confirmation = models.BooleanField(
        _("do potwierdzenia"), default=False, help_text=_("Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
            )
        ]

    def clean(self):
        if self.valid_to and self.valid_from and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("Koniec nie może być wcześniejszy niż początek.")})
