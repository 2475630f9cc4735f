"""What people ask under art. 18 of the act on digital accessibility: a page or document made accessible, or told another way (L32)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField


class AccessibilityRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)


class AccessibilityRequest(models.Model):
    """Anybody's, signed in or not. Its id is the address of its page, so whoever holds the link reads the answer there.

    That page and the letters never show name or contact: they are read at the desk only.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("popraw stronę albo dokument, żeby dało się z nich korzystać")
        OTHER_WAY = "other_way", _("przekaż mi treść w inny sposób")

    class Contact(models.TextChoices):
        EMAIL = "email", _("e-mailem")
        PHONE = "phone", _("telefonicznie")
        POST = "post", _("listem")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("numer"), max_length=20, unique=True)
    kind = models.CharField(_("o co"), max_length=10, choices=Kind)
    page = models.CharField(_("strona albo dokument"), max_length=300)
    problem = EncryptedTextField(_("na czym polega problem"))  # people write of their health here
    other_way = EncryptedTextField(_("w jaki inny sposób"), null=True)
    name = EncryptedTextField(_("kto prosi"))
    contact_by = models.CharField(_("jak odpowiedzieć"), max_length=5, choices=Contact)
    contact = EncryptedTextField(_("kontakt"))
    asked_at = models.DateTimeField(_("wpłynęło"))
    due_on = models.DateField(_("odpowiedź do"))
    extended_why = models.TextField(_("powód nowego terminu"), blank=True)
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True)
    is_granted = models.BooleanField(_("uwzględnione"), null=True)
    answer = EncryptedTextField(_("odpowiedź"), null=True)
    answered_by = models.UUIDField(_("kto odpowiedział"), null=True)  # User.subject

    objects = AccessibilityRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("żądanie dostępności")
        verbose_name_plural = _("żądania dostępności")
        ordering = ["due_on", "asked_at"]
        default_permissions = ("view",)
        permissions = [("answer_accessibilityrequest", _("odpowiada na żądania dostępności"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True, answer__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False, answer__isnull=False, answered_by__isnull=False),
                name="eboi_accessibility_answered_whole",
            )
        ]

    def __str__(self):
        return self.number
