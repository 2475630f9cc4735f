"""What a treasurer types, validated. Money is typed in złote and kept in grosze."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from payments import rules
from payments.actions import MOST_GROSZE
from payments.actions.refunds import left
from payments.models import CheckoutLine, Entry, Payment, zlotys
from ui.fields import CleanCharField, DayInput
from ui.words import long_date

LONGEST = 20  # characters; beyond it no sum that a till knows
MONEY = re.compile(r"([0-9]{1,3}(?: ?[0-9]{3})*|[0-9]+)(?:[,.]([0-9]{2}))?(?: ?zł)?")


class MoneyField(forms.CharField):
    """„1 234,50” typed, 123450 grosze given: digits are put together, nothing is multiplied, so nothing is rounded."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = " ".join(super().to_python(value).split())
        if text in self.empty_values:
            return None
        found = MONEY.fullmatch(text) if len(text) <= LONGEST else None
        if found is None:
            raise ValidationError(_("Wpisz kwotę w złotych, na przykład 20 albo 20,50."))
        grosze = int(found[1].replace(" ", "") + (found[2] or "00"))
        if not 0 < grosze <= MOST_GROSZE:
            raise ValidationError(_("Kwota musi być większa od zera i nie większa niż milion złotych."))
        return grosze


class BookForm(forms.Form):
    """One entry of money in. What is still owed and today stand there already."""

    amount_grosze = MoneyField(label=_("Kwota w złotych"))
    received_on = forms.DateField(label=_("Dzień wpłaty"), widget=DayInput())
    evidence = CleanCharField(label=_("Dowód księgowy"), max_length=60)
    hint: str | Promise = ""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", localdate())
        if owed := rules.outstanding(obj):
            self.initial.setdefault("amount_grosze", _typed(owed))
        self.fields["evidence"].help_text = self.hint

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > localdate():
            raise ValidationError(_("Dzień wpłaty nie może być z przyszłości."))
        return day


class CashForm(BookForm):
    hint = _("Numer KP, na przykład KP 12/2026.")


class TransferForm(BookForm):
    hint = _("Numer wyciągu i pozycja, na przykład WB 210/2026 poz. 3. Jeden przelew za dwie płatności: dopisz /1 i /2.")


class ReverseForm(forms.Form):
    entry = forms.ModelChoiceField(Entry.objects.none(), label=_("Który zapis"), empty_label=None, widget=forms.RadioSelect)
    reason = CleanCharField(label=_("Dlaczego"), max_length=300, help_text=_("Zostanie w księdze na stałe."))

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        standing = obj.entries.standing()
        self.fields["entry"].queryset = standing
        self.fields["entry"].label_from_instance = Entry.in_words
        if len(standing) == 1:
            self.initial.setdefault("entry", standing[0].pk)


class RefundForm(forms.Form):
    """What of one online payment is given back. The whole of what may still be given back stands there already."""

    line = forms.ModelChoiceField(
        CheckoutLine.objects.none(), label=_("Która wpłata"), empty_label=None, widget=forms.RadioSelect
    )
    amount_grosze = MoneyField(label=_("Kwota w złotych"))
    reason = CleanCharField(
        label=_("Dlaczego"), max_length=300, help_text=_("Zobaczy to osoba zatwierdzająca i zostanie w księdze.")
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        lines = list(obj.lines.refundable())
        self.fields["line"].queryset = obj.lines.refundable()
        self.fields["line"].label_from_instance = _in_till
        if len(lines) == 1:
            self.initial.setdefault("line", lines[0].pk)
            self.initial.setdefault("amount_grosze", _typed(left(lines[0])))


def _typed(grosze) -> str:
    return f"{grosze // 100},{grosze % 100:02}"


def _in_till(line) -> str:
    """„PW/12/2026, 20,00 zł, do zwrotu 20,00 zł”, for a treasurer who picks one of several."""
    return f"{line.checkout}, {zlotys(line.amount_grosze)}, do zwrotu {zlotys(left(line))}"


class BasketForm(forms.Form):
    """Which of one's own payments are paid now: nothing is taken from the browser but their ids."""

    payments = forms.ModelMultipleChoiceField(
        Payment.objects.none(), label=_("Co chcesz teraz zapłacić?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wybierz co najmniej jedną pozycję.")},
    )  # fmt: skip

    def __init__(self, due, *args, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        ids = [payment.pk for payment in due]
        named = [pk for pk in ids if str(pk) in chosen]
        self.fields["payments"].queryset = Payment.objects.filter(pk__in=ids)
        self.fields["payments"].choices = [(payment.pk, _in_basket(payment)) for payment in due]
        self.initial.setdefault("payments", named or ids)


def _in_basket(payment) -> str:
    """„Podatek od nieruchomości, rata 4: 120,00 zł, termin 15 listopada 2026 r.”"""
    text = f"{payment.title}: {zlotys(rules.outstanding(payment))}"
    return f"{text}, termin {long_date(payment.due_on)}" if payment.due_on else text
