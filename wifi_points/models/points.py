"""Access points, one row a device, and by whose file the list of a network was last changed."""

import uuid

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.audit import APPEND_ONLY
from wifi_points.models.networks import Network
from wifi_points.statuses import NetworkStatus

MAC = RegexValidator(r"\A[0-9a-f]{2}(:[0-9a-f]{2}){5}\Z", _("Adres MAC ma postać aa:bb:cc:dd:ee:ff."))


class AccessPointQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(removed_on=None)

    def public(self):
        """What a resident may look for: installed devices of live networks."""
        return (
            self.standing()
            .filter(network__status=NetworkStatus.LIVE, installed_on__isnull=False)
            .select_related("network__programme")
        )


@pghistory.track()
class AccessPoint(models.Model):
    """A device at a place. A swapped one stays as a row that ended; the new one takes its number, so the public code stays."""

    class Kind(models.TextChoices):
        """The sixteen kinds of places of the Commission's portal."""

        TOWN_HALL = "town-hall", _("urząd, budynek administracji")
        HEALTH = "health", _("przychodnia, szpital")
        SQUARE = "square", _("plac")
        PARK = "park", _("park")
        STREET = "street", _("ulica")
        STOP = "stop", _("przystanek")
        METRO = "metro", _("metro")
        RAILWAY = "railway", _("dworzec kolejowy")
        AIRPORT = "airport", _("lotnisko")
        SPORT = "sport", _("hala sportowa, stadion")
        SCHOOL = "school", _("szkoła, uczelnia")
        LIBRARY = "library", _("biblioteka")
        CULTURE = "culture", _("muzeum, ośrodek kultury")
        SIGHTS = "sights", _("zabytek, miejsce turystyczne")
        SHOPPING = "shopping", _("centrum handlowe")
        OTHER = "other", _("inne")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="points", verbose_name=_("sieć"))
    number = models.PositiveSmallIntegerField(_("numer punktu"))
    kind = models.CharField(_("rodzaj miejsca"), max_length=10, choices=Kind)
    place = models.CharField(_("miejsce"), max_length=100, help_text=_("Jak mówią mieszkańcy: „Park nad Radunią, altana”."))
    address = models.CharField(_("ulica i numer"), max_length=120, blank=True)
    latitude = models.DecimalField(_("szerokość geograficzna"), max_digits=8, decimal_places=6)
    longitude = models.DecimalField(_("długość geograficzna"), max_digits=8, decimal_places=6)
    is_indoor = models.BooleanField(_("w budynku"))
    brand = models.CharField(_("marka"), max_length=60)
    model = models.CharField(_("model"), max_length=60)
    serial = models.CharField(_("numer seryjny"), max_length=60)  # in capitals
    mac = models.CharField(_("adres MAC"), max_length=17, validators=[MAC])
    installed_on = models.DateField(_("zamontowany dnia"), null=True, blank=True)
    removed_on = models.DateField(_("zdjęty dnia"), null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("zastąpiony przez")
    )

    is_down: bool  # of rows read by `faults.with_state`
    is_reported: bool

    objects = AccessPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("punkt dostępu")
        verbose_name_plural = _("punkty dostępu")
        ordering = ["network__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "number"], condition=Q(removed_on=None), name="wifi_points_point_number_once"
            ),
            # A serial or a MAC may come again once the old device is gone: hardware is swapped and repaired.
            models.UniqueConstraint(fields=["serial"], condition=Q(removed_on=None), name="wifi_points_serial_once"),
            models.UniqueConstraint(fields=["mac"], condition=Q(removed_on=None), name="wifi_points_mac_once"),
        ]

    def __str__(self):
        return f"{self.code} {self.place}"

    @property
    def code(self) -> str:
        """„3-2”: what stands on the sticker and in the address; it outlives the device."""
        return f"{self.network.number}-{self.number}"


class InventoryLoad(models.Model):
    """A file changed the list of a network: whose, which, and how much of the list. Append-only; points have their own history."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="inventory_loads", verbose_name=_("sieć"))
    at = models.DateTimeField(_("kiedy"))
    by = models.UUIDField(_("kto wczytał"))  # User.subject
    sha256 = models.CharField(_("skrót pliku"), max_length=64)
    version = models.PositiveIntegerField(_("wersja sieci"))  # the one that the file made
    new = models.PositiveIntegerField(_("nowych"))
    changed = models.PositiveIntegerField(_("zmienionych"))

    class Meta:
        verbose_name = _("wczytanie wykazu")
        verbose_name_plural = _("wczytania wykazów")
        ordering = ["-at", "-pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.network}, {self.version}"
