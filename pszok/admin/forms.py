"""What is typed at the supervisor's desk. Rules with dates are added ahead; of one that stands only its end moves."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pszok.models import WEEKDAYS, Fraction, LimitRule, OpeningException, OpeningHours, OutboundTransfer, VisitLine, WasteCode


def overlapping(rows, since, until):
    """Rows that hold on any day between; `until` None: for good."""
    found = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    return found.filter(valid_from__lte=until) if until else found


class DatedAhead(forms.ModelForm):
    """A new row begins tomorrow at the earliest: what people were told for today stays. An end is never put into the past."""

    def clean(self):
        typed = super().clean()
        today = localdate()
        if not self.instance.pk and (since := typed.get("valid_from")) and since <= today:
            self.add_error("valid_from", _("Nowa zasada może obowiązywać najwcześniej od jutra."))
        if "valid_to" in self.changed_data and (until := typed.get("valid_to")) and until < today:
            self.add_error("valid_to", _("Koniec nie może być z przeszłości."))
        return typed

    @property
    def between(self):
        """The days that the row will hold, of what was typed or already stands."""
        since = self.cleaned_data.get("valid_from") or self.instance.valid_from
        return since, self.cleaned_data.get("valid_to")


class LimitForm(DatedAhead):
    """Two limits of the same fractions in the same measure may not hold on one day: which of them would count?"""

    class Meta:
        model = LimitRule
        fields = [
            "name", "fractions", "measure", "amount", "period_years", "surplus_grosze", "valid_from", "valid_to", "source",
            "needs_confirmation",
        ]  # fmt: skip
        widgets = {"fractions": forms.CheckboxSelectMultiple}
        help_texts = {
            "surplus_grosze": _(
                "W groszach za kilogram, litr albo sztukę ponad limit. Puste: nadwyżki się nie przyjmuje. Cena wymaga uchwały rady "
                "i rachunku miasta dla „gpszok-surplus” w płatnościach."
            )
        }

    def __init__(self, *args, **kwargs):
        """A limit is of what is taken; what the point never takes needs none."""
        super().__init__(*args, **kwargs)
        if "fractions" in self.fields:
            self.fields["fractions"].queryset = Fraction.objects.filter(is_accepted=True)  # type: ignore[attr-defined]

    def clean(self):
        typed = super().clean()
        if typed.get("surplus_grosze") == 0:
            self.add_error("surplus_grosze", _("Zostaw puste albo wpisz cenę większą od zera."))
        if typed.get("surplus_grosze") and typed.get("amount") == 0:
            self.add_error(
                "amount", _("Przy cenie nadwyżki limit musi być większy od zera: tego, co w limicie, nie wolno obciążać opłatą.")
            )
        if not self.errors and (other := self._contradicting()):
            told = {"name": other.name, "since": f"{other.valid_from:%d.%m.%Y}"}
            raise ValidationError(
                _("Te frakcje mają już limit w tej mierze: „%(name)s” od %(since)s. Najpierw wpisz jego koniec."), params=told
            )
        return typed

    def _contradicting(self):
        row = self.instance
        measure = self.cleaned_data.get("measure") or row.measure
        mine = {one.pk for one in self.cleaned_data.get("fractions") or row.fractions.all()}
        others = overlapping(LimitRule.objects.filter(measure=measure).exclude(pk=row.pk), *self.between)
        return next((one for one in others.prefetch_related("fractions") if {f.pk for f in one.fractions.all()} == mine), None)


class CodeForm(DatedAhead):
    code = forms.CharField(label=_("kod"), max_length=12, help_text=_("Sześć cyfr, na przykład 17 01 07."))

    class Meta:
        model = WasteCode
        fields = [
            "code",
            "is_hazardous",
            "name",
            "fraction",
            "is_default",
            "valid_from",
            "valid_to",
            "source",
            "needs_confirmation",
        ]

    def clean_code(self):
        digits = "".join(self.cleaned_data["code"].replace("-", " ").split()).rstrip("*")
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("Kod ma sześć cyfr, na przykład 17 01 07. Gwiazdkę zaznacz osobno."))
        return digits

    def clean(self):
        """The star belongs to the code: the same six digits are hazardous always or never (R53)."""
        typed = super().clean()
        others = WasteCode.objects.filter(code=typed.get("code") or self.instance.code).exclude(pk=self.instance.pk)
        if "is_hazardous" in typed and others.exclude(is_hazardous=typed["is_hazardous"]).exists():
            self.add_error("is_hazardous", _("Ten kod jest już wpisany z gwiazdką albo bez niej. Kod ma ją zawsze albo nigdy."))
        return typed


class HoursForm(DatedAhead):
    weekday = forms.TypedChoiceField(label=_("dzień tygodnia"), choices=list(enumerate(WEEKDAYS)), coerce=int)

    class Meta:
        model = OpeningHours
        fields = ["point", "weekday", "opens", "closes", "valid_from", "valid_to", "source", "needs_confirmation"]

    def clean(self):
        """Hours of one weekday do not overlap on any day."""
        typed = super().clean()
        if self.errors or "opens" not in typed:  # of hours that hold already, only the end is typed
            return typed
        same = OpeningHours.objects.filter(point=typed["point"], weekday=typed["weekday"]).exclude(pk=self.instance.pk)
        if overlapping(same, *self.between).filter(opens__lt=typed["closes"], closes__gt=typed["opens"]).exists():
            raise ValidationError(_("W tym dniu tygodnia są już godziny, które się z tymi nakładają. Najpierw wpisz ich koniec."))
        return typed


class ExceptionForm(forms.ModelForm):
    class Meta:
        model = OpeningException
        fields = ["point", "day", "opens", "closes", "reason"]
        help_texts = {"opens": _("Puste razem z godziną zamknięcia: tego dnia nieczynne.")}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < localdate():
            raise ValidationError(_("Dzień nie może być z przeszłości."))
        return day

    def clean(self):
        typed = super().clean()
        if bool(typed.get("opens")) != bool(typed.get("closes")):
            raise ValidationError(_("Podaj obie godziny albo żadnej."))
        return typed


class TransferForm(forms.ModelForm):
    class Meta:
        model = OutboundTransfer
        fields = ["point", "day", "code", "kg", "recipient", "recipient_address", "process", "note_number"]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > localdate():
            raise ValidationError(_("Dzień przekazania nie może być z przyszłości."))
        return day

    def clean_process(self):
        return self.cleaned_data["process"].strip().upper()

    def clean(self):
        """A code of the catalogue as it held on the day."""
        typed = super().clean()
        day, code = typed.get("day"), typed.get("code")
        if day and code and not WasteCode.objects.valid_on(day).filter(pk=code.pk).exists():
            self.add_error("code", _("Tego kodu nie było w katalogu w dniu przekazania."))
        return typed


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Powód"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DismissForm(forms.Form):
    answer = forms.CharField(
        label=_("Odpowiedź dla mieszkańca"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dlaczego wpis zostaje bez zmian."),
    )  # fmt: skip


class UpholdForm(forms.Form):
    """The line and its true amounts; with no amounts the line is taken back whole."""

    line = forms.ModelChoiceField(label=_("Pozycja do poprawienia"), queryset=VisitLine.objects.none())
    kg = forms.IntegerField(label=_("Kilogramy po korekcie"), required=False, min_value=1)
    litres = forms.IntegerField(label=_("Litry po korekcie"), required=False, min_value=1)
    pieces = forms.IntegerField(label=_("Sztuki po korekcie"), required=False, min_value=1)
    answer = forms.CharField(
        label=_("Odpowiedź dla mieszkańca"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bez ilości pozycja zostanie wycofana w całości."),
    )  # fmt: skip

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        standing = VisitLine.objects.filter(visit=obj.visit_id, reverses__isnull=True, reversed_by__isnull=True)
        self.fields["line"].queryset = standing.select_related("code", "fraction").order_by("sequence")
        self.fields["line"].label_from_instance = lambda line: f"{line.fraction}, {line}"
