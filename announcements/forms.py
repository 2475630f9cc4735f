"""What a resident typed about messages, validated."""

from django import forms
from django.utils.translation import gettext_lazy as _

from announcements import languages
from announcements.models import Collection, Fraction, Reply, Topic
from announcements.models.waste import MOST_DAYS_BEFORE
from office.models import Channel
from residents.address_choice import AddressChoice, StreetInput, similar_streets
from residents.fields import PhoneField
from residents.models import AddressPoint
from residents.models.places import address_key, street_key
from ui.fields import CleanCharField

CHANNEL_WORDS = {Channel.EMAIL: _("e-mail"), Channel.SMS: _("SMS"), Channel.PUSH: _("powiadomienie w przeglądarce")}


class ChoicesForm(forms.Form):
    """A group of boxes for each topic, one box a way of delivery that the follower has."""

    def __init__(self, *args, follower, channels, **kwargs):
        super().__init__(*args, **kwargs)
        chosen: dict[str, list[str]] = {}
        for choice in [] if follower._state.adding else follower.choices.select_related("topic"):
            chosen.setdefault(choice.topic.code, []).append(choice.channel)
        for topic in Topic.objects.filter(is_offered=True, is_statutory=False):
            self.fields[topic.code] = forms.MultipleChoiceField(
                label=topic.name, help_text=topic.summary, required=False, initial=chosen.get(topic.code, []),
                choices=[(channel, CHANNEL_WORDS[channel]) for channel in channels], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[topic.code].is_plainly_optional = True

    def wanted(self) -> dict[str, set[str]]:
        return {code: set(channels) for code, channels in self.cleaned_data.items()}


class PlaceForm(forms.Form):
    """A street, or with a number an address of the town; both empty means the whole town."""

    street = CleanCharField(
        label=_("Ulica"),
        max_length=120,
        required=False,
        widget=StreetInput,
        help_text=_("Zostaw puste, jeśli interesuje Cię całe miasto."),
    )
    number = CleanCharField(
        label=_("Numer domu"), max_length=12, required=False, help_text=_("Zostaw puste, jeśli interesuje Cię cała ulica.")
    )
    point: AddressPoint | None = None
    name = ""

    def clean(self):
        data = super().clean() or self.cleaned_data
        street, number = data.get("street"), data.get("number")
        if number and not street:
            self.add_error("street", _("Podaj też ulicę."))
        elif street:
            self._find(street, number)
        return data

    def _find(self, street, number):
        found = AddressPoint.objects.filter(search__startswith=f"{street_key(street)} ").values_list("street", flat=True)
        self.name = next((name for name in found if street_key(name) == street_key(street)), "")
        if not self.name:
            meant = _(" albo ").join(f"„{name}”" for name in similar_streets(street))
            self.add_error(
                "street", _("Nie znamy tej ulicy. Czy to %(names)s?") % {"names": meant} if meant else _("Nie znamy tej ulicy.")
            )
        elif number:
            self.point = AddressPoint.objects.filter(search=address_key(street, number)).order_by("pk").first()
            if self.point is None:
                self.add_error("number", _("Przy tej ulicy nie ma takiego numeru."))

    def chosen(self) -> dict:
        return {"address": self.point} if self.point else {"street": self.name}


class QuietForm(forms.Form):
    start = forms.TimeField(label=_("Cisza od"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("Cisza do"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Język wiadomości"), choices=languages.offered, widget=forms.RadioSelect,
        help_text=_("Gdy nie ma tłumaczenia, przyjdzie polski tekst."),
    )  # fmt: skip


class PhoneForm(forms.Form):
    phone = PhoneField(help_text=_("Wyślemy na niego kod. SMS-y są dla Ciebie bezpłatne."))


class PhoneCodeForm(forms.Form):
    code = CleanCharField(
        label=_("Kod z SMS-a"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ReplyForm(forms.ModelForm):
    text = CleanCharField(label=_("Co chcesz napisać?"), max_length=2000, multiline=True)
    photo = forms.FileField(label=_("Zdjęcie"), required=False, help_text=_("JPG albo PNG, najwyżej 10 MB."))

    class Meta:
        model = Reply
        fields = ["text"]


class WasteAddressForm(AddressChoice):
    """A house; flats have the days of their house."""

    field_order = ["street", "number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["flat"]


def _lead(days: int):
    return {0: _("w dniu odbioru"), 1: _("dzień wcześniej"), 7: _("tydzień wcześniej")}.get(
        days, _("%(days)d dni wcześniej") % {"days": days}
    )


class ReminderForm(forms.Form):
    """Of fractions that are collected at the address, all when none is known yet."""

    fractions = forms.ModelMultipleChoiceField(
        Fraction.objects.none(), label=_("O czym przypomnieć"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wybierz co najmniej jedną frakcję.")},
    )  # fmt: skip
    days_before = forms.TypedChoiceField(
        label=_("Kiedy"), coerce=int, choices=lambda: [(days, _lead(days)) for days in range(MOST_DAYS_BEFORE + 1)], initial=1
    )
    at = forms.TimeField(
        label=_("O której"), initial="18:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Podaj godzinę."), "invalid": _("Podaj godzinę jako 18:00.")},
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Jak"))

    def __init__(self, *args, follower, address, **kwargs):
        super().__init__(*args, **kwargs)
        here = Fraction.objects.filter(collections__in=Collection.objects.in_force().at(address)).distinct()
        self.fields["fractions"].queryset = here
        self.fields["channel"].choices = [(channel, CHANNEL_WORDS[channel]) for channel in channels_of(follower)]


def channels_of(follower) -> list[str]:
    """Ways that the follower has; e-mail first."""
    if follower._state.adding:
        return [Channel.EMAIL]
    found = set(follower.endpoints.reachable().values_list("channel", flat=True))
    return [channel for channel in Channel.values if channel in found]
