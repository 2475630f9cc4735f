"""Until when an entry may be disputed, by whom, and the form for it (R66)."""

from datetime import date, timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pszok.models import Dispute, Visit

DAYS = timedelta(days=7)


def last_day(visit: Visit) -> date:
    """The seventh day after the visit, inclusive."""
    return localdate(visit.opened_at) + DAYS


def is_in_time(visit: Visit, day: date) -> bool:
    return day <= last_day(visit)


def of(user):
    """Disputes that the account's person opened."""
    return Dispute.objects.filter(person__account=user) if user.is_authenticated else Dispute.objects.none()


class DisputeForm(forms.Form):
    text = forms.CharField(
        label=_("Co się nie zgadza?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Na przykład: gruzu było 200 kg, a wpisano 2000 kg."),
        error_messages={"required": _("Napisz, co się nie zgadza.")},
    )  # fmt: skip
