"""One voice each, and nobody can tell whose (slice 5, C34, I5). Three tables that share no id, no moment, no order:

`Participation` says that somebody took part, `Envelope` carries a sealed voice until the next sealing, `Ballot` is what was said.
A sealing opens the waiting envelopes of an instrument, writes their ballots shuffled, empties the envelopes and publishes two
Merkle roots: of the commitments (voters find theirs) and of the ballots (nobody can change one later). See docs/decisions/0010.
No row here has a time of writing, a sequence, a history or an audit row.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import CollectingChannel, Consultation
from consultations.models.instruments import Instrument
from consultations.statuses import EnvelopeState
from office.models import StoredFile
from schemas.models import Version

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
SETTLED_STAYS = pgtrigger.Protect(  # what was listed or refused is never changed, removed or counted again
    name="settled_stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__state__in=[EnvelopeState.LISTED, EnvelopeState.REFUSED]),
)
MARKS_STAY = pgtrigger.ReadOnly(name="marks_stay", fields=["instrument", "token_mark", "commitment", "channel"])


class Participation(models.Model):
    """Somebody took part. The nullifier is HMAC-SHA-256 under the key of this consultation, which is not in the database."""

    class Face(models.TextChoices):
        """One person may be known by several marks at once: each of them is taken, so paper and portal meet."""

        PERSON = "person"  # residents.Person
        CONTACT = "contact"  # a confirmed e-mail address
        PARTICULARS = "particulars"  # name and address as declared

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="participations")
    face = models.CharField(max_length=12, choices=Face)
    nullifier = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("udział")
        verbose_name_plural = _("udziały")
        constraints = [models.UniqueConstraint(fields=["instrument", "nullifier"], name="consultations_one_voice")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return self.face


class Batch(models.Model):
    """One sealing. `head` chains it to the one before, so a batch can not be taken out or put in later (4.7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="batches", verbose_name=_("narzędzie"))
    number = models.PositiveIntegerField(_("numer"))
    day = models.DateField(_("dzień"))
    count = models.PositiveIntegerField(_("głosów"))
    ballots_root = models.CharField(_("korzeń głosów"), max_length=64)
    commitments_root = models.CharField(_("korzeń potwierdzeń"), max_length=64)
    previous = models.CharField(_("poprzednia głowa"), max_length=64, blank=True)
    head = models.CharField(_("głowa łańcucha"), max_length=64)
    is_final = models.BooleanField(_("ostatnia"), default=False)

    class Meta:
        verbose_name = _("zapieczętowana partia")
        verbose_name_plural = _("zapieczętowane partie")
        ordering = ["instrument", "number"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="consultations_batch_number")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.number}"


