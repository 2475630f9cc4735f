"""What a person typed about themselves, validated."""

from django import forms
from django.utils.translation import gettext_lazy as _

from residents.fields import PeselField, PhoneField
from residents.models import DataRequest, Person, Terms
from ui.fields import CleanCharField

MAIL_ADDRESS_HINT = _("Ulica, numer, kod i miejscowość. Tu wyślemy list, jeśli trzeba będzie wysłać go na papierze.")


def _asked(words) -> dict:
    return {"required": words}


def _text(token: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": token})


class IdentityForm(forms.Form):
    """Name and PESEL. An empty PESEL of a person who has one leaves it as it is: the page never shows the number back (S55)."""

    first_name = CleanCharField(
        label=_("Imię"),
        max_length=60,
        widget=_text("given-name"),
        help_text=_("Tak jak w dokumencie."),
        error_messages=_asked(_("Podaj imię.")),
    )
    last_name = CleanCharField(
        label=_("Nazwisko"), max_length=80, widget=_text("family-name"), error_messages=_asked(_("Podaj nazwisko."))
    )
    pesel = PeselField(required=False, help_text=_("11 cyfr. Zostaw puste, jeśli nie masz numeru PESEL."))

    def __init__(self, *args, person: Person | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if person is not None and person.pesel:
            self.fields["pesel"].help_text = _("Mamy numer %(masked)s. Wpisz 11 cyfr tylko wtedy, gdy się zmienia.") % {
                "masked": person.masked_pesel
            }

    def changes(self) -> dict[str, str]:
        """For `actions.correct_person`."""
        data = self.cleaned_data
        return {name: value for name, value in data.items() if name != "pesel" or value}


class ContactForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail do kontaktu"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = PhoneField(required=False, help_text=_("9 cyfr. Zagraniczny z kodem kraju, na przykład +49."))
    mail_address = CleanCharField(
        label=_("Adres do korespondencji"),
        required=False,
        max_length=200,
        widget=_text("street-address"),
        help_text=MAIL_ADDRESS_HINT,
    )


class OnboardingForm(IdentityForm):
    """A resident's first visit: who they are, and the terms they were shown, by number, so that exactly those are noted."""

    phone = ContactForm.base_fields["phone"]
    mail_address = ContactForm.base_fields["mail_address"]

    def __init__(self, *args, terms: list[Terms], **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = terms
        if any(one.kind == Terms.Kind.SERVICE for one in terms):
            self.fields["accepted"] = forms.BooleanField(
                label=_("Znam i akceptuję regulamin portalu."),
                error_messages=_asked(_("Bez akceptacji regulaminu nie możemy iść dalej.")),
            )
        shown = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.version_mark)
        self.fields["shown"] = shown

    @property
    def version_mark(self) -> str:
        return ",".join(str(one.pk) for one in self.terms)

    def clean(self):
        """A version that came into force while the page was open has to be read first; what was typed stays."""
        data = super().clean()
        if data.get("shown") != self.version_mark:
            self.data = {**self.data.dict(), self.add_prefix("shown"): self.version_mark}
            raise forms.ValidationError(_("Regulamin albo klauzula zmieniły się przed chwilą. Przeczytaj je i wyślij ponownie."))
        return data


class DeskCodeForm(forms.Form):
    code = CleanCharField(
        label=_("Kod z urzędu"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("8 znaków z kartki, na przykład ABCD-2345. Wielkość liter i kreski nie mają znaczenia."),
        error_messages=_asked(_("Wpisz kod z kartki.")),
    )


class DataRequestForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("O co prosisz"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=_asked(_("Wybierz, o co prosisz.")),
    )
    text = CleanCharField(
        label=_("Napisz, o jakie dane chodzi i dlaczego"),
        max_length=4000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=_asked(_("Napisz, o jakie dane chodzi.")),
    )
