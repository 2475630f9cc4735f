"""Where people live: address points and dwellings by TERYT."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressPoint(models.Model):
    terc = models.CharField("TERC", max_length=7)
    simc = models.CharField("SIMC", max_length=7)
    ulic = models.CharField("ULIC", max_length=5)
    street = models.CharField(_("ulica"), max_length=120)
    number = models.CharField(_("numer domu"), max_length=12)
    is_sample = models.BooleanField(_("przykładowy"), default=False)
    search = models.CharField(max_length=140, editable=False, db_index=True)  # folded "batorego 12a"

    class Meta:
        verbose_name = _("punkt adresowy")
        verbose_name_plural = _("punkty adresowe")
        constraints = [
            models.UniqueConstraint(fields=["terc", "simc", "ulic", "number"], name="residents_addresspoint_teryt"),
        ]

    def __str__(self):
        return f"{self.street} {self.number}"


class Dwelling(models.Model):
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="dwellings", verbose_name=_("punkt adresowy"))
    flat = models.CharField(_("numer lokalu"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("lokal")
        verbose_name_plural = _("lokale")
        constraints = [models.UniqueConstraint(fields=["address", "flat"], name="residents_dwelling_address_flat")]

    def __str__(self):
        return f"{self.address} m. {self.flat}" if self.flat else str(self.address)
