"""Written voices: remarks to a document, texts of surveys; their release, groups and the town's answers (C22-C26)."""

import uuid

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField
from consultations.models.consultations import CollectingChannel, Consultation
from consultations.models.instruments import Instrument, Paragraph
from consultations.models.voices import Ballot
from consultations.statuses import (
    REMARK_TRANSITIONS,
    RULING_TRANSITIONS,
    VOICE_TRANSITIONS,
    RemarkStatus,
    RulingStatus,
    VoiceStatus,
)  # fmt: skip
from office.models import StoredFile
from residents.models import Person
from schemas.models import Version


@pghistory.track()
class Remark(models.Model):
    """A letter with a name on it: remarks or a planning letter (C11). Unlike a ballot it is tied to its author, who gets an answer.

    `letter` is what was sent, word for word; voices are made of it and may be split and released, the letter stays.
    """

    TRANSITIONS = REMARK_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="remarks", verbose_name=_("narzędzie"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("osoba"))
    author = EncryptedJSONField(_("dane autora"))  # {"name", "organisation", "email", "address", ...}: only what the form asks
    is_organisation = models.BooleanField(_("w imieniu organizacji albo firmy"), default=False)
    channel = models.CharField(_("droga"), max_length=12, choices=CollectingChannel.Kind)
    registry_number = models.CharField(_("numer rejestru"), max_length=40, blank=True)
    letter = EncryptedJSONField(_("treść pisma"), default=dict)  # {"points": [{"paragraph", "text"}], "answers": {...}}
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wersja formularza")
    )
    received_at = models.DateTimeField(_("wpłynęła"))
    postmarked_on = models.DateField(_("stempel z dnia"), null=True, blank=True)
    is_late = models.BooleanField(_("po terminie"), default=False)  # kept and counted as late, not considered (C18)
    status = models.CharField(_("stan"), max_length=12, choices=RemarkStatus, default=RemarkStatus.TAKEN)
    defect = models.CharField(_("czego brakuje"), max_length=300, blank=True)
    complete_until = models.DateField(_("uzupełnić do"), null=True, blank=True)
    keyed_by = models.UUIDField(_("kto wpisał"), null=True, editable=False)  # User.subject; null when it came through the portal

    class Meta:
        verbose_name = _("pismo z uwagami")
        verbose_name_plural = _("pisma z uwagami")
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "registry_number"], condition=~Q(registry_number=""), name="consultations_remark_number"
            ),
            models.CheckConstraint(
                condition=Q(status=RemarkStatus.TAKEN)
                | (Q(status__in=RemarkStatus.values, complete_until__isnull=False) & ~Q(defect="")),
                name="consultations_remark_defect_is_named",
            ),
        ]

    def __str__(self):
        return self.registry_number or str(self.pk)


class RemarkFile(models.Model):
    """What came with a letter. The public gets it only under a name that one person gave and another released (C26)."""

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="files", verbose_name=_("pismo"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="remark_file", verbose_name=_("plik"))
    is_scan = models.BooleanField(_("skan pisma"), default=False)
    public_name = models.CharField(_("nazwa do publikacji"), max_length=120, blank=True)
    named_by = models.UUIDField(_("kto przejrzał"), null=True, editable=False)  # User.subject
    released_by = models.UUIDField(_("kto dopuścił"), null=True, editable=False)  # User.subject, another person

    class Meta:
        verbose_name = _("załącznik pisma")
        verbose_name_plural = _("załączniki pism")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | (~Q(released_by=F("named_by")) & ~Q(public_name="") & Q(is_scan=False)),
                name="consultations_remarkfile_two_people",
            )
        ]

    def __str__(self):
        return str(self.file)


