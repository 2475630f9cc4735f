"""What is typed at the desk of consultations: the draft, and what its verbs ask for. A calendar is days; moments are made of them."""

from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from consultations import rules
from consultations.models import Addressee, AnnouncedIn, Announcement, Consultation, LegalBasis
from ui.fields import CleanCharField, DayInput, day

RESERVED = {"atom", "obserwuj", "pismo", "zalacznik", "glos"}  # first words of our own addresses


def line(label, **kwargs):
    widget = forms.TextInput(attrs={"class": "vLargeTextField"})
    return CleanCharField(label=label, widget=widget, **{"max_length": 200, **kwargs})


def text(label, rows=4, **kwargs):
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return CleanCharField(label=label, multiline=True, widget=widget, **{"max_length": 10_000, "required": False, **kwargs})


class ConsultationForm(forms.ModelForm):
    """A draft may be saved with gaps: what is missing is listed on its page and blocks the approval, not the work."""

    title = line(_("Tytuł"))
    summary = line(_("W jednym zdaniu"), max_length=300, required=False, help_text=_("To zdanie stoi na liście i w e-mailach."))
    purpose, subject = text(_("Po co pytamy")), text(_("O czym rozmawiamy"))
    decided_so_far = text(_("Co już postanowiono, a co zależy od głosów"))
    results_method, results_where = text(_("Jak ustalimy wynik"), 3), text(_("Gdzie ogłosimy wynik"), 2)
    addressees_limit = line(
        _("Zawężenie"),
        max_length=300,
        required=False,
        help_text=_("Puste, gdy pytacie wszystkich. Mieszkaniec to każdy, kto tu mieszka."),
    )
    addressees_source = line(_("Podstawa zawężenia"), max_length=300, required=False)
    integrity_reason = line(_("Dlaczego pytamy o dane"), max_length=300, required=False)
    unit, contact = line(_("Komórka prowadząca"), required=False), line(_("Kontakt"), required=False)
    place = line(_("Miejsce"), required=False)
    order_url = forms.URLField(label=_("Zarządzenie w BIP"), required=False, assume_scheme="https")
    addressees = forms.MultipleChoiceField(
        label=_("Kogo pytamy"), choices=Addressee, widget=forms.CheckboxSelectMultiple, required=False
    )
    opens_on = day(_("Dzień otwarcia"), required=False)
    opens_time = forms.TimeField(
        label=_("Godzina otwarcia"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Puste: od początku dnia."),
    )  # fmt: skip
    last_day = day(_("Ostatni dzień"), required=False, help_text=_("Głosy przyjmujemy do końca tego dnia, do godziny 23:59:59."))

    class Meta:
        model = Consultation
        fields = [
            "title", "slug", "summary", "basis", "order_number", "order_on", "order_url", "purpose", "subject", "decided_so_far",
            "addressees", "addressees_limit", "addressees_source", "unit", "contact", "place", "results_method", "results_where",
            "integrity", "integrity_reason", "interim_results_open", "report_promised_on",
        ]  # fmt: skip
        widgets = {"order_on": DayInput(), "report_promised_on": DayInput()}
        help_texts = {
            "slug": _("Końcówka adresu strony, na przykład „ulica-sportowa”. Po ogłoszeniu już się nie zmieni."),
            "interim_results_open": _("Tylko gdy tak mówi zarządzenie."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].queryset = LegalBasis.objects.valid_on(localdate()).order_by("kind", "title")
        if self.instance.opens_at:
            opens = localtime(self.instance.opens_at)
            self.initial.setdefault("opens_on", opens.date())
            self.initial.setdefault("opens_time", opens.time() if opens.time() != time.min else None)
        if self.instance.closes_at:
            self.initial.setdefault("last_day", rules.last_day_of(self.instance))

    def clean_slug(self):
        if self.cleaned_data["slug"] in RESERVED:
            raise ValidationError(_("Tego adresu używa sam portal. Wybierz inny."))
        return self.cleaned_data["slug"]

    def clean(self):
        typed = super().clean()
        opens_on, last_day = typed.get("opens_on"), typed.get("last_day")
        try:
            typed["opens_at"] = opens_on and rules.opening_of(opens_on, typed.get("opens_time") or time.min)
        except ValueError:
            self.add_error("opens_time", _("Tej nocy zmienia się czas i takiej godziny nie ma. Wybierz inną."))
        typed["closes_at"] = last_day and rules.closing_of(last_day)
        if opens_on and last_day and last_day < opens_on:
            self.add_error("last_day", _("Ostatni dzień nie może być wcześniejszy niż dzień otwarcia."))
        return typed


# Verbs


class ReasonForm(forms.Form):
    reason = line(_("Powód"), max_length=300, help_text=_("Mieszkańcy przeczytają go na stronie konsultacji."))


class SendBackForm(forms.Form):
    reason = text(_("Co poprawić"), required=True)


class ExtendForm(ReasonForm):
    last_day = day(_("Nowy ostatni dzień"))


class ResumeForm(ReasonForm):
    last_day = day(_("Nowy ostatni dzień"), required=False, help_text=_("Puste: termin zostaje."))


class PromiseForm(forms.Form):
    report_promised_on = day(_("Raport będzie do"))

    def clean_report_promised_on(self):
        if self.cleaned_data["report_promised_on"] < localdate():
            raise ValidationError(_("Wpisz dzień, który dopiero będzie."))
        return self.cleaned_data["report_promised_on"]


class AnnouncementForm(forms.Form):
    about = forms.ChoiceField(label=_("O czym"), choices=Announcement.About)
    channel = forms.ChoiceField(label=_("Gdzie"), choices=[one for one in AnnouncedIn.choices if one[0] != AnnouncedIn.PORTAL])
    announced_on = day(_("Dnia"))
    url = forms.URLField(label=_("Adres"), required=False, assume_scheme="https", help_text=_("Na przykład strona w BIP."))
    upload = forms.FileField(label=_("Plik z dowodem"), required=False, help_text=_("Skan, zdjęcie tablicy albo PDF, do 10 MB."))
    note = line(_("Uwagi"), max_length=300, required=False, help_text=_("Będą widoczne dla wszystkich."))


class MaterialForm(forms.Form):
    title = line(_("Tytuł"))
    url = forms.URLField(label=_("Adres"), required=False, assume_scheme="https")
    upload = forms.FileField(label=_("Plik"), required=False, help_text=_("Pokażemy go, gdy skaner uzna go za bezpieczny."))


class CorrectForm(forms.Form):
    field = forms.ChoiceField(label=_("Co sprostować"))
    text = text(_("Nowe brzmienie"), required=True)
    reason = line(_("Powód"), max_length=300, help_text=_("Na stronie zostanie stare i nowe brzmienie oraz ten powód."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {name: Consultation._meta.get_field(name).verbose_name for name in rules.CORRECTABLE}
        self.fields["field"].choices = [(name, str(words).capitalize()) for name, words in names.items()]


class CloneForm(forms.Form):
    title = line(_("Tytuł nowych konsultacji"))
    slug = forms.SlugField(label=_("Końcówka adresu"), max_length=80)

    def clean_slug(self):
        if self.cleaned_data["slug"] in RESERVED or Consultation.objects.filter(slug=self.cleaned_data["slug"]).exists():
            raise ValidationError(_("Taki adres jest już zajęty."))
        return self.cleaned_data["slug"]
