"""Where people live: address points and dwellings by TERYT, and about where each street is."""

import re

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.polish import PlKey, fold


class AddressPointQuerySet(models.QuerySet):
    def at(self, street, number):
        """The points of this street and number, however spelled: „ul. Batorego” and „batorego” are one."""
        return self.filter(search=address_key(street, number))

    def streets(self):
        """Names of the streets in use, in alphabetical order."""
        return self.values_list("street", flat=True).distinct().order_by(PlKey("street"))


class AddressPoint(models.Model):
    """A house number in a street. `search` is set by `residents.addresses`, through which points come."""

    terc = models.CharField("TERC", max_length=7)
    simc = models.CharField("SIMC", max_length=7)
    ulic = models.CharField("ULIC", max_length=5)
    street = models.CharField(_("ulica"), max_length=120)
    number = models.CharField(_("numer domu"), max_length=12)
    latitude = models.DecimalField(_("szerokość geograficzna"), max_digits=8, decimal_places=6, null=True, blank=True)  # WGS 84
    longitude = models.DecimalField(_("długość geograficzna"), max_digits=9, decimal_places=6, null=True, blank=True)
    is_sample = models.BooleanField(_("przykładowy"), default=False)
    search = models.CharField(max_length=140, editable=False, db_index=True)  # folded "batorego 12a"

    objects = AddressPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt adresowy")
        verbose_name_plural = _("punkty adresowe")
        permissions = [("import_addresses", _("Wczytuje punkty adresowe z pliku"))]
        constraints = [
            models.UniqueConstraint(fields=["terc", "simc", "ulic", "number"], name="residents_addresspoint_teryt"),
        ]

    def __str__(self):
        return f"{self.street} {self.number}"


def street_key(street: str) -> str:
    """How a street is found: folded and without „ul.”; squares and avenues keep theirs."""
    words = fold(street).replace(".", ". ").split()
    return " ".join(words[1:] if words[:1] in (["ul."], ["ulica"]) and len(words) > 1 else words)


def address_key(street: str, number: str) -> str:
    return f"{street_key(street)} {fold(number).replace(' ', '')}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class StreetPlace(models.Model):
    """About where a street is: its middle. Enough to say what is nearest to it, never an address of anybody."""

    street = models.CharField(_("ulica"), max_length=120)
    search = models.CharField(max_length=140, unique=True, editable=False)  # `street_key`, set by `residents.streets`
    latitude = models.DecimalField(_("szerokość geograficzna"), max_digits=8, decimal_places=6)  # WGS 84
    longitude = models.DecimalField(_("długość geograficzna"), max_digits=9, decimal_places=6)
    source = models.CharField(_("skąd to wiadomo"), max_length=200)
    licence = models.CharField(_("licencja"), max_length=120)

    class Meta:
        verbose_name = _("położenie ulicy")
        verbose_name_plural = _("położenia ulic")
        ordering = ["search"]

    def __str__(self):
        return self.street


FLAT_WORD = r"(?:m\.?|lok\.?|lokal|mieszk\.?|mieszkanie|nr)"
HOUSE_AND_FLAT = re.compile(rf"(?P<house>\S+?)\s*(?:/|\s{FLAT_WORD}|(?<=\d){FLAT_WORD})\s*(?P<flat>\w+)", re.IGNORECASE)


def flat_key(flat: str) -> str:
    """One flat, one spelling: „m. 3”, „Lok 3”, „ 3 ” and „3” are „3”; „3 A” is „3a”."""
    return re.sub(rf"^{FLAT_WORD}(?=\d)", "", flat.lower().replace(" ", ""))


def house_and_flat(number: str) -> tuple[str, str]:
    """What was typed as the number of a house, taken apart: „12/3”, „12 m. 3” and „12 lok 3” are house 12, flat 3; „12a” has no flat.

    A house may be called „12/14” itself: ask the address points first.
    """
    found = HOUSE_AND_FLAT.fullmatch(number.strip())
    return (found["house"], flat_key(found["flat"])) if found else (number, "")


class Dwelling(models.Model):
    class Use(models.TextChoices):
        HOME = "home", _("mieszkanie")
        EMPTY = "empty", _("niezamieszkany")
        BUSINESS = "business", _("firma albo lokal użytkowy")

    use = models.CharField(_("przeznaczenie"), max_length=8, choices=Use, default=Use.HOME)
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="dwellings", verbose_name=_("punkt adresowy"))
    flat = models.CharField(_("numer lokalu"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("lokal")
        verbose_name_plural = _("lokale")
        constraints = [models.UniqueConstraint(fields=["address", "flat"], name="residents_dwelling_address_flat")]

    def __str__(self):
        return f"{self.address} m. {self.flat}" if self.flat else str(self.address)
