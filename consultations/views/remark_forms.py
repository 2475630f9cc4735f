"""What the author of a letter types: points, who they are as far as it is asked, files; and what a reader says of a voice."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.actions.remarks import LONGEST, MOST_POINTS, Author, Point
from schemas.widgets import Files
from ui.fields import CleanCharField

MOST_FILES = 5
WHOLE = _("Do całego dokumentu")


class WhichPart(forms.ModelChoiceField):
    """A paragraph; nothing chosen means the whole document, which is an answer too."""

    def validate(self, value):
        pass


class PointForm(forms.Form):
    """One point. An empty one after the first is left out."""

    paragraph = WhichPart(label=_("Której części dotyczy"), queryset=None, empty_label=WHOLE)
    text = CleanCharField(
        label=_("Twoja uwaga"), multiline=True, max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("Napisz, co zmienić i dlaczego. Nie wpisuj danych osobowych: swoich ani cudzych."),
        error_messages={"required": _("Napisz uwagę."), "max_length": _("Uwaga może mieć najwyżej %(limit_value)d znaków.")},
    )  # fmt: skip

    def __init__(self, *args, paragraphs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].queryset = paragraphs
        self.fields["paragraph"].label_from_instance = _label_of
        self.fields["text"].required = str(self.prefix).endswith("-0")

    @property
    def point(self):
        text = self.cleaned_data.get("text")
        return Point(text, self.cleaned_data.get("paragraph")) if text else None


def _label_of(paragraph):
    return f"{paragraph.number} {paragraph.heading}".strip()


class FewPoints(forms.BaseFormSet):
    @property
    def points(self):
        return [form.point for form in self.forms if form.point]


POINTS = forms.formset_factory(PointForm, formset=FewPoints, extra=0, min_num=1, absolute_max=MOST_POINTS, max_num=MOST_POINTS)


class FilesField(forms.Field):
    def __init__(self, **kwargs):
        super().__init__(widget=Files(several=True), **kwargs)

    def clean(self, uploads):
        uploads = list(uploads or [])
        if len(uploads) > MOST_FILES:
            raise ValidationError(_("Naraz można dodać najwyżej %(most)d plików."), params={"most": MOST_FILES})
        return uploads


class AuthorForm(forms.Form):
    """Fields come and go by what the level asks (`authors.asked_of`)."""

    organisation = CleanCharField(
        label=_("Nazwa organizacji albo firmy"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "organization"}),
        help_text=_("Tylko jeśli piszesz w jej imieniu."),
    )  # fmt: skip
    name = CleanCharField(
        label=_("Imię i nazwisko"), max_length=150, required=False, widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Podaj imię i nazwisko.")},
    )  # fmt: skip
    address = CleanCharField(
        label=_("Adres zamieszkania albo siedziby"), max_length=200, widget=forms.TextInput({"autocomplete": "street-address"}),
        help_text=_("Ulica i numer. Nie sprawdzamy zameldowania ani wieku."), error_messages={"required": _("Podaj adres.")},
    )  # fmt: skip
    is_resident = forms.BooleanField(label=_("Oświadczam, że mieszkam w Pruszczu Gdańskim"), required=False)
    email = forms.EmailField(
        label=_("Adres e-mail"), required=False, widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("Wyślemy na niego potwierdzenie. Nikomu go nie pokażemy."),
    )  # fmt: skip
    uploads = FilesField(
        label=_("Załączniki"), required=False, help_text=_("PDF albo zdjęcie, każdy plik najwyżej 10 MB. Najwyżej 5.")
    )

    def __init__(self, *args, asked, is_statutory=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for name in self._unasked(asked, is_statutory):
            del self.fields[name]
        if asked.declares:
            self.fields["name"].required = True

    def _unasked(self, asked, is_statutory):
        if is_statutory:  # the form of the statute asks for all of it itself
            return ["organisation", "name", "address", "is_resident", "email"]
        return [
            *(["address", "is_resident"] if not asked.declares else []),
            *(["name", "email"] if asked.account or asked.contact else []),
        ]

    def clean(self):
        if self.asked.declares and not self.cleaned_data.get("organisation") and not self.cleaned_data.get("is_resident"):
            words = _("Zaznacz, jeśli mieszkasz w mieście. Jeśli piszesz w imieniu organizacji, wpisz jej nazwę.")
            self.add_error("is_resident", ValidationError(words, "required"))

    @property
    def author(self):
        typed = {name: value for name, value in self.cleaned_data.items() if name != "uploads"}
        return Author(**typed)

    def known_by(self, email, person):
        """The author as the level has them known already: by a confirmed address, never asked twice."""
        name = str(person) if person else ""
        return Author(name=name, organisation=self.cleaned_data.get("organisation", ""), email=email)

    def tell_lost(self, uploads):
        """No browser picks the same files again by itself: say so beside the field, unless it has an error of its own."""
        names = ", ".join(f"„{upload.name}”" for upload in uploads)
        words = _("Przeglądarka nie zachowuje wybranych plików. Przed wysłaniem wybierz jeszcze raz: %(names)s.") % {
            "names": names
        }
        if "uploads" in self.fields:
            self.errors.setdefault("uploads", self.error_class([words]))


class FlagForm(forms.Form):
    reason = CleanCharField(
        label=_("Co jest nie tak"), multiline=True, max_length=300, widget=forms.Textarea({"rows": 4}),
        help_text=_("Na przykład: dane osobowe, obraźliwe słowa, reklama."),
        error_messages={"required": _("Napisz, co jest nie tak.")},
    )  # fmt: skip
