"""What is typed at the end of a survey: an address and its code, or a declaration."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import voters
from ui.fields import CleanCharField


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"), max_length=254,
        help_text=gettext_lazy("Wyślemy na niego sześciocyfrowy kod. Adresu nie łączymy z odpowiedziami."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Wpisz adres e-mail."), "invalid": gettext_lazy("Wpisz cały adres, na przykład anna@example.com."),
        },
    )  # fmt: skip


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Kod z listu"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Przepisz kod z listu.")},
    )  # fmt: skip


class DeclarationForm(forms.Form):
    """What a person declares of themselves; the address only where the town hall does not know it."""

    street = CleanCharField(
        label=gettext_lazy("Ulica"), max_length=120, error_messages={"required": gettext_lazy("Podaj ulicę.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )  # fmt: skip
    number = CleanCharField(
        label=gettext_lazy("Numer domu"), max_length=12, error_messages={"required": gettext_lazy("Podaj numer domu.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    flat = CleanCharField(
        label=gettext_lazy("Numer lokalu"), max_length=12, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    declared = forms.BooleanField(error_messages={"required": gettext_lazy("Zaznacz oświadczenie, jeśli jest prawdą.")})

    def __init__(self, *args, consultation, knows_home: bool, **kwargs):
        super().__init__(*args, **kwargs)
        is_for_residents = voters.asks_residents(consultation)
        if knows_home or not is_for_residents:
            for name in ("street", "number", "flat"):
                del self.fields[name]
        self.fields["declared"].label = (
            _("Oświadczam, że mieszkam w Pruszczu Gdańskim z zamiarem stałego pobytu.")
            if is_for_residents
            else _("Oświadczam, że należę do osób albo podmiotów, do których skierowane są te konsultacje.")
        )
