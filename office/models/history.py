from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.audit import APPEND_ONLY


class StatusChange(models.Model):
    """One move of one object, for good. Written only by `office.transitions.move`; the database refuses changes."""

    object_type = models.CharField(_("rodzaj"), max_length=60)  # "eboi.case"
    object_id = models.UUIDField(_("obiekt"))
    from_status = models.CharField(_("z"), max_length=40)
    to_status = models.CharField(_("na"), max_length=40)
    side = models.CharField(_("strona"), max_length=20)
    actor = models.UUIDField(_("kto"), null=True)  # User.subject; null when the system moved it
    note = models.TextField(_("uwaga"), blank=True)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zmiana stanu")
        verbose_name_plural = _("historia zmian stanu")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["object_type", "object_id", "at"]), models.Index(fields=["at"])]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"
