"""What a person asks about their own data: GDPR articles 15 to 21 (L21)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from residents.models.people import Person


class DataRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at__isnull=True)

    def overdue_on(self, day):
        return self.waiting().filter(due_on__lt=day)


class DataRequest(models.Model):
    """A request with its day of answer. What the portal can do at once (a copy, contact data, consents) needs no request."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("sprostowanie danych")
        RESTRICTION = "restriction", _("ograniczenie przetwarzania")
        OBJECTION = "objection", _("sprzeciw wobec przetwarzania")
        ERASURE = "erasure", _("usunięcie danych")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="data_requests", verbose_name=_("osoba"))
    kind = models.CharField(_("o co"), max_length=12, choices=Kind)
    text = EncryptedTextField(_("uzasadnienie"))  # people write what they should not, a PESEL too
    asked_at = models.DateTimeField(_("wpłynęło"))
    due_on = models.DateField(_("odpowiedź do"))
    extended_why = models.TextField(_("powód późniejszej odpowiedzi"), blank=True)  # GDPR art. 12 (3)
    is_granted = models.BooleanField(_("uwzględnione"), null=True)
    answer = EncryptedTextField(_("odpowiedź"), null=True)
    answered_by = models.UUIDField(_("kto odpowiedział"), null=True)  # User.subject
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("żądanie dotyczące danych")
        verbose_name_plural = _("żądania dotyczące danych")
        ordering = ["due_on"]
        permissions = [("answer_data_request", _("Odpowiada na żądania dotyczące danych"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True, answered_by__isnull=True, answer__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False, answered_by__isnull=False, answer__isnull=False),
                name="residents_datarequest_answered_whole",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
