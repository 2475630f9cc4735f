"""What a cashier shows, types and confirms, and what the card manager types about partners."""

import re
from datetime import timedelta
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resident_card.discounts import MOST_CHILDREN, Discount
from resident_card.models import Offer, PartnerPoint
from ui.fields import day
from ui.words import counted

UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CodeForm(forms.Form):
    """One card: a number typed or a code that a reader types; or a photograph of the code. What is no card is told by the verb."""

    code = forms.CharField(
        label=gettext_lazy("Kod albo numer karty"), required=False,
        help_text=gettext_lazy("Zeskanuj czytnikiem albo wpisz 12 cyfr z karty."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip
    photo = forms.FileField(
        label=gettext_lazy("Zdjęcie kodu"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_plainly_optional = True  # type: ignore[attr-defined]  # one of the two; the page says so

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("code") and not cleaned.get("photo"):
            raise ValidationError({"code": _("Zeskanuj kartę albo wpisz jej numer.")})
        return cleaned


class PointForm(forms.Form):
    point = forms.ModelChoiceField(
        PartnerPoint.objects.none(), label=gettext_lazy("W którym punkcie jesteś?"), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wybierz punkt.")},
    )  # fmt: skip

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points


class OfferChoice(forms.ChoiceField):
    """Shows what is open; takes any offer, so that a second press of the same button reaches the verb, which answers as it did before."""

    def valid_value(self, value):
        return UUID_SHAPE.fullmatch(str(value)) is not None


class RedeemForm(forms.Form):
    """Which discount, for whom, and the cashier's yes to the face (R46)."""

    offer = OfferChoice(
        label=gettext_lazy("Którą zniżkę zaliczyć?"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wybierz zniżkę."), "invalid_choice": gettext_lazy("Tej zniżki nie ma już dla tej karty. Sprawdź kartę jeszcze raz.")},
    )  # fmt: skip
    for_whom = forms.TypedChoiceField(label=gettext_lazy("Dla kogo?"), coerce=lambda text: tuple(map(int, text.split("+"))))
    is_that_person = forms.BooleanField(
        label=gettext_lazy("To ta osoba"),
        error_messages={"required": gettext_lazy("Porównaj twarz ze zdjęciem i zaznacz, że to ta osoba. Inaczej nie udzielaj zniżki.")},
    )  # fmt: skip

    def __init__(
        self, *args, discounts: list[Discount], is_adult: bool, by_phone: bool, has_photo: bool, card_age: int, **kwargs
    ):
        super().__init__(*args, **kwargs)
        open_ones = [one for one in discounts if one.is_open]
        offer, whom = cast(OfferChoice, self.fields["offer"]), cast(forms.TypedChoiceField, self.fields["for_whom"])
        offer.choices = [(str(one.offer.pk), capfirst(in_words(one))) for one in open_ones]
        if len(open_ones) == 1:
            self.initial["offer"] = str(open_ones[0].offer.pk)
        whom.choices = for_whom(card_age) if is_adult else ONLY_HOLDER
        self.initial["for_whom"] = "1+0"
        self.fields["is_that_person"].help_text = _face_hint(by_phone, has_photo)

    def verb_arguments(self) -> dict:
        holder, children = self.cleaned_data["for_whom"]
        return {"for_holder": bool(holder), "children": children}


ONLY_HOLDER = [("1+0", gettext_lazy("dla tej osoby"))]


def for_whom(card_age: int) -> list[tuple[str, str]]:
    """The holder, the holder with small children, or small children alone (R47)."""
    each = [(number, counted(number, _("dziecka"), _("dzieci"), _("dzieci"))) for number in range(1, MOST_CHILDREN + 1)]
    under = _("poniżej %(age)d lat") % {"age": card_age}
    together = [
        (f"1+{number}", _("dla tej osoby i %(children)s %(under)s") % {"children": words, "under": under})
        for number, words in each
    ]
    alone = [
        (f"0+{number}", _("tylko dla %(children)s %(under)s") % {"children": words, "under": under}) for number, words in each
    ]
    return [(value, str(label)) for value, label in ONLY_HOLDER] + together + alone


def in_words(discount: Discount) -> str:
    """„Bilet na basen: 50 % taniej (zostało 4 z 5)”."""
    if discount.left is None:
        return str(discount.offer)
    left = {"offer": discount.offer, "left": discount.left, "limit": discount.offer.limit}
    return _("%(offer)s (zostało %(left)d z %(limit)d)") % left


def _face_hint(by_phone, has_photo) -> str:
    if not has_photo:
        return _("Karta nie ma jeszcze zdjęcia. Poproś o dokument ze zdjęciem i porównaj imię.")
    if by_phone:
        return _("Porównaj twarz ze zdjęciem powyżej.")
    return _("Numer nie dowodzi, czyja to karta. Porównaj twarz ze zdjęciem powyżej uważnie.")


# The desk


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Osoba zaloguje się zwykłym kontem z tym adresem.")
    )
    points = forms.ModelMultipleChoiceField(
        PartnerPoint.objects.none(), label=gettext_lazy("W punktach"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        points = obj.points.filter(is_active=True)
        self.fields["points"].queryset = points
        self.initial.setdefault("points", [point.pk for point in points])


class LastDayForm(forms.Form):
    last_day = day(gettext_lazy("Ostatni dzień"), help_text=gettext_lazy("Ten dzień jeszcze się liczy."))


class EndAccessForm(LastDayForm):
    last_day = day(
        gettext_lazy("Ostatni dzień"),
        help_text=gettext_lazy("Ten dzień jeszcze się liczy. Wczorajszy dzień odbiera dostęp od razu."),
    )


class ChangeOfferForm(forms.Form):
    starts_on = day(
        gettext_lazy("Nowe warunki od"), help_text=gettext_lazy("Najwcześniej jutro. Liczniki zaczną się wtedy od zera.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", localdate() + timedelta(days=1))


class OfferForm(forms.ModelForm):
    """Points are those of the partner; days lie within the agreement. Told beside the field before the database refuses."""

    def clean(self):
        cleaned = super().clean()
        self._points_are_the_partners(cleaned)
        self._days_in_order(cleaned)
        self._within_the_agreement(cleaned)
        if (percent := cleaned.get("percent")) is not None and not 1 <= percent <= 100:
            self.add_error("percent", _("Wpisz od 1 do 100. Wejście bezpłatne to 100."))
        if cleaned.get("limit") == 0:
            self.add_error("limit", _("Wpisz co najmniej 1 albo zostaw puste: bez ograniczeń."))
        return cleaned

    def _partner(self, cleaned):
        return cleaned.get("partner") or (self.instance.partner if self.instance.partner_id else None)

    def _points_are_the_partners(self, cleaned):
        partner, points = self._partner(cleaned), cleaned.get("points")
        if partner and points is not None and points.exclude(partner=partner).exists():
            self.add_error("points", _("Wybierz punkty tego partnera."))

    def _days_in_order(self, cleaned):
        start, end = cleaned.get("valid_from") or self.instance.valid_from, cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Koniec nie może być wcześniejszy niż początek."))

    def _within_the_agreement(self, cleaned):
        partner, start = self._partner(cleaned), cleaned.get("valid_from")
        if partner and start and (start < partner.agreed_from or (partner.agreed_to and start > partner.agreed_to)):
            self.add_error("valid_from", _("Umowa z partnerem nie obejmuje tego dnia."))

    class Meta:
        model = Offer
        fields = [
            "partner", "points", "package", "category", "subject", "title", "description", "percent", "limit", "limit_per",
            "limit_period", "valid_from", "valid_to",
        ]  # fmt: skip
        widgets = {"points": forms.CheckboxSelectMultiple}
