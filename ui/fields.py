"""Form fields that every room may use."""

from django import forms

from ui.text import clean_text


class CleanCharField(forms.CharField):
    """A text without invisible characters (S43). `multiline` keeps line breaks and shows a larger box."""

    def __init__(self, *args, multiline: bool = False, **kwargs):
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = clean_text(value, multiline=self.multiline)
        return super().to_python(value)
