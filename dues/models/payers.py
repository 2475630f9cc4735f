"""Payers as the tax system knows them, and which person of the portal each of them is (L42)."""

import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encryption import lookup
from office.polish import fold
from residents.models import Person


def pesel_lookup(number: str) -> bytes:
    """By what a payer is found by PESEL. The number itself is not kept: the tax system has it (S54)."""
    return lookup(number, "dues.payer.pesel")


class PayerQuerySet(models.QuerySet):
    def of(self, user):
        """Payers whose link to the signed-in person stands; nobody else's (L42)."""
        return self.filter(links__person__account=user, links__ended_at=None)

    def search(self, text):
        """By payer's or liability's number, by words of the name, or by a whole PESEL. Nothing for an empty text."""
        words = fold(text).split()
        if not words:
            return self.none()
        bare = "".join(words)
        if len(bare) == 11 and bare.isdigit():
            return self.filter(models.Q(pesel_lookup=pesel_lookup(bare)) | models.Q(number=bare))
        named = models.Q()
        for word in words[:6]:
            named &= models.Q(search__contains=word)
        return self.filter(named | models.Q(number=text.strip()) | models.Q(liabilities__number=text.strip())).distinct()


class Payer(models.Model):
    """A payer record of the tax system. `id` names it in the audit while nobody is linked; name and PESEL come with an import."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("numer płatnika"), max_length=40, unique=True)
    name = models.CharField(_("nazwisko i imię albo nazwa"), max_length=160)
    search = models.CharField(max_length=160, editable=False)  # folded name
    pesel_lookup = models.BinaryField(max_length=32, null=True, editable=False)

    objects = PayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("płatnik")
        verbose_name_plural = _("płatnicy")
        permissions = [("link_payer", _("Wydaje kody łączące płatnika z kontem i odłącza konto"))]
        indexes = [models.Index(fields=["search"]), models.Index(fields=["pesel_lookup"])]

    def __str__(self):
        return f"{self.number}, {self.name}"


class LinkQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PayerLink(models.Model):
    """This payer is this person: how the town made sure, who stands for it, and when it ended. One person at a time."""

    class Method(models.TextChoices):
        DESK_CODE = "desk_code", _("kod z urzędu")

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="links", verbose_name=_("płatnik"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="payer_links", verbose_name=_("osoba"))
    method = models.CharField(_("jak"), max_length=12, choices=Method)
    verified_by = models.UUIDField(_("kto sprawdził"), null=True)  # User.subject
    since = models.DateTimeField(_("od"))
    ended_at = models.DateTimeField(_("do"), null=True, blank=True)
    ended_by = models.UUIDField(_("kto odłączył"), null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("połączenie płatnika z osobą")
        verbose_name_plural = _("połączenia płatników z osobami")
        constraints = [
            models.UniqueConstraint(fields=["payer"], condition=models.Q(ended_at=None), name="dues_payer_is_one_person")
        ]

    def __str__(self):
        return f"{self.payer}: {self.person}"


class LinkCodeQuerySet(models.QuerySet):
    def open_at(self, moment):
        """Neither used nor out of date."""
        return self.filter(used_at=None, expires_at__gt=moment)


class LinkCode(models.Model):
    """A one-time code given at the desk to whom the clerk saw with a document. Only its keyed hash is kept.

    `for_search` is the folded name of that document: a lost slip is worth nothing to a finder of another name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="link_codes", verbose_name=_("płatnik"))
    for_search = models.CharField(max_length=160, editable=False)
    code_lookup = models.BinaryField(max_length=32, unique=True, editable=False)
    issued_by = models.UUIDField(_("wydał"))
    issued_at = models.DateTimeField(_("wydany"))
    expires_at = models.DateTimeField(_("ważny do"))
    used_at = models.DateTimeField(_("użyty"), null=True, blank=True)

    objects = LinkCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kod łączący płatnika z kontem")
        verbose_name_plural = _("kody łączące płatników z kontami")

    def __str__(self):
        return f"{self.payer}, {self.issued_at:%Y-%m-%d}"
