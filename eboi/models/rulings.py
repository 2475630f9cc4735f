"""What the office sends in a case: calls for missing papers, decisions, and the proof that they were served."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eboi.models.cases import Case
from eboi.statuses import CALL_TRANSITIONS, DECISION_TRANSITIONS, CallStatus, DecisionStatus
from office.models import StoredFile


@pghistory.track()
class DefectCall(models.Model):
    """A call to mend a letter (KPA art. 64 § 2): at least 7 days from service, with the warning (L7)."""

    TRANSITIONS = CALL_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="calls", verbose_name=_("sprawa"))
    status = models.CharField(_("stan"), max_length=10, choices=CallStatus, default=CallStatus.DRAFT)
    missing = models.TextField(_("czego brakuje"))
    days = models.PositiveSmallIntegerField(_("dni na uzupełnienie"), default=7)
    sent_at = models.DateTimeField(_("wysłane"), null=True, blank=True)
    served_on = models.DateField(_("doręczone"), null=True, blank=True)
    due_on = models.DateField(_("ostatni dzień"), null=True, blank=True)
    answered_at = models.DateTimeField(_("odpowiedź"), null=True, blank=True)
    answer = models.TextField(_("odpowiedź strony"), blank=True)
    taken_back_at = models.DateTimeField(_("cofnięte"), null=True, blank=True)  # a mistake of the office
    taken_back_why = models.TextField(_("dlaczego cofnięte"), blank=True)

    class Meta:
        verbose_name = _("wezwanie do uzupełnienia")
        verbose_name_plural = _("wezwania do uzupełnienia")
        ordering = ["sent_at"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=7), name="eboi_call_at_least_seven_days"),
            models.CheckConstraint(condition=Q(status__in=CallStatus.values), name="eboi_call_status"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=["draft", "sent", "served"]), name="eboi_one_open_call"
            ),
        ]

    def __str__(self):
        return self.get_status_display()


@pghistory.track()
class Decision(models.Model):
    """A decision with every part that KPA art. 107 § 1 names (L13). Signed by a person who may sign; then it never changes."""

    TRANSITIONS = DECISION_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="decision", verbose_name=_("sprawa"))
    status = models.CharField(_("stan"), max_length=10, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    authority = models.CharField(_("organ"), max_length=200)
    decided_on = models.DateField(_("data wydania"), null=True, blank=True)
    party = models.CharField(_("strona"), max_length=200)
    legal_basis = models.TextField(_("podstawa prawna"))
    ruling = models.TextField(_("rozstrzygnięcie"))
    reasons = models.TextField(_("uzasadnienie"))
    instruction = models.TextField(_("pouczenie"))
    signatory_name = models.CharField(_("podpisuje"), max_length=120, blank=True)
    signatory_position = models.CharField(_("stanowisko"), max_length=120, blank=True)
    signed_by = models.UUIDField(null=True)  # User.subject
    drafted_by = models.UUIDField()  # User.subject
    revision = models.PositiveIntegerField(default=0)  # grows with each draft: who read an older one does not write over a newer

    class Meta:
        verbose_name = _("decyzja")
        verbose_name_plural = _("decyzje")
        indexes = [models.Index(fields=["case"], condition=Q(status="draft"), name="eboi_decision_draft")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DecisionStatus.values), name="eboi_decision_status"),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(decided_on__isnull=False) & Q(signed_by__isnull=False) & ~Q(signatory_name="")),
                name="eboi_signed_decision_is_complete",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_is_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="approved"),
            )
        ]

    def __str__(self):
        return self.get_status_display()


class Delivery(models.Model):
    """How a letter of the office reached whom it was for, with proof: one row for any letter of the outgoing register (L14).

    A copy in the portal is for information only (L16); a letter sent to the account is served once its reader confirms it there.
    """

    class Channel(models.TextChoices):
        ADE = "ade", _("e-Doręczenia")
        EPUAP = "epuap", _("ePUAP, gdy pozwala na to przepis szczególny")  # L18
        POST = "post", _("poczta, za potwierdzeniem odbioru")
        IN_PERSON = "in_person", _("odbiór w urzędzie")
        PORTAL = "portal", _("konto w portalu")

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("sprawa"))
    call = models.ForeignKey(DefectCall, models.PROTECT, null=True, blank=True, related_name="deliveries")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="deliveries")
    letter = models.ForeignKey(
        "OutgoingLetter", models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("przesyłka")
    )
    channel = models.CharField(_("sposób"), max_length=10, choices=Channel)
    sent_on = models.DateField(_("wysłano"))
    collected_on = models.DateField(_("odebrano"), null=True, blank=True)
    first_notice_on = models.DateField(_("pierwsze zawiadomienie"), null=True, blank=True)  # starts the 14 days of the fiction
    effective_on = models.DateField(_("skutek doręczenia"))  # computed, never typed (L14)
    proof = models.CharField(_("dowód"), max_length=200, blank=True)
    proof_file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="proof_of", verbose_name=_("dowód w pliku")
    )
    recorded_by = models.UUIDField()  # User.subject

    class Meta:
        verbose_name = _("doręczenie")
        verbose_name_plural = _("doręczenia")
        constraints = [
            models.UniqueConstraint(fields=["letter"], name="eboi_letter_served_once"),
            models.CheckConstraint(
                condition=(Q(call__isnull=True) | Q(decision__isnull=True))
                & (Q(letter__isnull=False) | Q(call__isnull=False) | Q(decision__isnull=False)),
                name="eboi_delivery_of_one_letter",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.effective_on}"
