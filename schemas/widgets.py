"""Inputs for kinds of questions that a plain box does not serve. All of them work without a script."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from residents.address_choice import StreetInput
from residents.models import AddressPoint
from schemas.checking import ADDRESS_PARTS, DATE_PARTS
from schemas.choosing import OTHER_TEXT
from schemas.definition import text_key
from schemas.kinds import POINT_PARTS

CHOOSING = forms.Script("js/schemas/choices.js", type="module")


class Chosen(NamedTuple):
    """What a group of options shows: the code or codes chosen, and what is written beside options, by their codes."""

    chosen: Any
    texts: dict[str, str]


class Radios(forms.RadioSelect):
    """One of several, each with its hint; `texts` names those beside which something may be written."""

    option_template_name = "schemas/widgets/option.html"

    def __init__(self, *, hints=None, texts=(), alone=(), **kwargs):
        super().__init__(**kwargs)
        self.hints, self.texts, self.alone = hints or {}, texts, alone

    @property
    def media(self):
        return forms.Media(js=[CHOOSING] if self.texts or self.alone else [])

    def get_context(self, name, value, attrs):
        chosen, texts = value if isinstance(value, Chosen) else (value, {})
        context = super().get_context(name, chosen, attrs)
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["text"] = self._text(name, option, texts)
                option["is_alone"] = option["value"] in self.alone
        return context

    def _text(self, name, option, texts):
        """The box beside the option; it is named in words, since the option's own label is that of the tick."""
        code = str(option["value"])
        if code not in self.texts:
            return None
        label = _("%(option)s: wpisz, co masz na myśli") % {"option": option["label"]}
        return {
            "name": text_key(name, code), "id": f"{option['attrs'].get('id', name)}_text", "label": label,
            "value": texts.get(code, ""), "longest": OTHER_TEXT,
        }  # fmt: skip

    def value_from_datadict(self, data, files, name):
        return self._with_texts(super().value_from_datadict(data, files, name), data, name)

    def _with_texts(self, chosen, data, name):
        return Chosen(chosen, {code: data.get(text_key(name, code), "") for code in self.texts}) if self.texts else chosen

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
        return self._with_texts(forms.CheckboxSelectMultiple.value_from_datadict(self, data, files, name), data, name)

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_, index=None):
        return forms.CheckboxSelectMultiple.id_for_label(self, id_, index)


class Scale(forms.RadioSelect):
    """Numbers in a row, the first and the last with what they mean; under them „Nie mam zdania”."""

    template_name = "schemas/widgets/scale.html"

    def __init__(self, *, ends, **kwargs):
        super().__init__(**kwargs)
        self.ends = ends

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = [option for _group, grouped, _index in context["widget"]["optgroups"] for option in grouped]
        numbers = [option for option in options if str(option["value"]).lstrip("-").isdigit()]
        for number, end in zip((numbers[0], numbers[-1]), self.ends, strict=True):
            number["end"] = end
        return {
            **context, "numbers": numbers, "others": options[len(numbers) :], "least_label": self.ends[0], "most_label": self.ends[1]
        }  # fmt: skip


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


class PointBoxes(Boxes):
    """Latitude and longitude; with a script a button that asks the phone where it is. Nothing is sent before the form is."""

    template_name = "schemas/widgets/point.html"
    parts = POINT_PARTS

    def __init__(self):
        super().__init__({part: forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}) for part in POINT_PARTS})

    @property
    def media(self):
        return forms.Media(js=[forms.Script("js/schemas/point.js", type="module")])

    def labels(self):
        return {"lat": _("Szerokość, około 54"), "lon": _("Długość, około 18")}

    def decompress(self, value):
        return [str(value.get(part, "")) for part in POINT_PARTS] if isinstance(value, dict) else [value or "", ""]


class Matrix(Boxes):
    """Rows judged by the same options: one group of buttons a row, laid out as a table where there is room."""

    template_name = "schemas/widgets/matrix.html"

    def __init__(self, rows, options):
        self.parts, self.rows, self.options = tuple(rows), rows, options
        super().__init__({row: forms.RadioSelect(choices=options) for row in rows})

    def labels(self):
        return self.rows

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "options": [label for _code, label in self.options]}

    def decompress(self, value):
        return [value.get(row) for row in self.parts] if isinstance(value, dict) else [None for _row in self.parts]


class Places(Boxes):
    """A place for every option, picked from a list; the list is as long as there are places."""

    template_name = "schemas/widgets/places.html"

    def __init__(self, options, places, hints):
        self.parts, self.options, self.hints = tuple(options), options, hints
        numbers = [("", _("bez miejsca")), *((str(place), str(place)) for place in range(1, places + 1))]
        super().__init__({option: forms.Select(choices=numbers) for option in options})

    def labels(self):
        return self.options

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, box in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            box["hint"] = self.hints.get(part, "")
        return context

    def decompress(self, value):
        if isinstance(value, list):
            return [str(value.index(option) + 1) if option in value else "" for option in self.parts]
        return [value.get(option, "") for option in self.parts] if isinstance(value, dict) else ["" for _option in self.parts]


class Files(forms.FileInput):
    """One file or more under one question."""

    def __init__(self, *, several: bool, attrs=None):
        self.allow_multiple_selected = several
        super().__init__({**(attrs or {}), **({"multiple": True} if several else {})})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []
