"""What a supervisor types at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.transitions import Refused
from pszok.actions.shifts import guarded_pin
from pszok.forms.gate import WholeField
from pszok.limits import balances_of
from pszok.models import GateDevice, GateOperator, LimitRule, VisitLine
from ui.fields import CleanCharField


class PinField(forms.CharField):
    """Six digits, shown while they are typed: the supervisor tells them to somebody."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value):
        try:
            return guarded_pin(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class PinForm(forms.Form):
    pin = PinField(label=_("Nowy PIN"), help_text=_("6 cyfr. Przekaż go tej osobie na miejscu; nigdzie nie będzie widoczny."))


class DeviceForm(forms.ModelForm):
    name = CleanCharField(label=_("Nazwa"), max_length=80, help_text=_("Na przykład „Tablet przy wadze”."))

    class Meta:
        model = GateDevice
        fields = ["point", "name"]


class OperatorForm(forms.ModelForm):
    name = CleanCharField(label=_("Imię i nazwisko"), max_length=120)
    pin = PinField(label="PIN", help_text=_("6 cyfr. Przekaż go tej osobie na miejscu; nigdzie nie będzie widoczny."))

    class Meta:
        model = GateOperator
        fields = ["point", "name", "user"]


class ReasonForm(forms.Form):
    reason = CleanCharField(label=_("Powód"), max_length=300, help_text=_("Zostanie przy wpisie na stałe."))


class AllowForm(ReasonForm):
    rule = forms.ModelChoiceField(LimitRule.objects.none(), label=_("Który limit"), empty_label=None, widget=forms.RadioSelect)
    amount = WholeField(label=_("Ile ponad limit"), help_text=_("W mierze limitu: kilogramy, litry albo sztuki."))
    field_order = ["rule", "amount", "reason"]

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        balances = {one.limit.pk: one for one in balances_of(obj.dwelling, obj.rules_on)}
        self.fields["rule"].queryset = LimitRule.objects.filter(pk__in=balances)  # type: ignore[attr-defined]
        self.fields["rule"].label_from_instance = lambda rule: _in_words(balances[rule.pk])  # type: ignore[attr-defined]
        self.fields["amount"].required = True

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Wpisz, ile ponad limit można przyjąć."))
        return self.cleaned_data["amount"]


def _in_words(balance) -> str:
    return _("%(name)s: oddano %(used)d z %(most)d %(unit)s") % {
        "name": balance.limit.name, "used": balance.used, "most": balance.most, "unit": balance.limit.unit,
    }  # fmt: skip


class CorrectForm(ReasonForm):
    """Which line and what it should have been; with nothing typed the line is only taken back."""

    line = forms.ModelChoiceField(VisitLine.objects.none(), label=_("Która pozycja"), empty_label=None, widget=forms.RadioSelect)
    kg = WholeField(label=_("Powinno być: kilogramy"))
    litres = WholeField(label=_("Powinno być: litry"))
    pieces = WholeField(label=_("Powinno być: sztuki"), help_text=_("Wszystko puste: pozycja zostanie wycofana w całości."))
    field_order = ["line", "kg", "litres", "pieces", "reason"]

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        standing = obj.lines.standing().select_related("code", "fraction")
        self.fields["line"].queryset = standing  # type: ignore[attr-defined]
        self.fields["line"].label_from_instance = lambda line: f"{line.sequence}. {line.fraction.name}, {line.in_words()}"  # type: ignore[attr-defined]
        if len(standing) == 1:
            self.initial.setdefault("line", standing[0].pk)
