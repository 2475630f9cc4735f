from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayOverride(models.Model):
    """A clerk's correction of the calendar: a day off that the library does not know, or a listed one that is worked (L4)."""

    day = models.DateField(_("dzień"), unique=True)
    is_day_off = models.BooleanField(_("dzień wolny"))
    name = models.CharField(_("nazwa"), max_length=100)
    source = models.CharField(_("podstawa"), max_length=300)

    class Meta:
        verbose_name = _("korekta kalendarza")
        verbose_name_plural = _("korekty kalendarza")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d.%m.%Y} {self.name}"
