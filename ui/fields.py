"""Form fields that every room may use."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ui.text import clean_text, hidden_letter


def refuse_hidden(text: str) -> None:
    """ValidationError naming the place of a character that nobody sees and nobody types (see `ui.text`)."""
    if found := hidden_letter(text):
        named = {"letter": found[0], "before": found[1]}
        raise ValidationError(_after(named) if found[1] else _first(named), "hidden_letter")


def _after(named: dict[str, str]) -> str:
    return _("Za „%(before)s” jest znak, którego nie widać (%(letter)s). Usuń to miejsce i wpisz je od nowa.") % named


def _first(named: dict[str, str]) -> str:
    return _("Na początku jest znak, którego nie widać (%(letter)s). Usuń początek i wpisz go od nowa.") % named


class CleanCharField(forms.CharField):
    """A text without invisible characters (S43): stray ones go, hidden ones are refused. `multiline` keeps line breaks and shows
    a larger box."""

    def __init__(self, *args, multiline: bool = False, **kwargs):
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            refuse_hidden(value)
            value = clean_text(value, multiline=self.multiline)
        return super().to_python(value)


class DayInput(forms.DateInput):
    """A day picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """Day and time in one box, Warsaw's wall clock, picked from the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def day(label, **kwargs) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)
