from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalDataRead(models.Model):
    """Somebody read somebody's personal data: who, whose, what, why. Append-only; the resident sees it (L37, S28, S58)."""

    reader = models.UUIDField(_("kto"))  # User.subject
    person = models.UUIDField(_("czyje"))  # residents.Person.id
    what = models.CharField(_("co"), max_length=200)
    purpose = models.CharField(_("w jakim celu"), max_length=200)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    at = models.DateTimeField(_("kiedy"), auto_now_add=True)

    class Meta:
        verbose_name = _("odczyt danych osobowych")
        verbose_name_plural = _("odczyty danych osobowych")
        ordering = ["-at"]
        indexes = [models.Index(fields=["person", "-at"]), models.Index(fields=["reader", "-at"])]
