"""allauth's forms in our words: label, hint and what to do when a field is empty. No field is asked for twice."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts import phones
from accounts.passwords import LONGEST
from ui.fields import CleanCharField

PASSWORD_HINT = _("Co najmniej 12 znaków. Najłatwiej zapamiętać kilka zwykłych słów, na przykład cztery przypadkowe.")
BAD_ADDRESS = _("To nie wygląda na adres e-mail. Przykład: anna.kowalska@poczta.pl")
ADDRESS = (_("Adres e-mail"), "", _("Wpisz adres e-mail."))
NEW_PASSWORD = (_("Nowe hasło"), PASSWORD_HINT, _("Wpisz nowe hasło."))
MAILED_CODE = (_("Kod z listu"), _("Osiem liter. Wielkość liter i myślnik nie mają znaczenia."), _("Wpisz kod z listu."))
APP_CODE = (_("Kod z aplikacji"), _("Sześć cyfr."), _("Wpisz kod z aplikacji."))


class InOurWords:
    """Mixed into a form of allauth: WORDS gives each field its label, its hint and its „this is missing”."""

    WORDS: dict = {}
    DROPPED: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.DROPPED:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.WORDS:
                field.label, field.help_text, field.error_messages["required"] = self.WORDS[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = BAD_ADDRESS
                field.widget.attrs["autocapitalize"] = "none"
                field.widget.attrs["spellcheck"] = "false"
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["data-password"] = ""
                field.validators.append(MaxLengthValidator(4 * LONGEST))  # no one makes the server hash a novel


class NameOfAccountField(forms.CharField):
    """An e-mail address, or a telephone number in any spelling, given as it is compared (R21)."""

    def clean(self, value):
        text = super().clean(value)
        if not text or "@" in text or not any(letter.isdigit() for letter in text):
            return forms.EmailField(error_messages={"invalid": BAD_ADDRESS}).clean(text) if text else text
        return phones.check_sign_in_phone(text)


class SignInForm(InOurWords, account.LoginForm):
    WORDS = {"login": ADDRESS, "password": (_("Hasło"), "", _("Wpisz hasło."))}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if phones.is_offered():
            words = {
                "label": _("Adres e-mail albo telefon"),
                "error_messages": {"required": _("Wpisz adres e-mail albo telefon.")},
            }
            widget = forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"})
            self.fields["login"] = NameOfAccountField(max_length=254, widget=widget, **words)
            self.order_fields(["login", "password"])
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def user_credentials(self):
        """A number stands for the address of the account that proved it. Tries are counted by what was typed, so that a number
        does not tell whose it is; an address that nobody has takes as long (S7)."""
        credentials = super().user_credentials()
        typed = credentials["email"]
        return credentials if "@" in typed else {**credentials, "email": phones.address_of(typed), "typed": typed}


class SignUpForm(InOurWords, account.SignupForm):
    WORDS = {
        "email": (ADDRESS[0], _("Wyślemy na niego kod i powiadomienia o Twoich sprawach."), ADDRESS[2]),
        "password1": (_("Hasło"), PASSWORD_HINT, _("Wymyśl hasło.")),
    }
    # S46: people do not see it, programs fill it in; they are told the same as everyone.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    field_order = ("email", "password1", "website")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].label = _("Zostaw to pole puste")

    @property
    def is_from_a_program(self):
        return bool(self.cleaned_data.get("website"))


class NewAddressForm(InOurWords, account.AddEmailForm):
    WORDS = {"email": (_("Nowy adres e-mail"), _("Wyślemy na niego kod. Adres zmieni się, gdy kod wpiszesz."), ADDRESS[2])}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    WORDS = {"oldpassword": (_("Obecne hasło"), "", _("Wpisz obecne hasło.")), "password1": NEW_PASSWORD}
    DROPPED = ("password2",)


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    WORDS = {"password1": NEW_PASSWORD}
    DROPPED = ("password2",)


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    WORDS = {"email": ADDRESS}


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    WORDS = {"password1": NEW_PASSWORD}
    DROPPED = ("password2",)


class ConfirmByPasswordForm(InOurWords, account.ReauthenticateForm):
    WORDS = {"password": (_("Hasło"), "", _("Wpisz hasło."))}


class RequestCodeForm(InOurWords, account.RequestLoginCodeForm):
    WORDS = {"email": ADDRESS}


class SignInCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    WORDS = {"code": MAILED_CODE}


class AddressCodeForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    WORDS = {"code": MAILED_CODE}


class ResetCodeForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    WORDS = {"code": MAILED_CODE}


class SecondStepForm(InOurWords, mfa.AuthenticateForm):
    WORDS = {"code": (_("Kod z aplikacji albo kod zapasowy"), _("Sześć cyfr z aplikacji lub osiem z kartki."), _("Wpisz kod."))}


class ConfirmByCodeForm(InOurWords, mfa.ReauthenticateForm):
    WORDS = SecondStepForm.WORDS


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):
    WORDS = {"code": APP_CODE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class RemoveAppForm(InOurWords, totp.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(InOurWords, recovery.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """Always a passkey: kept by the device and opened by its PIN, finger or face, so it signs in alone."""

    WORDS = {"name": (_("Nazwa klucza"), _("Na przykład „telefon” albo „komputer w domu”."), "")}
    DROPPED = ("passwordless",)

    def clean(self):
        self.cleaned_data["passwordless"] = True
        return super().clean()


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    WORDS = {"name": (_("Nazwa klucza"), "", _("Nazwij klucz."))}


class SignInPhoneForm(forms.Form):
    phone = CleanCharField(
        label=_("Numer telefonu"), max_length=40, widget=forms.TelInput(attrs={"autocomplete": "tel"}),
        help_text=_("Wyślemy na niego SMS z kodem. Nic nie kosztuje."),
    )  # fmt: skip

    def clean_phone(self):
        return phones.check_sign_in_phone(self.cleaned_data["phone"])


class PhoneCodeForm(forms.Form):
    code = CleanCharField(
        label=_("Kod z SMS-a"), max_length=20, help_text=_("Sześć cyfr."), error_messages={"required": _("Wpisz kod z SMS-a.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
