"""Inputs for kinds of questions that a plain box does not serve."""

from django import forms
from django.utils.translation import gettext as _

from residents.address_choice import StreetInput
from residents.models import AddressPoint
from schemas.checking import ADDRESS_PARTS, DATE_PARTS


class Radios(forms.RadioSelect):
    """One of several, each with its hint."""

    option_template_name = "schemas/widgets/option.html"

    def __init__(self, *, hints=None, **kwargs):
        super().__init__(**kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value), "")
        if hint:
            option["hint"] = hint
            option["attrs"] = {**option["attrs"], "aria-describedby": f"{option['attrs'].get('id', name)}_hint"}
        return option


class Ticks(Radios, forms.CheckboxSelectMultiple):
    """Several of several, each with its hint."""

    input_type = forms.CheckboxSelectMultiple.input_type
    template_name = forms.CheckboxSelectMultiple.template_name
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return forms.CheckboxSelectMultiple.value_from_datadict(self, data, files, name)

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_, index=None):
        return forms.CheckboxSelectMultiple.id_for_label(self, id_, index)


class Boxes(forms.MultiWidget):
    """Labelled boxes that make one answer. Each keeps what was typed in it, right or wrong."""

    template_name = "schemas/widgets/boxes.html"
    use_fieldset = True
    parts: tuple[str, ...] = ()

    def labels(self) -> dict[str, str]:
        raise NotImplementedError

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, box in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            box["part"], box["label"] = part, self.labels()[part]
        return context

    def value_from_datadict(self, data, files, name):
        """The boxes, or the whole answer where it came under the name itself (a kept page, a script)."""
        if name in data:
            return self.decompress(data.get(name))
        return super().value_from_datadict(data, files, name)


class DateBoxes(Boxes):
    """Day, month and year in three boxes; a whole date pasted into the first is understood."""

    parts = DATE_PARTS

    def __init__(self, autocomplete=""):
        tokens = {part: f"bday-{part}" if autocomplete == "bday" else "off" for part in DATE_PARTS}
        super().__init__({part: forms.TextInput({"inputmode": "numeric", "autocomplete": tokens[part]}) for part in DATE_PARTS})

    def labels(self):
        return {"day": _("Dzień"), "month": _("Miesiąc"), "year": _("Rok")}

    def decompress(self, value):
        if isinstance(value, dict):
            return [str(value.get(part, "")) for part in DATE_PARTS]
        if isinstance(value, str) and len(found := value.split("-")) == 3:
            year, month, day = found
            return [day.lstrip("0"), month.lstrip("0"), year]
        return [value or "", "", ""]


class AddressBoxes(Boxes):
    """Street with the town's streets as suggestions, house number, flat; with a script also the numbers of the street."""

    template_name = "schemas/widgets/address.html"
    parts = ADDRESS_PARTS

    def __init__(self):
        super().__init__({**{part: forms.TextInput({"autocomplete": "off"}) for part in ADDRESS_PARTS}, "street": StreetInput()})

    def labels(self):
        return {"street": _("Ulica"), "number": _("Numer domu"), "flat": _("Lokal, jeśli jest")}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        street = context["widget"]["subwidgets"][0]
        street["template_name"] = forms.TextInput.template_name  # its list of streets is drawn once, after the boxes
        return {**context, "suggestions": street["attrs"]["list"], "streets": AddressPoint.objects.streets()}

    def decompress(self, value):
        return [str(value.get(part, "")) for part in ADDRESS_PARTS] if isinstance(value, dict) else [value or "", "", ""]


class Files(forms.FileInput):
    """One file or more under one question."""

    def __init__(self, *, several: bool, attrs=None):
        self.allow_multiple_selected = several
        super().__init__({**(attrs or {}), **({"multiple": True} if several else {})})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []
