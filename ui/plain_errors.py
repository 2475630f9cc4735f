"""Django's own messages about wrong input, said as a good clerk would. A form that says more precisely still wins."""

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

MESSAGES = {
    forms.Field: {"required": _("Uzupełnij to pole.")},
    forms.BooleanField: {"required": _("Zaznacz to pole, aby przejść dalej.")},
    forms.ChoiceField: {"required": _("Wybierz jedną odpowiedź."), "invalid_choice": _("Wybierz odpowiedź z listy.")},
    forms.MultipleChoiceField: {
        "required": _("Wybierz przynajmniej jedną odpowiedź."),
        "invalid_choice": _("Wybierz odpowiedzi z listy."),
    },
    forms.ModelChoiceField: {
        "required": _("Wybierz z listy."),
        "invalid_choice": _("Tej odpowiedzi nie ma już na liście. Wybierz inną."),
    },
    forms.IntegerField: {"invalid": _("Wpisz liczbę cyframi, na przykład 3.")},
    forms.DecimalField: {"invalid": _("Wpisz liczbę cyframi, na przykład 37,50.")},
    forms.DateField: {"invalid": _("Wpisz datę, na przykład 15.03.2026.")},
    forms.DateTimeField: {"invalid": _("Wpisz datę i godzinę, na przykład 15.03.2026 12:30.")},
    forms.TimeField: {"invalid": _("Wpisz godzinę, na przykład 12:30.")},
    forms.FileField: {"required": _("Dodaj plik."), "empty": _("Ten plik jest pusty. Wybierz inny.")},
}
EMAIL = _("Wpisz adres e-mail w całości, na przykład anna@example.com.")


def install() -> None:
    """Called before any form class is made, because a field copies its messages when it is made."""
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **messages}  # type: ignore[attr-defined]
    EmailValidator.message = EMAIL
