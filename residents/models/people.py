"""A person apart from the account: a child, a parent who only writes on paper, a resident with a phone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from residents.models.places import Dwelling


class IdentityLevel(models.TextChoices):
    DECLARED = "declared", _("podana przez mieszkańca")
    DESK = "desk", _("potwierdzona w urzędzie")
    ELECTRONIC = "electronic", _("potwierdzona elektronicznie")


class Person(models.Model):
    """`id` is the opaque name by which audit speaks of the person. PESEL is encrypted; `pesel_lookup` finds it exactly (S54)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person", verbose_name=_("konto")
    )
    first_name = models.CharField(_("imię"), max_length=60)
    last_name = models.CharField(_("nazwisko"), max_length=80)
    search = models.CharField(max_length=150, editable=False, db_index=True)  # folded "kowalska anna"
    pesel = EncryptedTextField("PESEL", null=True, blank=True)
    pesel_lookup = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    born_on = models.DateField(_("data urodzenia"), null=True, blank=True)
    email = models.EmailField(_("e-mail do kontaktu"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    mail_address = models.CharField(_("adres do korespondencji"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("osoba")
        verbose_name_plural = _("osoby")

    def __str__(self):
        return f"{self.first_name} {self.last_name}"


class IdentityConfirmation(models.Model):
    """Someone made sure who the person is: a clerk who saw a document, or an e-identity provider."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identity_confirmations", verbose_name=_("osoba"))
    level = models.CharField(_("poziom"), max_length=12, choices=IdentityLevel)
    how = models.CharField(_("jak"), max_length=200)
    confirmed_by = models.UUIDField(_("kto potwierdził"), null=True)  # User.subject
    at = models.DateTimeField(_("kiedy"))
    revoked_at = models.DateTimeField(_("cofnięte"), null=True, blank=True)

    class Meta:
        verbose_name = _("potwierdzenie tożsamości")
        verbose_name_plural = _("potwierdzenia tożsamości")


class DeskCode(models.Model):
    """A one-time code given at the desk to a person whose document a clerk saw; typed in the account it confirms identity.

    Only its keyed hash is kept. Refused when used, expired, after too many tries, or for another person's account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="desk_codes", verbose_name=_("osoba"))
    code_lookup = models.BinaryField(max_length=32, unique=True, editable=False)
    issued_by = models.UUIDField(_("wydał"))  # User.subject
    issued_at = models.DateTimeField(_("wydany"))
    expires_at = models.DateTimeField(_("ważny do"))
    used_at = models.DateTimeField(_("użyty"), null=True, blank=True)

    class Meta:
        verbose_name = _("kod z urzędu")
        verbose_name_plural = _("kody z urzędu")


class Household(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="households", verbose_name=_("lokal"))

    class Meta:
        verbose_name = _("gospodarstwo domowe")
        verbose_name_plural = _("gospodarstwa domowe")


class HouseholdMember(models.Model):
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name=_("gospodarstwo"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("osoba"))
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("domownik")
        verbose_name_plural = _("domownicy")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="residents_one_household_at_a_time"),
        ]
