"""What an operator types in gloves: a number of a card, a PIN, whole kilograms. Every slip has its words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pszok.lines import MEASURES, MOST, Line
from pszok.models import RefusalReason, WasteCode
from residents.actions import dwelling_at
from residents.address_choice import AddressChoice
from residents.models import Dwelling
from ui.fields import CleanCharField

BIG = {"autocomplete": "off"}
LONGEST = 60  # characters; what is longer is no number
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def whole_number(text: str) -> int | None:
    """Digits typed by somebody in a hurry; None for nothing. ValidationError says which slip it was (R55)."""
    text = SPACES.sub("", text)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) + 3:
        return _in_bounds(int(text))
    raise ValidationError(_what_is_wrong(text))


def _in_bounds(number: int) -> int:
    if number == 0:
        raise ValidationError(_("Wpisz więcej niż zero albo zostaw puste."))
    if number > MOST:
        raise ValidationError(_("To za dużo jak na jeden samochód. Najwięcej można wpisać %(most)d.") % {"most": MOST})
    return number


def _what_is_wrong(text: str) -> str:
    if text.isascii() and text.isdigit():
        return _("To za dużo jak na jeden samochód. Najwięcej można wpisać %(most)d.") % {"most": MOST}
    if re.fullmatch(r"[0-9]*[,.][0-9]+", text):
        return _("Wpisz całe liczby, bez przecinka. Pół tony to 500 kg, a 6 m³ to 6000 litrów.")
    if re.fullmatch(r"[0-9]*[oO][0-9oO]*", text):
        return _("W liczbie jest litera O zamiast zera. Popraw ją.")
    if text.startswith(("-", "\N{MINUS SIGN}")):
        return _("Ilość nie może być ujemna. Pomyłkę w zamkniętej wizycie poprawia osoba nadzorująca.")
    if text.isdigit():
        return _("To cyfry z innego alfabetu. Wpisz je z klawiatury jeszcze raz.")
    return _("Wpisz samą liczbę, na przykład 120.")


class WholeField(forms.Field):
    """A whole number of kilograms, litres or pieces; empty is None."""

    widget = forms.TextInput(attrs={**BIG, "inputmode": "numeric"})
    is_plainly_optional = True

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        return whole_number(str(value or "")[:LONGEST])


class EnrolForm(forms.Form):
    code = CleanCharField(
        label=gettext_lazy("Kod urządzenia"), max_length=40, widget=forms.TextInput(attrs={**BIG, "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("12 znaków. Podaje go osoba nadzorująca punkt."),
    )  # fmt: skip


class PinForm(forms.Form):
    pin = forms.CharField(
        label=gettext_lazy("PIN"), max_length=12, strip=True,
        widget=forms.PasswordInput(attrs={**BIG, "inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip


class ScanForm(forms.Form):
    """A text from a scanner, the keyboard or the camera - or a photograph of the code."""

    text = forms.CharField(
        label=gettext_lazy("Kod albo numer karty"), max_length=12_000, required=False,
        widget=forms.TextInput(attrs={**BIG, "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip
    text.is_plainly_optional = True  # type: ignore[attr-defined]
    picture = forms.FileField(
        label=gettext_lazy("Zdjęcie kodu"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    face_matches = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = CleanCharField(
        label=gettext_lazy("Dlaczego poza godzinami"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Zostanie przy wizycie."),
    )

    def clean(self):
        data = super().clean()
        if not data.get("text") and not data.get("picture") and not self.errors:
            self.add_error("text", _("Zeskanuj kod, wpisz numer karty albo zrób zdjęcie kodu."))
        return data


class DwellingForm(AddressChoice):
    """Where the document says that the person lives. The flat has to stand in the register: two spellings would be two limits."""

    reason = CleanCharField(
        label=gettext_lazy("Dlaczego poza godzinami"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Zostanie przy wizycie."),
    )
    document_seen = forms.BooleanField(
        label=gettext_lazy("Widzę dokument z tym adresem"),
        error_messages={"required": gettext_lazy("Poproś o dokument: decyzję, umowę albo zaświadczenie z tym adresem.")},
    )
    home: Dwelling | None = None

    def clean(self):
        data = super().clean()
        if self.point and "flat" in data:
            self.home = self.point.dwellings.filter(flat=data["flat"]).select_related("address").first()
            if self.home is None and (data["flat"] or self._flats()):
                told = {"flats": ", ".join(self._flats()[:12]) or _("żadnych")}
                self.add_error("flat", _("Nie ma tu takiego lokalu. Znane numery: %(flats)s.") % told)
        return data

    def _flats(self) -> list[str]:
        flats = self.point.dwellings.exclude(flat="").values_list("flat", flat=True) if self.point else []
        return sorted(flats, key=lambda flat: (len(flat), flat))

    def dwelling(self) -> Dwelling:
        """Of a valid form. A house without flats is one dwelling, made on first mention."""
        return self.home or dwelling_at(self.cleaned_point())

    def cleaned_point(self):
        if self.point is None:
            raise ValueError("only of a valid form")
        return self.point


class RefusalForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Powód"), choices=RefusalReason.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wybierz powód odmowy.")},
    )  # fmt: skip


class LineForm(forms.Form):
    """One fraction: its code and amounts. `limits` say which measures must be told; the rest stands under „Inne miary”."""

    code = forms.TypedChoiceField(label=gettext_lazy("Kod odpadu"), coerce=int, widget=forms.RadioSelect)
    kg = WholeField(label=gettext_lazy("Kilogramy"))
    litres = WholeField(label=gettext_lazy("Litry"), help_text=gettext_lazy("1 m³ to 1000 litrów."))
    pieces = WholeField(label=gettext_lazy("Sztuki"))
    scale_ticket = CleanCharField(label=gettext_lazy("Numer kwitu z wagi"), max_length=40, required=False)
    is_estimated = forms.BooleanField(label=gettext_lazy("To szacunek, bez ważenia"), required=False)
    is_for_reuse = forms.BooleanField(label=gettext_lazy("Do ponownego użycia"), required=False)
    storage_confirmed = forms.BooleanField(label=gettext_lazy("Odłożone do magazynu odpadów niebezpiecznych"), required=False)
    heavy_confirmed = forms.BooleanField(label=gettext_lazy("Tak, to naprawdę ponad 3500 kg"), required=False)
    refused_kg = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=MOST)
    refused_litres = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=MOST)
    refused_pieces = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=MOST)

    def __init__(self, *args, codes: list[WasteCode], limited: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        codes = sorted(codes, key=lambda code: not code.is_default)
        self.codes, self.fraction = codes, codes[0].fraction_id
        choices: Any = self.fields["code"]
        choices.choices = [(code.pk, f"{code} {code.name}") for code in codes]
        self.initial.setdefault("code", codes[0].pk)
        if not any(code.is_hazardous for code in codes):
            del self.fields["storage_confirmed"]
        self.limited = limited

    def shown_amounts(self):
        """Kilograms, what a limit counts, and pieces of what comes in pieces."""
        return [self[name] for name in MEASURES if self._is_shown(name)]

    def folded_amounts(self):
        return [self[name] for name in MEASURES if not self._is_shown(name)]

    def _is_shown(self, name: str) -> bool:
        counted = self.codes[0].fraction.soft_most_pieces is not None
        return name == "kg" or name in self.limited or (name == "pieces" and counted)

    def has_more_filled(self) -> bool:
        """Whether the fold holds something that the operator must see."""
        folded = [*self.folded_amounts(), *(self[name] for name in ("is_estimated", "scale_ticket", "is_for_reuse"))]
        return any(one.errors or one.value() for one in folded)

    def has_one_code(self) -> bool:
        return len(self.codes) == 1

    def only_code(self) -> WasteCode:
        return self.codes[0]

    def line(self) -> Line:
        """What was typed, not yet guarded. A refused nothing is not told."""
        data: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name in Line.__dataclass_fields__}
        for measure in MEASURES:
            data[f"refused_{measure}"] = data.get(f"refused_{measure}") or None
        return Line(fraction=self.fraction, **data)
