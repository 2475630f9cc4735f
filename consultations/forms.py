"""What residents type on the pages of consultations."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=_("Adres e-mail"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={"required": _("Wpisz adres e-mail."), "invalid": _("Wpisz cały adres, na przykład anna@example.com.")},
    )  # fmt: skip
