import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class PersonalDataRead(models.Model):
    """Somebody read somebody's personal data: who, whose, what, why. Append-only; the resident sees it (L37, S28, S58)."""

    reader = models.UUIDField(_("kto"))  # User.subject
    person = models.UUIDField(_("czyje"))  # residents.Person.id
    what = models.CharField(_("co"), max_length=200)
    purpose = models.CharField(_("w jakim celu"), max_length=200)
    object_type = models.CharField(_("rodzaj"), max_length=60, blank=True)
    object_id = models.UUIDField(_("oznaczenie"), null=True)
    at = models.DateTimeField(_("kiedy"), auto_now_add=True)

    class Meta:
        verbose_name = _("odczyt danych osobowych")
        verbose_name_plural = _("odczyty danych osobowych")
        ordering = ["-at"]
        indexes = [models.Index(fields=["person", "-at"]), models.Index(fields=["reader", "-at"])]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return self.what


class AuditSeal(models.Model):
    """The seal of one day of the audit: a hash over its rows and over the seal before it, so no row can be taken out (S58)."""

    day = models.DateField(_("dzień"), unique=True)
    rows = models.PositiveIntegerField(_("wpisów"))
    previous = models.CharField(_("poprzedni skrót"), max_length=64, blank=True)
    digest = models.CharField(_("skrót"), max_length=64)
    at = models.DateTimeField(_("zapieczętowano"), auto_now_add=True)

    class Meta:
        verbose_name = _("pieczęć rejestru")
        verbose_name_plural = _("pieczęcie rejestru")
        ordering = ["-day"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.day)
