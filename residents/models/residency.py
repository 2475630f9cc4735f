import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import DatedQuerySet
from residents.models.people import Person
from residents.models.places import Dwelling


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ResidencyProof(models.Model):
    """The town has made sure that the person belongs to it. Rooms above read only this (house rule: facts move down)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="residency_proofs", verbose_name=_("osoba"))
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, blank=True, verbose_name=_("lokal"))
    basis = models.CharField(_("na jakiej podstawie"), max_length=200)
    granted_by = models.UUIDField(_("kto stwierdził"))  # User.subject
    valid_from = models.DateField(_("ważne od"))
    valid_to = models.DateField(_("ważne do"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("potwierdzenie zamieszkania")
        verbose_name_plural = _("potwierdzenia zamieszkania")
        permissions = [("grant_residency", _("Stwierdza zamieszkanie w mieście"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="residents_residencyproof_dates_in_order",
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.basis}"
