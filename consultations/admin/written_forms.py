"""What a clerk types about letters, voices, answers and reports. The names of the fields are the names of what the verb takes."""

import re

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    Paragraph,
    Remark,
    Report,
    Ruling,
    VoiceGroup,
)
from consultations.statuses import ConsultationStatus
from ui.fields import CleanCharField, day

PAPER_CHANNELS = [(value, label) for value, label in CollectingChannel.Kind.choices if value != CollectingChannel.Kind.ONLINE]
BREAK = re.compile(r"^\s*-{3,}\s*$", re.M)


def text(label, rows=8, **kwargs):
    return CleanCharField(
        label=label, multiline=True, widget=forms.Textarea({"rows": rows}), max_length=kwargs.pop("max_length", 20_000), **kwargs
    )


class ReasonForm(forms.Form):
    reason = text(_("Powód"), rows=3)


# Letters


class LetterForm(forms.ModelForm):
    """A letter that did not come through the portal: where from, when, what it says."""

    instrument = forms.ModelChoiceField(label=_("Dokument"), queryset=Instrument.objects.none())
    channel = forms.ChoiceField(label=_("Wpłynęło przez"), choices=PAPER_CHANNELS)
    received_on = day(_("Data wpływu"))
    postmarked_on = day(_("Data stempla pocztowego"), required=False)
    registry_number = CleanCharField(
        label=_("Numer rejestru"), max_length=40, required=False, help_text=_("Puste: portal nada kolejny numer KU.")
    )
    name = CleanCharField(label=_("Imię i nazwisko"), max_length=150, required=False)
    organisation = CleanCharField(label=_("Organizacja albo firma"), max_length=200, required=False)
    address = CleanCharField(label=_("Adres"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    points = text(
        _("Uwagi"), rows=14, help_text=_("Przepisz całość. Każdą uwagę oddziel linią z samymi znakami --- i zacznij od oznaczenia, np. „§ 2 ust. 1:”.")
    )  # fmt: skip
    scan = forms.FileField(label=_("Skan"), required=False)

    class Meta:
        model = Remark
        fields = ["instrument", "channel", "registry_number", "postmarked_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_ones = Instrument.objects.filter(kind=InstrumentKind.REMARKS, consultation__in=Consultation.objects.public())
        self.fields["instrument"].queryset = open_ones.select_related("consultation")  # type: ignore[attr-defined]
        self.fields["instrument"].label_from_instance = lambda one: f"{one.consultation}: {one}"  # type: ignore[attr-defined]

    def points_typed(self):
        """(paragraph or None, text) of each part; a part may begin with the number of a paragraph and a colon."""
        paragraphs = Paragraph.objects.filter(document__instrument=self.cleaned_data["instrument"])
        numbers = {paragraph.number: paragraph for paragraph in paragraphs}
        for part in BREAK.split(self.cleaned_data["points"]):
            number, colon, rest = part.strip().partition(":")
            paragraph = numbers.get(number.strip()) if colon else None
            said = rest.strip() if paragraph else part.strip()
            if said:
                yield paragraph, said


class LetterDefectForm(forms.Form):
    defect = CleanCharField(
        label=_("Czego brakuje"), max_length=300, help_text=_("Przeczyta to autor pisma na stronie potwierdzenia.")
    )
    complete_until = day(_("Uzupełnić do"))


class LetterCompletedForm(forms.Form):
    """When it came, and what the author added; what stays empty is left as it was."""

    completed_on = day(_("Uzupełniono dnia"))
    name = CleanCharField(label=_("Imię i nazwisko"), max_length=150, required=False)
    organisation = CleanCharField(label=_("Organizacja albo firma"), max_length=200, required=False)
    address = CleanCharField(label=_("Adres"), max_length=200, required=False)
    scan = forms.FileField(label=_("Skan uzupełnienia"), required=False)


# Voices


class RedactForm(forms.Form):
    """The first person's text. The original stands above the box, so that both are seen."""

    public_text = text(
        _("Treść do publikacji"), rows=14, help_text=_("Usuń dane osobowe autora i innych ludzi: nazwiska, adresy, telefony.")
    )


class SplitForm(forms.Form):
    parts = text(
        _("Głos"), rows=14, help_text=_("Wstaw linię z samymi znakami --- tam, gdzie głos ma się dzielić. Słów nie zmieniaj.")
    )

    def clean_parts(self):
        return BREAK.split(self.cleaned_data["parts"])


class GatherForm(forms.Form):
    """Into a group there is, or into a new one."""

    group = forms.ModelChoiceField(
        label=_("Istniejąca grupa"), queryset=VoiceGroup.objects.none(), required=False, empty_label=_("nowa grupa")
    )
    title = CleanCharField(
        label=_("Czego dotyczą"), max_length=200, required=False, help_text=_("Dla nowej grupy. Przeczytają to wszyscy.")
    )
    summary = text(_("Streszczenie"), rows=3, required=False)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = consultation.voice_groups.order_by("title")  # type: ignore[attr-defined]

    def clean(self):
        if not self.cleaned_data.get("group") and not self.cleaned_data.get("title"):
            self.add_error("title", _("Wybierz grupę albo napisz, czego dotyczą głosy."))


class FileNameForm(forms.Form):
    public_name = CleanCharField(
        label=_("Nazwa do publikacji"), max_length=120, help_text=_("Bez nazwisk i adresów, np. „Szkic skrzyżowania”.")
    )


class RulingForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Rozstrzygnięcie"), choices=Ruling.Outcome, widget=forms.RadioSelect)
    reasons = text(_("Uzasadnienie"), help_text=_("Prostymi słowami, do osoby, która napisała głos. Przeczytają to wszyscy."))


# Reports


class NewReportForm(forms.ModelForm):
    consultation = forms.ModelChoiceField(label=_("Konsultacje"), queryset=Consultation.objects.none())

    class Meta:
        model = Report
        fields = ["consultation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ready = (ConsultationStatus.UNDER_ANALYSIS, ConsultationStatus.REPORT_PUBLISHED)
        self.fields["consultation"].queryset = Consultation.objects.filter(status__in=ready)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    position = text(_("Stanowisko miasta"), rows=10, required=False)
    next_steps = text(_("Co dalej"), rows=6, required=False, help_text=_("Kto, co i do kiedy."))
    method_note = text(_("Uwagi o metodzie"), rows=4, required=False)


class BipForm(forms.Form):
    url = forms.URLField(label=_("Adres w BIP"), assume_scheme="https")
    announced_on = day(_("Ogłoszony w BIP dnia"), initial=localdate)


class PasteForm(forms.Form):
    content = text(
        _("Treść dokumentu"), rows=18,
        help_text=_("Wklej cały tekst. Każdy wiersz, który zaczyna się od „§ 1” albo „§ 1 ust. 2”, otwiera nową jednostkę; to, co po kropce albo myślniku w tym wierszu, jest nagłówkiem."),
    )  # fmt: skip
