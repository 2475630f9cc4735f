"""An address in the town picked from its address points: street with suggestions, house number, flat. Works without JavaScript."""

import difflib
import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.polish import fold
from residents.models import AddressPoint
from residents.models.places import flat_key, house_and_flat, street_key
from ui.fields import CleanCharField

FLAT = re.compile(r"[0-9a-z/-]*")


class StreetInput(forms.TextInput):
    """A text box that suggests the town's streets; with JavaScript (js/residents/address.js) also the numbers of the street."""

    template_name = "residents/widgets/street.html"

    class Media:
        js = (forms.Script("js/residents/address.js", type="module"),)

    def get_context(self, name, value, attrs):
        enhanced = {"autocomplete": "off", "data-addresses": reverse("residents:addresses")}
        context = super().get_context(name, value, {**(attrs or {}), **enhanced})
        context["suggestions"] = f"{context['widget']['attrs'].get('id', name)}_streets"
        context["widget"]["attrs"]["list"] = context["suggestions"]
        return {**context, "streets": AddressPoint.objects.streets()}


class AddressChoice(forms.Form):
    """Base of a form that asks for an address. `chosen()` is the AddressPoint, once the form is valid; None when left empty."""

    street = CleanCharField(label=_("Ulica"), max_length=120, widget=StreetInput, error_messages={"required": _("Podaj ulicę.")})
    number = CleanCharField(label=_("Numer domu"), max_length=24, error_messages={"required": _("Podaj numer domu.")})
    flat = CleanCharField(
        label=_("Numer lokalu"), max_length=12, required=False, help_text=_("Zostaw puste, gdy dom nie ma lokali.")
    )
    point: AddressPoint | None = None

    def clean_flat(self):
        flat = flat_key(self.cleaned_data["flat"])
        if not FLAT.fullmatch(flat):
            raise ValidationError(_("Numer lokalu to cyfry, czasem z literą, na przykład 3 albo 3a."))
        return flat

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("street") and data.get("number"):
            self._take_apart(data)
            self._find(data["street"], data["number"])
        return data

    def _take_apart(self, data):
        """„12/3” typed as the number of a house that is not called so: the flat goes where it belongs."""
        house, flat = house_and_flat(data["number"])
        if not flat or AddressPoint.objects.at(data["street"], data["number"]).exists():
            return
        if data.get("flat") and data["flat"] != flat:
            words = _("Numer lokalu stoi w dwóch miejscach i jest różny: %(one)s i %(other)s. Zostaw właściwy.")
            self.add_error("flat", words % {"one": flat, "other": data["flat"]})
        data["number"], data["flat"] = house, flat

    def chosen(self) -> AddressPoint | None:
        return self.point

    def _find(self, street, number):
        self.point = AddressPoint.objects.at(street, number).order_by("pk").first()
        if self.point is None:
            field, words = self._what_is_wrong(street, number)
            self.add_error(field, words)

    def _what_is_wrong(self, street, number):
        numbers = numbers_of(street)
        if not numbers:
            meant = " albo ".join(f"„{name}”" for name in similar_streets(street))
            return "street", (_("Nie znamy tej ulicy. Czy to %(names)s?") % {"names": meant}) if meant else _(
                "Nie znamy tej ulicy."
            )
        near = ", ".join(nearest(number, numbers))
        return "number", _("Przy tej ulicy nie ma numeru %(number)s. Najbliższe to: %(near)s.") % {"number": number, "near": near}


def numbers_of(street: str) -> list[str]:
    """House numbers of the street in the order of the street: 2, 5, 5a, 12."""
    rows = AddressPoint.objects.filter(search__startswith=f"{street_key(street)} ")
    numbers = {number for name, number in rows.values_list("street", "number") if street_key(name) == street_key(street)}
    return sorted(numbers, key=_in_order)


def similar_streets(street: str, count: int = 3) -> list[str]:
    """Names that are written nearly so, or hold what was typed: „Kosak” meets „Wojciecha Kossaka”."""
    names = {street_key(name): name for name in AddressPoint.objects.streets()}
    typed = street_key(street)
    holding = [key for key in names if typed and typed in key]
    near = difflib.get_close_matches(typed, names, n=count, cutoff=0.6)
    by_word = [key for key in names if difflib.get_close_matches(typed, key.split(), n=1, cutoff=0.75)]
    return [names[key] for key in dict.fromkeys([*holding, *near, *by_word])][:count]


def nearest(number: str, numbers: list[str], count: int = 3) -> list[str]:
    typed = _in_order(number)[0]
    close = sorted(numbers, key=lambda one: (abs(_in_order(one)[0] - typed), _in_order(one)))[:count]
    return sorted(close, key=_in_order)


def _in_order(number):
    digits = re.match(r"[0-9]+", number)
    return int(digits[0]) if digits else 0, fold(number)
