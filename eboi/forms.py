"""What a resident types in a case and on the page that checks a receipt."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from eboi import reckoning
from eboi.actions.correspondence import LONGEST
from eboi.models import AccessibilityRequest, TermRule
from eboi.models.catalogue import TermUnit
from eboi.words import term_length
from schemas.widgets import Files
from ui.fields import CleanCharField, DayInput
from ui.words import long_date

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


class AccessibilityForm(forms.Form):
    """What art. 18 of the act on digital accessibility wants in a request, and nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    page = CleanCharField(
        label=_("Strona albo dokument"), max_length=300, help_text=_("Adres strony albo nazwa dokumentu."),
        error_messages={"required": _("Napisz, której strony albo dokumentu to dotyczy.")},
    )  # fmt: skip
    problem = CleanCharField(
        label=_("Na czym polega problem"), multiline=True, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Napisz, z czym masz kłopot.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("O co prosisz"), choices=AccessibilityRequest.Kind, widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz, o co prosisz.")},
    )  # fmt: skip
    other_way = CleanCharField(
        label=_("W jaki inny sposób"), multiline=True, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Na przykład: odczytanie przez telefon, opis obrazu, większy druk."),
    )  # fmt: skip
    name = CleanCharField(
        label=_("Imię i nazwisko albo nazwa instytucji"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}), error_messages={"required": _("Napisz, jak się do Ciebie zwracać.")},
    )  # fmt: skip
    contact_by = forms.ChoiceField(
        label=_("Jak odpowiedzieć"), choices=AccessibilityRequest.Contact, widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz, jak mamy odpowiedzieć.")},
    )  # fmt: skip
    contact = CleanCharField(
        label=_("E-mail, numer telefonu albo adres"), max_length=300,
        error_messages={"required": _("Podaj e-mail, telefon albo adres, na który odpowiemy.")},
    )  # fmt: skip

    def clean(self):
        typed = super().clean()
        if typed.get("kind") == AccessibilityRequest.Kind.OTHER_WAY and not typed.get("other_way"):
            self.add_error("other_way", _("Napisz, w jaki sposób mamy przekazać treść."))
        if typed.get("contact_by") == AccessibilityRequest.Contact.EMAIL and typed.get("contact"):
            try:
                validate_email(typed["contact"])
            except forms.ValidationError:
                self.add_error("contact", _("To nie wygląda na adres e-mail. Sprawdź, czy jest bez literówki."))
        return typed


class ReckonForm(forms.Form):
    """What the calculator asks. `rule` is the act's rule in force on the day of the event, once the form is valid."""

    od = forms.DateField(
        label=_("Od którego dnia"), widget=DayInput(), input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y"],
        help_text=_("Dzień zdarzenia: doręczenia pisma, złożenia wniosku. Tego dnia się nie liczy."),
        error_messages={"required": _("Wpisz dzień, od którego liczyć."), "invalid": _("Wpisz dzień, który jest w kalendarzu, na przykład 24.11.2026.")},
    )  # fmt: skip
    ile = forms.IntegerField(
        label=_("Ile"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Wpisz liczbę, na przykład 14."), "invalid": _("Wpisz liczbę całkowitą cyframi, na przykład 14."),
            "min_value": _("Termin musi mieć co najmniej 1."),
        },
    )  # fmt: skip
    jednostka = forms.ChoiceField(
        label=_("Czego"), choices=TermUnit, widget=forms.RadioSelect, error_messages=dict.fromkeys(["required", "invalid_choice"], _("Wybierz dni, tygodnie, miesiące albo lata.")),
    )  # fmt: skip
    ustawa = forms.ChoiceField(
        label=_("Jaka to sprawa"), choices=TermRule.Act, widget=forms.RadioSelect, initial=TermRule.Act.PROCEDURE,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Wybierz, według której ustawy liczyć.")),
    )  # fmt: skip

    rule: TermRule | None = None

    def clean(self):
        typed = super().clean()
        count, unit = typed.get("ile"), typed.get("jednostka")
        if count and unit and count > (most := reckoning.LONGEST[TermUnit(unit)]):
            self.add_error("ile", _("Najdłuższy termin, jaki tu policzymy, to %(length)s.") % {"length": term_length(most, unit)})
        if typed.get("od") and typed.get("ustawa"):
            self._find_rule(typed["od"], typed["ustawa"])
        return typed

    def _find_rule(self, start, act):
        """Refused for a day for which the office has no rule, and for one too far ahead for anybody's calendar."""
        if start > reckoning.LAST_START:
            self.add_error("od", _("To za daleko: nikt nie zna jeszcze dni wolnych. Wpisz wcześniejszy dzień."))
            return
        self.rule = reckoning.rule_on(start, act)
        if self.rule is None:
            since = reckoning.known_since(act)
            known = (
                _("Kalkulator zna te przepisy od %(day)s Wpisz późniejszy dzień.") % {"day": long_date(since)} if since else ""
            )
            self.add_error("od", known or _("Urząd nie wpisał jeszcze przepisu o liczeniu terminów. Zapytaj w urzędzie."))
