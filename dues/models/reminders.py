"""How a person wants to be told of days, and of what they were told already."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dues.models.liabilities import Instalment
from residents.models import Person

USUAL_LEAD = 7


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Preference(models.Model):
    """`token` opens the calendar of days and nothing else: neither sums nor names. It can be made anew."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="due_preference")
    lead_days = models.PositiveSmallIntegerField(
        _("ile dni wcześniej"), default=USUAL_LEAD, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    def __str__(self):
        return f"{self.lead_days}"


class Reminder(models.Model):
    """This person was reminded of this instalment on this channel; the database keeps it to once."""

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="due_reminders")
    channel = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instalment", "person", "channel"], name="dues_reminded_once")]

    def __str__(self):
        return f"{self.instalment}, {self.at:%Y-%m-%d}"
