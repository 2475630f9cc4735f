"""What a holder types about a card."""

import base64
import binascii

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resident_card.models import PlasticOrder
from ui.fields import CleanCharField

LONGEST_KEY = 400  # characters of base64; a P-256 key has 124


class TieForm(forms.Form):
    """The public half of the phone's key, as static/js/resident_card/phone.js sends it."""

    public_key = forms.CharField(max_length=LONGEST_KEY, required=False, widget=forms.HiddenInput)
    device = CleanCharField(max_length=80, required=False, widget=forms.HiddenInput)

    def clean_public_key(self):
        try:
            return base64.b64decode(self.cleaned_data["public_key"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(_("Telefon przysłał niewłaściwy klucz. Odśwież stronę i spróbuj jeszcze raz.")) from None


class BlockForm(forms.Form):
    everything = forms.BooleanField(
        label=_("Zablokuj też pozostałe karty tej osoby"),
        help_text=_("Zaznacz, jeśli razem z kartą zginął telefon."),
        required=False,
    )


class DuplicateForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Co się stało z poprzednią kartą?"),
        choices=[
            (PlasticOrder.Reason.LOST, _("Zgubiłem ją albo ktoś mi ją zabrał. Zostanie od razu zablokowana.")),
            (PlasticOrder.Reason.DESTROYED, _("Zniszczyła się.")),
        ],
        widget=forms.RadioSelect,
    )
