"""What a clerk types at the desk of cards and packages."""

from calendar import monthrange

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resident_card.models import PackageType, PlasticOrder
from ui.fields import CleanCharField

LEAP = 2028  # a year in which each day of a year exists


class BlockForm(forms.Form):
    reason = CleanCharField(
        label=_("Powód"), max_length=200, help_text=_("Na przykład: zgłoszenie przez telefon, znaleziona w autobusie.")
    )
    everything = forms.BooleanField(label=_("Zablokuj wszystkie karty tej osoby"), required=False)


class ReplaceForm(forms.Form):
    """R31: what is free of charge, because a clerk has seen why."""

    reason = forms.ChoiceField(label=_("Dlaczego"), choices=[], widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = [one for one in PlasticOrder.Reason if one != PlasticOrder.Reason.FIRST]
        self.fields["reason"].choices = [(one.value, one.label) for one in reasons]


class CollectForm(forms.Form):
    """R32. The number of the document is not asked for: its kind is enough."""

    collected_by = CleanCharField(label=_("Kto odebrał"), max_length=150)
    shown = CleanCharField(
        label=_("Co okazano"),
        max_length=200,
        help_text=_("Rodzaj dokumentu, a od kogoś z rodziny także potwierdzenie zamówienia. Bez numerów."),
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("collected_by", str(obj.medium.person))


class RevokeForm(forms.Form):
    reason = CleanCharField(label=_("Dlaczego"), max_length=300, help_text=_("Mieszkaniec to przeczyta."))


class PackageForm(forms.ModelForm):
    """A package as a row (R40): its days are checked, so that no grant is ever computed from the 45th of May."""

    class Meta:
        model = PackageType
        fields = [
            "code", "name", "summary", "order", "grant", "validity", "validity_options", "condition", "least_age", "most_age", "is_offered",
            "source", "needs_confirmation",
        ]  # fmt: skip
        help_texts = {
            "validity_options": _(
                'Dzień końca, na przykład {"month": 5, "day": 31}. Okno przedłużania: "renew_from_month" i "renew_from_day"; '
                'początek roku szkolnego: "starts_month" i "starts_day"; wiek, do którego pakiet przedłuża się sam: "renews_under".'
            )
        }

    def clean_validity_options(self):
        options = self.cleaned_data["validity_options"] or {}
        if not isinstance(options, dict):
            raise ValidationError(_("Wpisz parametry w nawiasach klamrowych."))
        for month, day in (("month", "day"), ("renew_from_month", "renew_from_day"), ("starts_month", "starts_day")):
            if (month in options or day in options) and not _is_day(options.get(month), options.get(day)):
                raise ValidationError(_("Nie ma takiego dnia w roku: %(names)s.") % {"names": f"{month}, {day}"})
        return options

    def clean(self):
        cleaned = super().clean()
        needs_day = cleaned.get("validity") != PackageType.Validity.WITH_BASE
        if needs_day and "validity_options" in cleaned and "month" not in cleaned["validity_options"]:
            self.add_error("validity_options", _('Taka ważność potrzebuje dnia końca: "month" i "day".'))
        return cleaned


def _is_day(month, day) -> bool:
    return type(month) is int and type(day) is int and 1 <= month <= 12 and 1 <= day <= monthrange(LEAP, month)[1]
