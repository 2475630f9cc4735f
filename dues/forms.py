"""What a person typed about their dues, validated; and what a clerk types at the desk."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dues.actions.reminding import LONGEST_LEAD
from ui.fields import CleanCharField, DayInput


class LinkForm(forms.Form):
    code = CleanCharField(
        label=_("Kod z urzędu"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("8 znaków z kartki, na przykład ABCD-2345. Wielkość liter i kreski nie mają znaczenia."),
        error_messages={"required": _("Wpisz kod z kartki.")},
    )  # fmt: skip


class LeadForm(forms.Form):
    days = forms.IntegerField(
        label=_("Ile dni przed terminem"), min_value=1, max_value=LONGEST_LEAD, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Od 1 do %(most)d dni.") % {"most": LONGEST_LEAD},
        error_messages={
            "required": _("Wpisz liczbę dni."), "invalid": _("Wpisz liczbę dni cyframi."),
            "min_value": _("Wpisz co najmniej 1 dzień."), "max_value": _("Wpisz najwyżej %(limit_value)s dni."),
        },
    )  # fmt: skip


# The desk


class LookUpForm(forms.Form):
    """Sent by POST: neither a name nor a PESEL may lie in an address or a log (S55)."""

    text = CleanCharField(
        label=_("Numer płatnika, numer należności, nazwisko i imię albo PESEL"), max_length=100, min_length=3,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text=_("Numery i PESEL w całości, nazwiska wystarczy początek. Wyszukanie zobaczy ta osoba."),
        error_messages={"required": _("Wpisz, kogo szukasz."), "min_length": _("Wpisz co najmniej 3 znaki.")},
    )  # fmt: skip


class CodeForm(forms.Form):
    """Whose document the clerk holds. For a person that is the payer; for a firm, who may speak for it."""

    first_name = CleanCharField(
        label=_("Imię z dokumentu"), max_length=60, error_messages={"required": _("Przepisz imię z dokumentu.")}
    )
    last_name = CleanCharField(
        label=_("Nazwisko z dokumentu"), max_length=80, error_messages={"required": _("Przepisz nazwisko z dokumentu.")},
        help_text=_("Kod zadziała tylko na koncie osoby o tym imieniu i nazwisku."),
    )  # fmt: skip


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Plik z systemu podatkowego"), help_text=_("CSV albo JSON, najwyżej 60 MB. Opis: docs/dues_import.md."),
        error_messages={"required": _("Wybierz plik."), "empty": _("Plik jest pusty.")},
    )  # fmt: skip
    as_of = forms.DateField(
        label=_("Stan na dzień"), widget=DayInput(), help_text=_("Z którego dnia są wpłaty w tym pliku."), initial=localdate,
        error_messages={"required": _("Podaj dzień.")},
    )  # fmt: skip
