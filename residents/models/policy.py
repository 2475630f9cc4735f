"""What the town has decided about the register of persons, as data with dates."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Dated


class RegisterPolicy(Dated):
    """How long a desk code lives, how often one may guess, from what age one consents alone (L27)."""

    desk_code_days = models.PositiveSmallIntegerField(
        _("ważność kodu z urzędu w dniach"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    desk_code_tries = models.PositiveSmallIntegerField(
        _("prób wpisania kodu na godzinę"), validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    consent_age = models.PositiveSmallIntegerField(_("wiek, od którego wystarcza własna zgoda"))
    answer_months = models.PositiveSmallIntegerField(
        _("miesięcy na odpowiedź o danych"), validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    extension_months = models.PositiveSmallIntegerField(
        _("o ile miesięcy najwyżej można ją przesunąć"), default=2, validators=[MinValueValidator(0), MaxValueValidator(2)],
        help_text=_("RODO art. 12 ust. 3: o dwa, z podaniem powodu w ciągu pierwszego miesiąca."),
    )  # fmt: skip

    class Meta(Dated.Meta):
        verbose_name = _("zasady kartoteki")
        verbose_name_plural = _("zasady kartoteki")

    def __str__(self):
        return str(_("zasady od %(day)s")) % {"day": self.valid_from}
