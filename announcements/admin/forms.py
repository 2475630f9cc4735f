"""What a writer typed about a message and where it concerns people, checked with words beside the field."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from announcements.models import Announcement, Area, Translation
from residents.address_choice import similar_streets
from residents.models import AddressPoint
from residents.models.places import address_key, street_key
from ui.fields import CleanCharField, MomentInput

# Names and reasons typed at the desk go out in feeds and calendars, which hidden characters would break.
CLEAN: dict[type[models.Field], dict[str, Any]] = {
    models.CharField: {"form_class": CleanCharField}, models.SlugField: {"widget": AdminTextInputWidget},
}  # fmt: skip
TOWN = {"latitude": (54, 55), "longitude": (18, 19)}  # degrees: far enough around the town to tell a slip from a place
ONLY_OF_ALERTS = ["severity", "urgency", "certainty", "category"]


class AnnouncementForm(forms.ModelForm):
    text = CleanCharField(label=_("Treść"), max_length=5000, multiline=True)
    title = CleanCharField(label=_("Tytuł"), max_length=120, widget=forms.TextInput(attrs={"class": "vLargeTextField"}))
    short_text = CleanCharField(
        label=_("Treść SMS i powiadomienia"), max_length=160, widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Najwyżej 160 znaków. Po zapisaniu zobaczysz, ile SMS-ów z tego wyjdzie."),
    )  # fmt: skip

    scheduled_for = forms.DateTimeField(
        label=_("Wyślij o"), required=False, widget=MomentInput(), help_text=_("Zostaw puste, a pójdzie zaraz po wypuszczeniu.")
    )
    expires_at = forms.DateTimeField(label=_("Ważny do"), required=False, widget=MomentInput())

    class Meta:
        model = Announcement
        fields = [
            "sender", "topic", "kind", "title", "text", "short_text", "scheduled_for", "expires_at", "accepts_replies", *ONLY_OF_ALERTS, "is_exercise",
        ]  # fmt: skip

    def clean(self):
        """An alert says how grave, how soon, how sure, of what kind and until when (L48)."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Announcement.Kind.ALERT:
            for name in [*ONLY_OF_ALERTS, "expires_at"]:
                if name in self.fields and not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Ostrzeżenie tego wymaga."))
        return data


class TranslationForm(forms.ModelForm):
    """Any change to it, the tick included, says that it fits the Polish text as that stands now."""

    title = CleanCharField(label=_("Tytuł"), max_length=120, widget=forms.TextInput(attrs={"class": "vLargeTextField"}))
    text = CleanCharField(label=_("Treść"), max_length=5000, multiline=True)
    short_text = CleanCharField(
        label=_("Treść SMS i powiadomienia"), max_length=160, widget=forms.TextInput(attrs={"class": "vLargeTextField"})
    )
    is_checked = forms.BooleanField(
        label=_("Aktualne"), required=False, help_text=_("Zaznacz, gdy polski tekst się zmienił, a tłumaczenie nadal jest dobre.")
    )

    class Meta:
        model = Translation
        fields = ["language", "title", "text", "short_text"]

    def save(self, commit=True):
        self.instance.made_of = self.instance.announcement.fingerprint
        return super().save(commit)


class AreaForm(forms.ModelForm):
    """A row is of one kind and has what that kind needs, nothing else. An address is typed as its street and number, so that no script is
    needed to choose it."""

    NEEDS = {
        Area.Kind.TOWN: [], Area.Kind.STREET: ["street"], Area.Kind.ADDRESS: ["street", "number"],
        Area.Kind.CIRCLE: ["latitude", "longitude", "radius_m"],
    }  # fmt: skip
    street = CleanCharField(label=_("Ulica"), max_length=120, required=False)
    number = CleanCharField(label=_("Numer domu"), max_length=12, required=False, widget=forms.TextInput(attrs={"size": 6}))
    latitude = forms.DecimalField(
        label=_("Szerokość"), max_digits=8, decimal_places=6, localize=True, required=False, widget=forms.TextInput(attrs={"size": 10})
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Długość"), max_digits=9, decimal_places=6, localize=True, required=False, widget=forms.TextInput(attrs={"size": 10})
    )  # fmt: skip
    field_order = ["kind", "street", "number", "latitude", "longitude", "radius_m"]

    class Meta:
        model = Area
        fields = ["kind", "street", "latitude", "longitude", "radius_m"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if address := self.instance.address:
            self.initial |= {"street": address.street, "number": address.number}

    def clean(self):
        data = super().clean() or self.cleaned_data
        if kind := data.get("kind"):
            needed = self.NEEDS[Area.Kind(kind)]
            for name in ("street", "number", "latitude", "longitude", "radius_m"):
                self._check(name, data, name in needed)
            self._find_street(data)
            self._find_address(data)
            self._check_circle(data)
        return data

    def _check(self, name, data, is_needed):
        given = data.get(name) not in (None, "")
        if is_needed and not given and name not in self.errors:
            self.add_error(name, _("Podaj, bo tego wymaga ten rodzaj obszaru."))
        if given and not is_needed:
            self.add_error(name, _("Zostaw puste: ten rodzaj obszaru tego nie ma."))

    def _find_street(self, data):
        """As the register spells it: otherwise the row would reach nobody and say nothing."""
        if not data.get("street") or "street" in self.errors:
            return
        names = {street_key(name): name for name in AddressPoint.objects.streets()}
        if found := names.get(street_key(data["street"])):
            data["street"] = found
            return
        meant = " albo ".join(f"„{name}”" for name in similar_streets(data["street"]))
        words = _("Nie znamy tej ulicy. Czy to %(names)s?") if meant else _("Nie znamy tej ulicy.")
        self.add_error("street", words % {"names": meant} if meant else words)

    def _find_address(self, data):
        """An address is kept as itself, its street stands there."""
        self.instance.address = None
        if data["kind"] != Area.Kind.ADDRESS or {"street", "number"} & set(self.errors):
            return
        found = AddressPoint.objects.filter(search=address_key(data["street"], data["number"])).order_by("pk").first()
        if found is None:
            self.add_error("number", _("Przy tej ulicy nie ma takiego numeru."))
        self.instance.address, data["street"] = found, ""

    def _check_circle(self, data):
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if latitude is None or longitude is None or {"latitude", "longitude"} & set(self.errors):
            return
        if _is_near(longitude, latitude):
            self.add_error("latitude", _("Szerokość i długość są zamienione miejscami."))
        elif not _is_near(latitude, longitude):
            self.add_error("latitude", _("To miejsce jest daleko od miasta."))


def _is_near(latitude, longitude) -> bool:
    return all(low <= value <= high for value, (low, high) in zip((latitude, longitude), TOWN.values(), strict=True))