class VoiceGroup(models.Model):
    """Like voices, answered together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="voice_groups", verbose_name=_("konsultacje"))
    title = models.CharField(_("czego dotyczą"), max_length=200)
    summary = models.TextField(_("streszczenie"), blank=True)

    class Meta:
        verbose_name = _("grupa głosów")
        verbose_name_plural = _("grupy głosów")
        ordering = ["title"]

    def __str__(self):
        return self.title


CONSIDERED = Q(is_late=False, is_left=False)


class VoiceQuerySet(models.QuerySet):
    def considered(self):
        """What the town has to answer: in time, and of no letter that was left for what it lacked (C18, C19)."""
        return self.filter(CONSIDERED)

    def published(self):
        """What everybody may read."""
        return self.filter(status=VoiceStatus.PUBLISHED)

    def published_unread(self):
        """Published at once by the pattern check alone (Moderation.AFTER); no person has looked through them yet."""
        return self.published().filter(released_by=None)

    def unanswered(self):
        """Considered and without an approved ruling of its own or of its group: a report waits for these (C23)."""
        approved = RulingStatus.APPROVED
        return self.considered().exclude(ruling__status=approved).exclude(group__ruling__status=approved)


@pghistory.track(exclude=["search", "original_search", "folded"])
class Voice(models.Model):
    """One point that somebody made in writing. The original stays restricted; `public_text` is what two people released (C26)."""

    TRANSITIONS = VOICE_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="voices", verbose_name=_("konsultacje"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="voices", verbose_name=_("narzędzie"))
    remark = models.ForeignKey(Remark, models.PROTECT, null=True, blank=True, related_name="voices", verbose_name=_("pismo"))
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="voices", verbose_name=_("do"))
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("głos"))
    question = models.CharField(_("pytanie"), max_length=50, blank=True)  # of the ballot
    channel = models.CharField(_("droga"), max_length=12, choices=CollectingChannel.Kind)
    is_late = models.BooleanField(_("po terminie"), default=False)
    is_left = models.BooleanField(_("nieuwzględniony"), default=False)  # its letter was not completed in time (C19)
    original = models.TextField(_("treść"))
    public_text = models.TextField(_("treść do publikacji"), blank=True)
    status = models.CharField(_("stan"), max_length=10, choices=VoiceStatus, default=VoiceStatus.RECEIVED)
    hidden_reason = models.CharField(_("dlaczego ukryty"), max_length=300, blank=True)
    redacted_by = models.UUIDField(_("kto przejrzał"), null=True, editable=False)  # User.subject
    released_by = models.UUIDField(_("kto dopuścił"), null=True, editable=False)  # User.subject, another person
    group = models.ForeignKey(VoiceGroup, models.SET_NULL, null=True, blank=True, related_name="voices", verbose_name=_("grupa"))
    sort_key = models.UUIDField(default=uuid.uuid4, editable=False)  # public order: random, so it tells nothing of when
    # Polish stems (`text_search`): of the released text for everybody; of the original for the desk alone, or a search would
    # tell what was taken out.
    search = SearchVectorField(null=True, editable=False)
    original_search = SearchVectorField(null=True, editable=False)
    folded = models.TextField(editable=False, blank=True)  # released text, lowered, without diacritics, for what stems miss

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("głos pisemny")
        verbose_name_plural = _("głosy pisemne")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=VoiceStatus.values), name="consultations_voice_status"),
            models.CheckConstraint(
                condition=Q(remark__isnull=False, ballot__isnull=True) | Q(remark__isnull=True, ballot__isnull=False),
                name="consultations_voice_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("redacted_by")), name="consultations_voice_two_people"
            ),
            models.UniqueConstraint(fields=["ballot", "question"], name="consultations_voice_of_answer"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="consultations_voice_search"),
            GinIndex(fields=["original_search"], name="consultations_voice_original"),
            models.Index(fields=["consultation", "status", "sort_key"]),
        ]

    def __str__(self):
        return self.mark

    @property
    def mark(self):
        """How officials and residents name one voice: '3F9A-21C0'. Random, so it says nothing of who or when."""
        return f"{self.sort_key.hex[:4]}-{self.sort_key.hex[4:8]}".upper()


class VoiceFlag(models.Model):
    """A reader says that a published voice breaks the rules. Not more than a hint to the moderator."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="flags", verbose_name=_("głos"))
    reason = models.CharField(_("powód"), max_length=300)
    at = models.DateTimeField(_("kiedy"))
    resolved_at = models.DateTimeField(_("załatwione"), null=True, blank=True)
    resolved_by = models.UUIDField(_("kto załatwił"), null=True)  # User.subject

    class Meta:
        verbose_name = _("zgłoszenie głosu")
        verbose_name_plural = _("zgłoszenia głosów")
        ordering = ["at"]

    def __str__(self):
        return self.reason


@pghistory.track(exclude=["search"])
class Ruling(models.Model):
    """The town's answer to a voice or to a group of like voices (C23)."""

    TRANSITIONS = RULING_TRANSITIONS

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("uwzględniony")
        PARTLY = "partly", _("uwzględniony w części")
        REJECTED = "rejected", _("nieuwzględniony")
        NOT_APPLICABLE = "not_applicable", _("nie dotyczy przedmiotu konsultacji")
        COVERED = "covered", _("już jest w projekcie")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="rulings", verbose_name=_("konsultacje"))
    voice = models.OneToOneField(Voice, models.PROTECT, null=True, blank=True, related_name="ruling", verbose_name=_("głos"))
    group = models.OneToOneField(
        VoiceGroup, models.PROTECT, null=True, blank=True, related_name="ruling", verbose_name=_("grupa")
    )
    outcome = models.CharField(_("rozstrzygnięcie"), max_length=14, choices=Outcome)
    reasons = models.TextField(_("uzasadnienie"))
    status = models.CharField(_("stan"), max_length=10, choices=RulingStatus, default=RulingStatus.DRAFT)
    author = models.UUIDField(_("autor"))  # User.subject
    approver = models.UUIDField(_("zatwierdził"), null=True)  # User.subject, another person
    approved_at = models.DateTimeField(_("kiedy"), null=True)
    answered = models.PositiveIntegerField(_("głosów"), default=0, editable=False)  # in time, in the group, when it was approved
    search = SearchVectorField(null=True, editable=False)  # Polish stems of what is said, and of the group's title and summary

    class Meta:
        verbose_name = _("stanowisko")
        verbose_name_plural = _("stanowiska")
        constraints = [
            models.CheckConstraint(
                condition=Q(voice__isnull=False) ^ Q(group__isnull=False), name="consultations_ruling_on_a_voice_or_a_group"
            ),
            models.CheckConstraint(condition=Q(status__in=RulingStatus.values), name="consultations_ruling_status"),
            models.CheckConstraint(
                condition=Q(status=RulingStatus.DRAFT) | Q(approver__isnull=False),
                name="consultations_ruling_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")), name="consultations_ruling_two_people"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="consultations_ruling_search"),
            models.Index(fields=["consultation", "status", "outcome", "-answered", "id"], name="consultations_ruling_first"),
        ]

    def __str__(self):
        return self.get_outcome_display()