class Envelope(models.Model):
    """A voice received. After the sealing only its two marks stay: enough for a retry and for the public list, nothing of what it says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="envelopes", verbose_name=_("narzędzie"))
    token_mark = models.BinaryField(max_length=32)  # HMAC of the form's one-time token: a retry finds its first receipt
    commitment = models.BinaryField(max_length=32)  # SHA-256 over a secret salt and the canonical voice: what the receipt shows
    sealed = models.BinaryField(null=True)  # the voice under the consultation's key; emptied when listed or refused
    state = models.CharField(_("stan"), max_length=10, choices=EnvelopeState, default=EnvelopeState.WAITING)
    held_for = models.JSONField(_("dlaczego wstrzymany"), default=list)  # codes of reasons (C36, B10)
    channel = models.CharField(_("droga"), max_length=12, choices=CollectingChannel.Kind)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="envelopes", verbose_name=_("partia"))

    class Meta:
        verbose_name = _("koperta z głosem")
        verbose_name_plural = _("koperty z głosami")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "token_mark"], name="consultations_one_envelope_a_token"),
            models.UniqueConstraint(fields=["instrument", "commitment"], name="consultations_commitment_once"),
            models.CheckConstraint(
                condition=Q(state__in=EnvelopeState.values)
                & (
                    Q(state=EnvelopeState.LISTED, batch__isnull=False, sealed__isnull=True)
                    | Q(state=EnvelopeState.REFUSED, batch__isnull=True, sealed__isnull=True)
                    | Q(state__in=["waiting", "held", "admitted"], batch__isnull=True, sealed__isnull=False)
                ),
                name="consultations_envelope_is_sealed_or_listed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["instrument"], condition=Q(state__in=["waiting", "held", "admitted"]), name="consultations_unsealed"
            ),
            models.Index(fields=["batch"]),
        ]
        triggers = [SETTLED_STAYS, MARKS_STAY]

    def __str__(self):
        return self.get_state_display()


class Settlement(models.Model):
    """What two people decided about an envelope held for a reason, without seeing what it says. Before listing, never after."""

    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="settlement", verbose_name=_("koperta"))
    is_admitted = models.BooleanField(_("dopuszczony"))
    reason = models.TextField(_("uzasadnienie"))
    proposed_by = models.UUIDField(_("pierwsza osoba"))  # User.subject
    confirmed_by = models.UUIDField(_("druga osoba"), null=True)  # User.subject
    day = models.DateField(_("dzień"))

    class Meta:
        verbose_name = _("rozstrzygnięcie wstrzymanego głosu")
        verbose_name_plural = _("rozstrzygnięcia wstrzymanych głosów")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("proposed_by")),
                name="consultations_settlement_two_people",
            )
        ]

    def __str__(self):
        return self.reason


class Ballot(models.Model):
    """What was said, by nobody in particular: random id, version, answers by stable code. Written by a sealing, for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="ballots", verbose_name=_("narzędzie"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="ballots", verbose_name=_("partia"))
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", verbose_name=_("wersja"))
    channel = models.CharField(_("droga"), max_length=12, choices=CollectingChannel.Kind)
    answers = models.JSONField(
        _("odpowiedzi")
    )  # survey: schemas' answers; budget: {"votes": [[project code, points], ...], ...}, see consultations.budget

    class Meta:
        verbose_name = _("głos")
        verbose_name_plural = _("głosy")
        indexes = [models.Index(fields=["instrument", "batch", "id"])]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.pk)


class AnswerCell(models.Model):
    """One answer of one ballot, flat, for counting. Derived from `Ballot.answers` by the sealing and can be rebuilt from it."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="cells")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    question = models.CharField(max_length=50)
    row = models.CharField(max_length=50, blank=True)  # of a matrix; the place in a ranking
    option = models.CharField(max_length=50, blank=True)  # code chosen
    number = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "question", "row", "option"], name="consultations_cell_once"),
        ]
        indexes = [models.Index(fields=["instrument", "question", "option"], include=["ballot"], name="consultations_cell_count")]

    def __str__(self):
        return f"{self.question}: {self.option or self.number}"


class SurveyDraft(models.Model):
    """Answers saved before sending, readable only with the consultation's key. Gone when sent, or when the survey closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="drafts")
    owner_mark = models.BinaryField(max_length=32, null=True)  # HMAC of the account under the consultation's key
    resume_mark = models.BinaryField(max_length=32, null=True)  # HMAC of the secret in the link of a person without account
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    saved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "owner_mark"], name="consultations_draft_of_owner"),
            models.UniqueConstraint(fields=["instrument", "resume_mark"], name="consultations_draft_of_link"),
            models.CheckConstraint(
                condition=Q(owner_mark__isnull=False) | Q(resume_mark__isnull=False), name="consultations_draft_has_a_holder"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class VoiceFile(models.Model):
    """A file sent with an answer of an open survey. The row keeps it from the sweep of abandoned uploads; the ballot names it by hash."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="voice_files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="voice_file")

    class Meta:
        verbose_name = _("plik do głosu")
        verbose_name_plural = _("pliki do głosów")

    def __str__(self):
        return str(self.file)


class ChainEntry(models.Model):
    """The public chain of a consultation: sealings, exclusions, tallies, exports, reports. Insert only; no event is about one voice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="chain", verbose_name=_("konsultacje"))
    number = models.PositiveIntegerField(_("numer"))
    kind = models.CharField(_("rodzaj"), max_length=40)
    day = models.DateField(_("dzień"))
    payload = models.JSONField(_("treść"))
    payload_sha256 = models.CharField(_("skrót treści"), max_length=64)
    previous = models.CharField(_("poprzedni skrót"), max_length=64, blank=True)
    hash = models.CharField(_("skrót"), max_length=64)

    class Meta:
        verbose_name = _("wpis dziennika")
        verbose_name_plural = _("dziennik konsultacji")
        ordering = ["consultation", "number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="consultations_chain_number")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.number}. {self.kind}"
