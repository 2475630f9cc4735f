"""A person apart from the account: a child, a parent who only writes on paper, a resident with a phone."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField, lookup
from accounts.telephone import phone_in_words
from office.polish import fold
from residents.models.places import Dwelling


class IdentityLevel(models.TextChoices):
    DECLARED = "declared", _("podana przez mieszkańca")
    DESK = "desk", _("potwierdzona w urzędzie")
    ELECTRONIC = "electronic", _("potwierdzona elektronicznie")


class PersonQuerySet(models.QuerySet):
    def of(self, user):
        """The person whose account this is: at most one row."""
        return self.filter(account=user) if user.is_authenticated else self.none()

    def standing(self):
        """Without those that were merged into another person."""
        return self.filter(merged_into__isnull=True)

    def with_pesel(self, number):
        """Exactly this PESEL. More than one person may have declared it; at most one has shown a document (S54)."""
        return self.filter(pesel_lookup=pesel_lookup(number))

    def search(self, text):
        """By words of the name, Polish letters or not, in any order - or by a whole PESEL. Nothing for an empty text."""
        words = fold(text).split()
        number = "".join(words).replace("-", "")
        if len(number) == 11 and number.isdigit():
            return self.with_pesel(number)
        found = self if words else self.none()
        for word in words[:6]:
            found = found.filter(search__contains=word)
        return found

    def with_identity(self):
        """Each row knows `identity_confirmed` without a query of its own."""
        return self.annotate(identity_confirmed=Exists(IdentityConfirmation.objects.standing().filter(person=OuterRef("pk"))))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Person(models.Model):
    """`id` is the opaque name by which audit speaks of the person.

    PESEL is encrypted; `pesel_lookup` finds it exactly (S54). A declared PESEL is only a claim, so several people may hold
    the same one and nobody learns of it; once a clerk has seen the document (`pesel_seen_at`) it is one person's alone.
    `search`, `pesel_lookup` and `born_on` are set by `residents.actions`, never by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person", verbose_name=_("konto")
    )
    first_name = models.CharField(_("imię"), max_length=60)
    last_name = models.CharField(_("nazwisko"), max_length=80)
    search = models.CharField(max_length=150, editable=False, db_index=True)  # folded "kowalska anna"
    pesel = EncryptedTextField("PESEL", null=True, blank=True)
    pesel_lookup = models.BinaryField(max_length=32, null=True, editable=False, db_index=True)
    pesel_seen_at = models.DateTimeField(_("PESEL sprawdzony z dokumentem"), null=True, editable=False)
    born_on = models.DateField(_("data urodzenia"), null=True, blank=True)
    email = models.EmailField(_("e-mail do kontaktu"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    mail_address = models.CharField(_("adres do korespondencji"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged_from", verbose_name=_("połączona z")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("osoba")
        verbose_name_plural = _("osoby")
        permissions = [
            ("confirm_identity", _("Potwierdza tożsamość i wydaje kody z urzędu")),
            ("reveal_pesel", _("Odsłania pełny PESEL")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pesel_lookup"], condition=Q(pesel_seen_at__isnull=False), name="residents_one_person_per_seen_pesel"
            ),
            models.CheckConstraint(
                condition=Q(pesel__isnull=True, pesel_lookup__isnull=True) | Q(pesel__isnull=False, pesel_lookup__isnull=False),
                name="residents_pesel_with_its_lookup",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(account__isnull=True, pesel__isnull=True) & ~Q(merged_into=F("id")),
                name="residents_merged_person_is_empty",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def masked_pesel(self):
        """As it may be shown: „85•••••••34”; empty when there is none (L23, S55)."""
        return mask_pesel(self.pesel or "")

    @property
    def phone_in_words(self):
        return phone_in_words(self.phone)


def mask_pesel(number: str) -> str:
    """The first two and the last two digits; the rest as dots."""
    return f"{number[:2]}{'•' * (len(number) - 4)}{number[-2:]}" if number else ""


def pesel_lookup(number: str) -> bytes:
    """By what a PESEL is found without being readable."""
    return lookup(number, "residents.person.pesel")


class ConfirmationQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(revoked_at__isnull=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class IdentityConfirmation(models.Model):
    """Someone made sure who the person is: a clerk who saw a document, or an e-identity provider."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identity_confirmations", verbose_name=_("osoba"))
    level = models.CharField(_("poziom"), max_length=12, choices=IdentityLevel)
    how = models.CharField(_("jak"), max_length=200)
    confirmed_by = models.UUIDField(_("kto potwierdził"), null=True)  # User.subject
    at = models.DateTimeField(_("kiedy"))
    revoked_at = models.DateTimeField(_("cofnięte"), null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("potwierdzenie tożsamości")
        verbose_name_plural = _("potwierdzenia tożsamości")
        constraints = [
            models.CheckConstraint(
                condition=~Q(level=IdentityLevel.DECLARED), name="residents_confirmation_is_more_than_declared"
            )
        ]

    def __str__(self):
        return self.get_level_display()


class DeskCodeQuerySet(models.QuerySet):
    def open_at(self, moment):
        """Neither used nor out of date."""
        return self.filter(used_at__isnull=True, expires_at__gt=moment)


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

    objects = DeskCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kod z urzędu")
        verbose_name_plural = _("kody z urzędu")

    def __str__(self):
        return f"{self.person}, {self.issued_at:%Y-%m-%d}"


class DeskCodeTry(models.Model):
    """A wrong or right code typed in an account; so many an hour, then the account waits (S5)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class Household(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="households", verbose_name=_("lokal"))

    class Meta:
        verbose_name = _("gospodarstwo domowe")
        verbose_name_plural = _("gospodarstwa domowe")

    def __str__(self):
        return str(self.dwelling)


class MemberQuerySet(models.QuerySet):
    def on(self, day):
        """Memberships on the day; the first and the last day count."""
        return self.filter(Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class HouseholdMember(models.Model):
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name=_("gospodarstwo"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("osoba"))
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)  # the last day, inclusive

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("domownik")
        verbose_name_plural = _("domownicy")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="residents_one_household_at_a_time"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="residents_householdmember_dates_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.household}"
