"""What a person filed: the draft that becomes a submission, its receipt, and the incoming register (RPW)."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField
from eboi.models.catalogue import MatterType, Unit
from eboi.statuses import LETTER_TRANSITIONS, SUBMISSION_TRANSITIONS, LetterStatus, SubmissionStatus
from office.models import StoredFile
from office.models.audit import APPEND_ONLY
from residents.models import IdentityLevel, Person
from schemas.models import Version


class SubmissionQuerySet(models.QuerySet):
    def of(self, user):
        """What the signed-in resident started or filed; nobody else's."""
        return self.filter(person__account=user)

    def drafts(self):
        return self.filter(status=SubmissionStatus.DRAFT)

    def filed(self):
        return self.filter(status=SubmissionStatus.SUBMITTED)


FIXED = ["status", "matter_id", "form_version_id", "answers", "computed", "received_at", "sign_in_method", "identity_level"]
# Not `person`: when the desk finds that an account is somebody it knew, what was filed follows (residents.actions.merging).
FILED_CONTENT_CHANGES = pgtrigger.Condition(
    f"OLD.status = 'submitted' AND ROW({', '.join('OLD.' + name for name in FIXED)}) "
    f"IS DISTINCT FROM ROW({', '.join('NEW.' + name for name in FIXED)})"
)


class Submission(models.Model):
    """A draft (one per person and matter) and, once filed, the unchanging content of what was filed."""

    TRANSITIONS = SUBMISSION_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(MatterType, models.PROTECT, verbose_name=_("sprawa"))
    form_version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("wersja formularza"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="submissions", verbose_name=_("osoba"))
    status = models.CharField(_("stan"), max_length=12, choices=SubmissionStatus, default=SubmissionStatus.DRAFT)
    answers = EncryptedJSONField(_("odpowiedzi"), default=dict)  # holds PESEL, so encrypted whole (S54)
    computed = models.JSONField(_("wyliczone"), default=dict)  # frozen at filing: amount, rate, its valid_from and source
    revision = models.PositiveIntegerField(default=0)  # grows with each autosave: a stale device never overwrites
    started_at = models.DateTimeField(_("rozpoczęto"), auto_now_add=True)
    saved_at = models.DateTimeField(_("zapisano"), auto_now=True)
    received_at = models.DateTimeField(_("wpłynęło"), null=True)
    sign_in_method = models.CharField(_("sposób logowania"), max_length=40, blank=True)
    identity_level = models.CharField(_("tożsamość"), max_length=12, choices=IdentityLevel, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("zgłoszenie")
        verbose_name_plural = _("zgłoszenia")
        constraints = [
            models.UniqueConstraint(fields=["person", "matter"], condition=Q(status="draft"), name="eboi_one_draft_per_matter"),
            models.CheckConstraint(condition=Q(status__in=SubmissionStatus.values), name="eboi_submission_status"),
            models.CheckConstraint(condition=Q(status="draft") | Q(received_at__isnull=False), name="eboi_submitted_has_time"),
        ]
        triggers = [
            pgtrigger.Protect(name="filed_is_fixed", operation=pgtrigger.Update, condition=FILED_CONTENT_CHANGES),
            pgtrigger.Protect(
                name="filed_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=SubmissionStatus.SUBMITTED.value),
            ),
        ]

    def __str__(self):
        return str(self.matter)


class Attachment(models.Model):
    """A file sent with a submission, under the question that asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    question = models.SlugField(_("pytanie"))
    file = models.OneToOneField(StoredFile, models.PROTECT)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("załącznik")
        verbose_name_plural = _("załączniki")
        ordering = ["added_at"]

    def __str__(self):
        return str(self.file)


class Receipt(models.Model):
    """The official confirmation of receipt: exists if and only if the submission was filed; never changes (L2, 1.6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="receipt")
    body = models.JSONField(_("treść"))
    salt = models.BinaryField(max_length=32)  # goes into the hash of the answers, so that nobody guesses a PESEL from it
    sha256 = models.CharField(max_length=64)  # of the canonical body
    key_id = models.CharField(max_length=40)
    signature = models.BinaryField(max_length=64)
    issued_at = models.DateTimeField(_("wystawiono"))

    class Meta:
        verbose_name = _("urzędowe potwierdzenie odbioru")
        verbose_name_plural = _("urzędowe potwierdzenia odbioru")
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.id)


class LetterChannel(models.TextChoices):
    PORTAL = "portal", _("portal")
    PAPER = "paper", _("papier")
    EMAIL = "email", _("e-mail")  # registered by hand; an e-mail alone never opens a case (L1)
    DESK = "desk", _("do protokołu w urzędzie")
    ADE = "ade", _("e-Doręczenia")


class IncomingLetterQuerySet(models.QuerySet):
    def awaiting(self):
        """Nobody has yet said what it is: no case, no note."""
        return self.filter(status__in=[LetterStatus.REGISTERED, LetterStatus.DIRECTED])

    def in_units_of(self, user):
        return self.filter(unit__members__user=user)


@pghistory.track()
class IncomingLetter(models.Model):
    """An entry of the incoming register, RPW/number/year: every letter gets one before anyone decides what it is (L9)."""

    TRANSITIONS = LETTER_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("rok"))
    number = models.PositiveIntegerField(_("numer"))
    status = models.CharField(_("stan"), max_length=12, choices=LetterStatus, default=LetterStatus.REGISTERED)
    channel = models.CharField(_("wpłynęło przez"), max_length=10, choices=LetterChannel)
    received_at = models.DateTimeField(_("wpłynęło"))
    sender = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("osoba"))
    sender_name = models.CharField(_("nadawca"), max_length=200)
    subject = models.CharField(_("czego dotyczy"), max_length=200)
    letter_on = models.DateField(_("data pisma"), null=True, blank=True)
    letter_mark = models.CharField(_("znak pisma"), max_length=60, blank=True)
    attachments_count = models.PositiveSmallIntegerField(_("załączników"), default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("skierowane do"))
    matter = models.ForeignKey(MatterType, models.PROTECT, null=True, blank=True, verbose_name=_("rodzaj sprawy"))
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, blank=True, related_name="letter")
    case = models.ForeignKey("Case", models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("sprawa"))
    registered_at = models.DateTimeField(_("zarejestrowane"))
    registered_by = models.UUIDField(_("zarejestrował"), null=True)  # User.subject; null: the portal itself

    objects = IncomingLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("przesyłka wpływająca")
        verbose_name_plural = _("rejestr przesyłek wpływających")
        ordering = ["-year", "-number"]
        indexes = [models.Index(fields=["unit", "status"])]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="eboi_rpw_number"),
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="eboi_letter_status"),
            models.CheckConstraint(condition=~Q(status="attached") | Q(case__isnull=False), name="eboi_attached_letter_has_case"),
        ]

    def __str__(self):
        return self.rpw

    @property
    def rpw(self):
        return f"RPW/{self.number}/{self.year}"


class Scan(models.Model):
    """A picture of a letter that came on paper, kept with its entry in the register."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(IncomingLetter, models.PROTECT, related_name="scans", verbose_name=_("przesyłka"))
    file = models.OneToOneField(StoredFile, models.PROTECT, verbose_name=_("plik"))
    added_by = models.UUIDField(_("kto dodał"))  # User.subject
    added_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("skan przesyłki")
        verbose_name_plural = _("skany przesyłek")
        ordering = ["added_at"]

    def __str__(self):
        return str(self.file)
