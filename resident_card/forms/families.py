"""What people type on the pages of the family account."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.addresses import fold_address
from residents.fields import PeselField, PhoneField
from residents.forms import MAIL_ADDRESS_HINT
from ui.fields import CleanCharField

OWN_ADDRESS = _("Własny adres tej osoby. Napiszemy na niego raz, z pytaniem o zgodę.")


class AddressField(forms.EmailField):
    """An e-mail address, folded as it is compared: capitals and full-width letters do not make another one."""

    widget = forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"})

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Adres e-mail"))
        words = {
            "required": _("Podaj adres e-mail."),
            "invalid": _("To nie wygląda na adres e-mail. Przykład: jan.kowalski@poczta.pl"),
        }
        super().__init__(max_length=254, error_messages=words, **kwargs)

    def clean(self, value):
        try:
            folded = fold_address(value) if isinstance(value, str) and value.strip() else value
        except ValueError:
            raise ValidationError(_("Ten adres zawiera litery z innego alfabetu. Wpisz go z klawiatury jeszcze raz.")) from None
        return super().clean(folded)


class InviteForm(forms.Form):
    first_name = CleanCharField(label=_("Imię"), max_length=60, error_messages={"required": _("Podaj imię.")})
    last_name = CleanCharField(label=_("Nazwisko"), max_length=80, error_messages={"required": _("Podaj nazwisko.")})
    pesel = PeselField(
        help_text=_("11 cyfr. Po nim poznamy, że zaproszenie otworzyła właściwa osoba."),
        error_messages={"required": _("Podaj numer PESEL.")},
    )
    email = AddressField(help_text=OWN_ADDRESS)
    agreed = forms.BooleanField(
        label=_("Ta osoba mieszka ze mną i wie, że podaję jej dane."),
        error_messages={"required": _("Bez tego nie możemy wysłać zaproszenia.")},
    )


class OwnAddressForm(forms.Form):
    """A sign-in of their own for a child of 16 or more, or for who came of age."""

    email = AddressField(help_text=OWN_ADDRESS)


class JoinForm(forms.Form):
    """What an adult consents to. Each sentence is ticked by themselves, none is ticked before."""

    same_home = forms.BooleanField(
        label=_("Mieszkam pod tym samym adresem co osoba, która mnie zaprasza."),
        error_messages={"required": _("Konto rodzinne jest dla osób spod jednego adresu. Jeśli mieszkasz gdzie indziej, odmów.")},
    )
    managed = forms.BooleanField(
        label=_("Zgadzam się, żeby osoba prowadząca konto widziała moje zniżki, zmieniała moje dane kontaktowe i zgody."),
        error_messages={"required": _("Bez tej zgody nie możesz dołączyć do konta rodzinnego.")},
    )


class OwnSignInForm(forms.Form):
    """A child of 16 or more only gets a sign-in; nothing new is allowed to anybody."""


class StayForm(forms.Form):
    managed = JoinForm.base_fields["managed"]


class ContactForm(forms.Form):
    phone = PhoneField(required=False, help_text=_("9 cyfr. Zagraniczny z kodem kraju, na przykład +49."))
    mail_address = CleanCharField(label=_("Adres do korespondencji"), required=False, max_length=200, help_text=MAIL_ADDRESS_HINT)
