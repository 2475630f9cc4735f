"""What leaves the office: the outgoing register with its own numbers, and the templates from which clerks write."""

import uuid

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eboi import placeholders
from eboi.models.cases import Case
from eboi.models.catalogue import Unit
from eboi.models.rulings import Decision, DefectCall
from residents.models import Person


class OutgoingLetterQuerySet(models.QuerySet):
    def in_units_of(self, user):
        """What went out of the units the clerk works in today (S17, S24)."""
        return self.filter(unit__members__user=user)

    def awaiting_proof(self):
        """Sent on a way that gives a proof, and none entered yet: of calls and decisions too."""
        return self.exclude(channel=OutgoingLetter.Channel.PLAIN).filter(deliveries__isnull=True)

    def served_apart(self):
        """Letters whose service moves nothing. That of a call or a decision is entered in its case, which then goes on."""
        return self.filter(call__isnull=True, decision__isnull=True)

    def to_confirm(self):
        """Sent to the account of their reader, who has not confirmed them yet."""
        return self.awaiting_proof().filter(channel=OutgoingLetter.Channel.PORTAL)


@pghistory.track()
class OutgoingLetter(models.Model):
    """An entry of the outgoing register, RPO/number/year. It never goes; a mistaken one is answered by the next."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("pismo")
        CALL = "call", _("wezwanie do uzupełnienia")
        DECISION = "decision", _("decyzja")
        DELAY = "delay", _("zawiadomienie o zwłoce")
        FORWARDING = "forwarding", _("przekazanie według właściwości")
        FORWARDED = "forwarded", _("zawiadomienie o przekazaniu")
        SUSPENSION = "suspension", _("postanowienie o zawieszeniu")
        RESUMPTION = "resumption", _("postanowienie o podjęciu")

    class Channel(models.TextChoices):
        POST = "post", _("poczta, za potwierdzeniem odbioru")
        ADE = "ade", _("e-Doręczenia")
        EPUAP = "epuap", _("ePUAP, gdy pozwala na to przepis szczególny")
        IN_PERSON = "in_person", _("odbiór w urzędzie")
        PORTAL = "portal", _("konto w portalu")
        PLAIN = "plain", _("list zwykły")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("rok"))
    number = models.PositiveIntegerField(_("numer"))
    kind = models.CharField(_("rodzaj"), max_length=12, choices=Kind, default=Kind.LETTER)
    channel = models.CharField(_("sposób"), max_length=10, choices=Channel)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="outgoing", verbose_name=_("sprawa"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("komórka"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("osoba"))
    recipient = models.CharField(_("adresat"), max_length=200)
    address = models.CharField(_("adres"), max_length=200, blank=True)
    subject = models.CharField(_("czego dotyczy"), max_length=200)
    text = models.TextField(_("treść"), blank=True)  # empty for a call and a decision, which have their own rows
    call = models.ForeignKey(DefectCall, models.PROTECT, null=True, blank=True, related_name="outgoing")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="outgoing")
    sent_on = models.DateField(_("wysłano"))
    first_notice_on = models.DateField(_("pierwsze zawiadomienie o przesyłce"), null=True, blank=True)  # starts the 14 days
    registered_at = models.DateTimeField(_("zarejestrowane"))
    registered_by = models.UUIDField(_("zarejestrował"))  # User.subject

    objects = OutgoingLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("przesyłka wychodząca")
        verbose_name_plural = _("rejestr przesyłek wychodzących")
        ordering = ["-year", "-number"]
        indexes = [models.Index(fields=["unit", "-year", "-number"])]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="eboi_rpo_number"),
            models.CheckConstraint(
                condition=Q(first_notice_on__isnull=True) | Q(first_notice_on__gte=models.F("sent_on")),
                name="eboi_notice_after_sending",
            ),
        ]
        triggers = [pgtrigger.Protect(name="entry_stays", operation=pgtrigger.Delete)]

    def __str__(self):
        return self.rpo

    @property
    def rpo(self):
        return f"RPO/{self.number}/{self.year}"


class LetterTemplateQuerySet(models.QuerySet):
    def for_unit(self, unit):
        """What the unit may write from: its own templates and those of the whole office."""
        return self.filter(Q(unit=unit) | Q(unit__isnull=True), is_in_use=True)


@pghistory.track()
class LetterTemplate(models.Model):
    """A letter with gaps: `{strona}`, `{znak sprawy}` and a few more (eboi.placeholders). A gap nobody knows is refused by name."""

    name = models.CharField(_("nazwa"), max_length=120, unique=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("komórka"),
        help_text=_("Puste: dla wszystkich komórek."),
    )  # fmt: skip
    title = models.CharField(_("tytuł pisma"), max_length=200)
    text = models.TextField(_("treść"))
    is_in_use = models.BooleanField(_("w użyciu"), default=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("wzór pisma")
        verbose_name_plural = _("wzory pism")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        wrong = {field: faults for field in ("title", "text") if (faults := placeholders.faults(getattr(self, field)))}
        if wrong:
            raise ValidationError(wrong)
