"""What a resident types in a case and on the page that checks a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from eboi.actions.correspondence import LONGEST
from schemas.widgets import Files
from ui.fields import CleanCharField

MOST_FILES = 5
REASON = 500


class FilesField(forms.Field):
    """Several files under one field; each is checked when it is stored (office.files)."""

    def __init__(self, **kwargs):
        super().__init__(widget=Files(several=True), **kwargs)

    def clean(self, uploads):
        uploads = list(uploads or [])
        if self.required and not uploads:
            raise forms.ValidationError(_("Wybierz plik."))
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("Naraz można dodać najwyżej %(most)d plików.") % {"most": MOST_FILES})
        return uploads


FILES_HINT = _("PDF albo zdjęcie, każdy plik najwyżej 10 MB.")


class MessageForm(forms.Form):
    text = CleanCharField(
        label=_("Wiadomość do urzędu"),
        multiline=True,
        max_length=LONGEST,
        error_messages={
            "required": _("Napisz wiadomość."),
            "max_length": _("Wiadomość może mieć najwyżej %(limit_value)d znaków."),
        },
    )


class DocumentForm(forms.Form):
    title = CleanCharField(
        label=_("Co to za dokument"), max_length=200, help_text=_("Na przykład: umowa najmu."),
        error_messages={"required": _("Napisz, co to za dokument.")},
    )  # fmt: skip
    uploads = FilesField(label=_("Plik"), help_text=FILES_HINT)


class AnswerForm(forms.Form):
    """The answer to a call: words, files, or both."""

    text = CleanCharField(
        label=_("Odpowiedź"), multiline=True, max_length=LONGEST, required=False,
        help_text=_("Napisz odpowiedź, dodaj plik albo zrób jedno i drugie."),
    )  # fmt: skip
    uploads = FilesField(label=_("Brakujące dokumenty"), required=False, help_text=FILES_HINT)

    def clean(self):
        if not self.errors and not self.cleaned_data.get("text") and not self.cleaned_data.get("uploads"):
            self.add_error("text", _("Napisz odpowiedź albo dodaj plik."))


class WithdrawForm(forms.Form):
    reason = CleanCharField(
        label=_("Dlaczego wycofujesz sprawę"), multiline=True, max_length=REASON, required=False,
        help_text=_("Nie musisz podawać powodu."),
    )  # fmt: skip


class VerifyForm(forms.Form):
    numer = CleanCharField(
        label=_("Numer"), max_length=40, help_text=_("Taki jak na potwierdzeniu, na przykład RPW/12/2026."),
        error_messages={"required": _("Wpisz numer z potwierdzenia.")},
    )  # fmt: skip
    skrot = CleanCharField(
        label=_("Skrót potwierdzenia"), max_length=199, help_text=_("64 znaki: cyfry i litery od a do f. Odstępy nie przeszkadzają."),
        error_messages={"required": _("Wpisz skrót z potwierdzenia.")},
    )  # fmt: skip
