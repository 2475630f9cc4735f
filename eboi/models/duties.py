"""Which matters carry stamp duty, and what was asked with a filing. How much a duty is `payments` knows."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eboi.models.catalogue import MatterType
from eboi.models.filing import Submission
from office.models import Dated
from payments.models import Payment


class MatterDuty(Dated):
    """A matter carries this duty; with a question named only when it is answered so. Without a matter it holds for all."""

    matter = models.ForeignKey(
        MatterType, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("sprawa"),
        help_text=_("Puste: każda sprawa, której formularz zadaje to pytanie."),
    )  # fmt: skip
    duty = models.SlugField(_("kod opłaty skarbowej"), max_length=40)
    question = models.SlugField(_("gdy na pytanie"), max_length=60, blank=True, help_text=_("Puste: zawsze."))
    answer = models.CharField(_("odpowiedziano"), max_length=60, blank=True)
    exempting = models.SlugField(_("pytanie o zwolnienie"), max_length=60, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("sprawa z opłatą skarbową")
        verbose_name_plural = _("sprawy z opłatą skarbową")
        ordering = ["matter", "duty", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(matter__isnull=False) | ~Q(question=""), name="eboi_duty_of_all_asks"),
        ]

    def __str__(self):
        return f"{self.matter or '–'}: {self.duty}"  # noqa: RUF001


class SubmissionDuty(models.Model):
    """A duty of one filing as it was on its day: the payment that was asked, or the exemption (L10). Never changes."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="duties", verbose_name=_("zgłoszenie"))
    code = models.SlugField(_("kod"), max_length=40)
    name = models.CharField(_("za co"), max_length=120)
    grosze = models.PositiveIntegerField(_("kwota w groszach"))
    exemption = models.CharField(_("zwolnienie"), max_length=120, blank=True)
    source = models.CharField(_("podstawa"), max_length=300)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("płatność"))

    class Meta:
        verbose_name = _("opłata skarbowa zgłoszenia")
        verbose_name_plural = _("opłaty skarbowe zgłoszeń")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="eboi_duty_once_a_filing")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.name
