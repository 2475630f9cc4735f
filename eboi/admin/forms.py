"""What a clerk types for a verb. The names of the fields are the names of what the verb takes."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from eboi import placeholders
from eboi.models import Case, IncomingLetter, LetterTemplate, MatterType, OutgoingLetter, Unit
from eboi.models.filing import LetterChannel
from eboi.rules import terms_of
from residents.fields import PeselField
from residents.models import Person
from ui.fields import CleanCharField, day


def text(label, rows=5, **kwargs):
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, multiline=True, widget=widget, max_length=20_000, **kwargs)


def officers(*units):
    """Active members of these units, or of any unit when none is named."""
    who = Q(units__unit__in=[unit for unit in units if unit]) if any(units) else Q(units__isnull=False)
    return User.objects.filter(who, is_active=True).distinct().order_by("name")


# The register


class LetterForm(forms.ModelForm):
    """A letter that did not come through the portal."""

    channel = forms.ChoiceField(
        label=_("Wpłynęło przez"),
        choices=[(value, label) for value, label in LetterChannel.choices if value != LetterChannel.PORTAL],
    )
    received_at = forms.DateTimeField(
        label=_("Kiedy wpłynęło"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    sender_name = CleanCharField(label=_("Nadawca"), max_length=200)
    subject = CleanCharField(label=_("Czego dotyczy"), max_length=200)
    letter_mark = CleanCharField(label=_("Znak pisma"), max_length=60, required=False)
    letter_on = day(_("Data pisma"), required=False)

    class Meta:
        model = IncomingLetter
        fields = ["channel", "received_at", "sender_name", "subject", "letter_on", "letter_mark", "attachments_count", "unit"]


class DirectForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Komórka"), queryset=Unit.objects.order_by("symbol"))


class ReasonForm(forms.Form):
    reason = text(_("Powód"))


class TakeBackForm(forms.Form):
    reason = text(
        _("Dlaczego wezwanie było pomyłką"),
        help_text=_("Mieszkaniec to przeczyta. Termin załatwienia sprawy policzymy tak, jakby wezwania nie było."),
    )


class ScanForm(forms.Form):
    upload = forms.FileField(
        label=_("Skan przesyłki"), help_text=_("PDF albo zdjęcie, najwyżej 10 MB. Będzie można go otworzyć po sprawdzeniu.")
    )


class MarkForm(forms.Form):
    mark = CleanCharField(
        label=_("Znak sprawy"), max_length=40, help_text=_("Na przykład OS.3160.12.2026. Sprawa może być zakończona.")
    )


class OpenCaseForm(forms.Form):
    matter = forms.ModelChoiceField(label=_("Rodzaj sprawy"), queryset=MatterType.objects.select_related("unit").order_by("name"))
    officer = forms.ModelChoiceField(label=_("Prowadzi"), queryset=User.objects.none())

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].initial = obj.matter_id
        self.fields["officer"].queryset = officers(obj.unit, obj.matter and obj.matter.unit)


NEW_PERSON = "new"


class SenderForm(forms.Form):
    """Look for the sender among known persons; choose one, or enter a new one. Works without a script: look, then choose."""

    find = CleanCharField(
        label=_("Szukaj osoby"),
        required=False,
        max_length=100,
        help_text=_("Nazwisko i imię albo pełny numer PESEL. Naciśnij przycisk, a pokażemy znalezione osoby."),
    )
    person = forms.ChoiceField(
        label=_("Znalezione osoby"), widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz osobę z listy albo „nowa osoba”."),
                        "invalid_choice": _("Wybierz osobę z listy albo „nowa osoba”.")},
    )  # fmt: skip
    first_name = CleanCharField(label=_("Imię nowej osoby"), required=False, max_length=60)
    last_name = CleanCharField(label=_("Nazwisko nowej osoby"), required=False, max_length=80)
    pesel = PeselField(label=_("PESEL nowej osoby"), required=False)
    mail_address = CleanCharField(label=_("Adres do korespondencji nowej osoby"), required=False, max_length=200)

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["find"].initial = obj.sender_name
        sought = self.data.get("find", "") if self.is_bound else obj.sender_name
        self.found = list(Person.objects.standing().search(sought)[:20])
        self.fields["person"].choices = [
            *((str(one.pk), _described(one)) for one in self.found),
            (NEW_PERSON, _("nowa osoba, wpisana niżej")),
        ]

    def clean(self):
        typed = super().clean()
        if typed.get("person") == NEW_PERSON:
            for name in ("first_name", "last_name"):
                if not typed.get(name):
                    self.add_error(name, ValidationError(_("Wpisz imię i nazwisko nowej osoby."), "required"))
        return typed


def _described(person):
    born = f", ur. {person.born_on:%d.%m.%Y}" if person.born_on else ""
    return f"{person.last_name} {person.first_name}{born}, PESEL {person.masked_pesel or 'brak'}"


# A case


class OfficerForm(forms.Form):
    officer = forms.ModelChoiceField(label=_("Prowadzi"), queryset=User.objects.none())
    instead_of = forms.IntegerField(widget=forms.HiddenInput, required=False)  # who led the case when the page was opened

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers(obj.unit).exclude(pk=obj.officer_id)
        self.fields["instead_of"].initial = obj.officer_id


class OutcomeForm(forms.Form):
    outcome = text(_("Jak załatwiono"), help_text=_("Mieszkaniec przeczyta to w portalu."))


Way = OutgoingLetter.Channel
BY_CARRIER = [Way.POST, Way.ADE, Way.EPUAP, Way.IN_PERSON]  # and at the counter: what calls and rulings take


def way(only=Way.values):
    choices = [(value, words) for value, words in OutgoingLetter.Channel.choices if value in only]
    return forms.ChoiceField(
        label=_("Jak wysyłasz"), choices=choices, help_text=_("Pismo dostanie numer w rejestrze przesyłek wychodzących.")
    )


class AuthorityForm(forms.Form):
    authority = CleanCharField(label=_("Właściwy organ"), max_length=200)
    address = CleanCharField(label=_("Adres organu"), max_length=200, required=False)
    reason = text(_("Uzasadnienie"), help_text=_("Mieszkaniec dostanie zawiadomienie z tym uzasadnieniem (art. 65 KPA)."))
    channel = way(only=[*BY_CARRIER, Way.PLAIN])


class SendCallForm(forms.Form):
    channel = way(only=BY_CARRIER)


class SuspendForm(forms.Form):
    reason = text(_("Powód"), help_text=_("Mieszkaniec dostanie postanowienie z tym powodem i pouczeniem o zażaleniu."))
    channel = way(only=BY_CARRIER)


class SendDecisionForm(forms.Form):
    sent_on = day(_("Wysłano"))
    channel = way(only=BY_CARRIER)


class NoticeForm(forms.Form):
    day = day(
        _("Dzień pierwszego zawiadomienia"),
        help_text=_("Awizo albo wiadomość na adresie do e-Doręczeń. Od tego dnia policzymy 14 dni (art. 44 KPA)."),
    )


class WriteForm(forms.Form):
    """A letter from a template: choose one and press, read and mend what came of it, press again. Works without a script."""

    template = forms.ModelChoiceField(
        label=_("Wzór pisma"), queryset=LetterTemplate.objects.none(), required=False, empty_label=_("bez wzoru"),
        help_text=_("Wybierz wzór, zostaw tytuł i treść puste i naciśnij przycisk: pokażemy pismo do sprawdzenia."),
    )  # fmt: skip
    title = CleanCharField(label=_("Tytuł pisma"), max_length=200, required=False)
    text = text(_("Treść"), rows=16, required=False)
    channel = way()

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = obj
        self.fields["template"].queryset = LetterTemplate.objects.for_unit(obj.unit_id)

    def clean(self):
        typed = super().clean()
        template = typed.pop("template", None)
        if template and not (typed.get("title") or typed.get("text")):
            self._fill(template)
            raise ValidationError(_("To jest pismo z wzoru. Przeczytaj je, popraw, co trzeba, i naciśnij przycisk jeszcze raz."))
        for name, words in (("title", _("Wpisz tytuł pisma.")), ("text", _("Napisz treść pisma."))):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(words, "required"))
        return typed

    def _fill(self, template):
        day = localdate()
        case = Case.objects.with_term().select_related("person", "officer", "unit", "matter").get(pk=self.case.pk)
        values = placeholders.values_of(case, terms_of(case.matter, day), day)
        filled = {name: placeholders.fill(getattr(template, name), values) for name in ("title", "text")}
        self.data = {**self.data.dict(), **filled}


class OutgoingForm(forms.ModelForm):
    """What goes out besides the letters that the verbs of a case send by themselves."""

    recipient = CleanCharField(label=_("Adresat"), max_length=200)
    address = CleanCharField(label=_("Adres"), max_length=200, required=False)
    subject = CleanCharField(label=_("Czego dotyczy"), max_length=200)
    sent_on = day(_("Wysłano"))
    channel = way(only=[*BY_CARRIER, Way.PLAIN])

    class Meta:
        model = OutgoingLetter
        fields = ["unit", "channel", "sent_on", "recipient", "address", "subject"]

    def clean_sent_on(self):
        if self.cleaned_data["sent_on"] > localdate():
            raise ValidationError(_("Wpisz dzień, który już był."))
        return self.cleaned_data["sent_on"]


class TemplateForm(forms.ModelForm):
    title = CleanCharField(label=_("Tytuł pisma"), max_length=200)
    text = text(_("Treść"), rows=16)

    class Meta:
        model = LetterTemplate
        fields = ["name", "unit", "is_in_use", "title", "text"]


class ExtendForm(forms.Form):
    new_date = day(_("Nowy termin"), help_text=_("Dzień roboczy, późniejszy niż obecny termin."))
    reason = text(_("Powód zwłoki"), help_text=_("Mieszkaniec dostanie zawiadomienie z tym powodem i pouczeniem o ponagleniu."))
    channel = way()


class CallForm(forms.Form):
    missing = text(_("Czego brakuje"))
    days = forms.IntegerField(label=_("Dni na uzupełnienie"), initial=7, min_value=7, max_value=60)


class ArrivalForm(forms.Form):
    """Days of events only: the day of service is computed from them (L14)."""

    collected_on = day(_("Odebrano"), required=False)
    first_notice_on = day(
        _("Pierwsze zawiadomienie o przesyłce"), required=False,
        help_text=_("Gdy przesyłki nikt nie odebrał. Skutek doręczenia obliczymy."),
    )  # fmt: skip
    proof = CleanCharField(
        label=_("Dowód doręczenia"), required=False, max_length=200,
        help_text=_("Numer zwrotki, identyfikator z e-Doręczeń; przy odbiorze w urzędzie: kto pokwitował."),
    )  # fmt: skip
    proof_file = forms.FileField(
        label=_("Skan dowodu"), required=False, help_text=_("Zwrotka albo poświadczenie, PDF lub zdjęcie, najwyżej 10 MB.")
    )


class ServiceForm(ArrivalForm):
    """How it went too, for a letter that may be entered only now."""

    channel = forms.ChoiceField(label=_("Sposób doręczenia"), choices=[one for one in Way.choices if one[0] in BY_CARRIER])
    sent_on = day(_("Wysłano"))
    field_order = ["channel", "sent_on"]


class LetterArrivalForm(ArrivalForm):
    """Which of the letters of the case that still wait for their proof."""

    letter = forms.ModelChoiceField(label=_("Pismo"), queryset=OutgoingLetter.objects.none())
    field_order = ["letter"]

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = obj.outgoing.awaiting_proof().served_apart().order_by("registered_at")
        self.fields["letter"].queryset = waiting
        self.fields["letter"].label_from_instance = lambda one: f"{one.rpo}, {one.subject}, {one.get_channel_display()}"


class DecisionForm(forms.Form):
    ruling = text(_("Rozstrzygnięcie"))
    reasons = text(_("Uzasadnienie"), rows=10)
    legal_basis = text(_("Podstawa prawna"), rows=3)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of the draft that was read


class AppealForm(forms.Form):
    day = day(_("Dzień wniesienia odwołania"))

    def clean_day(self):
        if self.cleaned_data["day"] > localdate():
            raise ValidationError(_("Wpisz dzień, który już był."))
        return self.cleaned_data["day"]


class MessageForm(forms.Form):
    text = text(_("Treść"))


class DocumentForm(forms.Form):
    title = CleanCharField(label=_("Tytuł"), max_length=200)
    upload = forms.FileField(label=_("Plik"))
