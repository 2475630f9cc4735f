"""What people type in the room, validated."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office import sheets
from residents.whereabouts import why_not_here
from ui.fields import CleanCharField, DayInput, day
from wifi_points import captive, rules
from wifi_points.actions.networks import ALL_FOUR, STATEMENTS
from wifi_points.models import AccessPoint, FaultReport, Network, Outage, Requirement
from wifi_points.statuses import NetworkStatus

MAC = re.compile(r"[0-9a-f]{2}([:-][0-9a-f]{2}){5}")


class DegreesField(CleanCharField):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return rules.degrees(text)
        except ValueError as why:
            raise ValidationError(f"{str(why)[:1].upper()}{str(why)[1:]}.") from why


class MacField(CleanCharField):
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})

    def to_python(self, value):
        text = super().to_python(value).lower()
        if text and not MAC.fullmatch(text):
            raise ValidationError(_("Adres MAC ma postać aa:bb:cc:dd:ee:ff."))
        return text.replace("-", ":")


class DeviceForm(forms.Form):
    brand = CleanCharField(label=_("Marka"), max_length=60)
    model = CleanCharField(label=_("Model"), max_length=60)
    serial = CleanCharField(label=_("Numer seryjny"), max_length=60)
    mac = MacField(label=_("Adres MAC"), max_length=17, help_text=_("Z naklejki na urządzeniu: aa:bb:cc:dd:ee:ff."))


class SwapForm(DeviceForm):
    swapped_on = day(_("Dzień wymiany"))


class PointForm(DeviceForm):
    """All the fields of the Commission's portal, and the day of mounting."""

    field_order = ["number", "kind", "place", "address", "latitude", "longitude", "is_indoor"]
    number = forms.IntegerField(label=_("Numer punktu"), min_value=1, max_value=999)
    kind = forms.ChoiceField(label=_("Rodzaj miejsca"), choices=AccessPoint.Kind)
    place = CleanCharField(
        label=_("Miejsce"), max_length=100, help_text=_("Jak mówią mieszkańcy, na przykład: Park, przy altanie.")
    )
    address = CleanCharField(label=_("Ulica i numer"), max_length=120, required=False)
    latitude = DegreesField(label=_("Szerokość geograficzna"), help_text=_("Na przykład 54.26012."))
    longitude = DegreesField(label=_("Długość geograficzna"), help_text=_("Na przykład 18.63457."))
    is_indoor = forms.TypedChoiceField(
        label=_("Gdzie wisi"), coerce=lambda value: value == "in", widget=forms.RadioSelect,
        choices=[("out", _("na zewnątrz")), ("in", _("w budynku"))],
    )  # fmt: skip
    installed_on = forms.DateField(label=_("Dzień montażu"), widget=DayInput(), required=False)

    def clean(self):
        typed = super().clean()
        where = typed.get("latitude"), typed.get("longitude")
        if None not in where and (why := why_not_here(*where)):
            self.add_error("latitude", f"{why[:1].upper()}{why[1:]}.")
        return typed


class VersionForm(forms.Form):
    """Which version of the network the person saw; changed since, and nothing is done."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StatementsForm(VersionForm):
    statements = forms.MultipleChoiceField(
        label=_("Oświadczam, że"), choices=list(STATEMENTS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": ALL_FOUR},
    )  # fmt: skip


class ApproveForm(VersionForm):
    """At the desk: the version stands in the form from the moment the page was opened."""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", obj.version)


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("Najpierw zobaczysz, co się zmieni. Nic nie zapiszemy bez Twojego potwierdzenia."),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > sheets.LARGEST:
            raise ValidationError(_("Plik jest większy niż %(size)d kB.") % {"size": sheets.LARGEST // 1024})
        return file


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Adres e-mail instalatora"), max_length=254)
    company = CleanCharField(label=_("Firma"), max_length=120)


class ReasonForm(forms.Form):
    reason = CleanCharField(label=_("Dlaczego"), max_length=500, multiline=True)


class CloseForm(ReasonForm):
    replacement = forms.ModelChoiceField(
        Network.objects.none(), label=_("Jaka sieć ją zastępuje"), required=False,
        help_text=_("Potrzebna, jeśli obowiązek utrzymania jeszcze trwa."),
    )  # fmt: skip

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replacement"].queryset = Network.objects.filter(status=NetworkStatus.LIVE).exclude(pk=obj.pk)


class AddressesForm(forms.Form):
    name = CleanCharField(label=_("Nazwa sieci"), max_length=100, validators=Network._meta.get_field("name").validators)
    portal_url = CleanCharField(
        label=_("Adres strony powitalnej"), max_length=200, validators=Network._meta.get_field("portal_url").validators
    )
    network_identifier = forms.UUIDField(label=_("Identyfikator z portalu Komisji"), required=False)


class FaultForm(forms.Form):
    fault = forms.ChoiceField(label=_("Co się dzieje?"), choices=FaultReport.Fault, widget=forms.RadioSelect)


class NearForm(forms.Form):
    """A street. The phone's own place never comes here: the script orders the list in the browser."""

    street = CleanCharField(label=_("Ulica"), max_length=120, required=False)


class GenerateForm(forms.Form):
    language = forms.ChoiceField(label=_("Język strony"), choices=[("pl", _("polski")), ("en", _("angielski"))], initial="pl")
    continue_to = CleanCharField(
        label=_("Adres na kontrolerze, który wpuszcza do internetu"), max_length=200, initial="/connect",
        help_text=_("Bez hosta, od ukośnika. Podaje go instrukcja kontrolera."),
    )  # fmt: skip

    def clean_continue_to(self):
        address = self.cleaned_data["continue_to"]
        if not re.fullmatch(r"/[A-Za-z0-9._~/?=&%-]*", address) or address.startswith("//"):
            raise ValidationError(_("Wpisz adres od ukośnika, na przykład /connect."))
        return address


class CaptiveForm(forms.Form):
    """A page pasted or uploaded; `content` is its bytes."""

    html = forms.CharField(
        label=_("Wklej kod strony"), required=False, strip=False, max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Albo wybierz plik"), required=False, widget=forms.FileInput(attrs={"accept": ".html,text/html"})
    )
    content: bytes = b""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > captive.LARGEST:
            raise ValidationError(_("Plik ma więcej niż 10 MB. Strona powitalna musi być lekka."))
        return file

    def clean(self):
        typed = super().clean()
        if self.errors:
            return typed
        self.content = typed["file"].read() if typed.get("file") else typed["html"].encode("utf-8", "replace")
        if not self.content.strip():
            self.add_error("html", _("Wklej kod strony albo wybierz plik."))
        return typed


class CaptivePageForm(forms.Form):
    """At the desk: the file alone."""

    content = forms.FileField(label=_("Kod strony powitalnej"), widget=forms.FileInput(attrs={"accept": ".html,text/html"}))

    def clean_content(self):
        if self.cleaned_data["content"].size > captive.LARGEST:
            raise ValidationError(_("Plik ma więcej niż 10 MB. Strona powitalna musi być lekka."))
        return self.cleaned_data["content"].read()


class EvidenceForm(forms.Form):
    requirement = forms.ModelChoiceField(Requirement.objects.none(), label=_("Wymaganie"))
    note = CleanCharField(label=_("Czym to wykazano"), max_length=300)
    file = forms.FileField(label=_("Plik"), required=False, help_text=_("PDF albo zdjęcie, do 10 MB."))

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"].queryset = Requirement.objects.valid_on(localdate())


class CorrectWarrantyForm(forms.Form):
    starts_on = day(_("Gwarancja od"))
    ends_on = day(_("Gwarancja do"), help_text=_("Ostatni dzień, w którym jeszcze działa."))
    company = CleanCharField(label=_("Kto udzielił"), max_length=120)
    contact = CleanCharField(label=_("Jak zgłosić usterkę"), max_length=200, help_text=_("Telefon, e-mail albo adres strony."))
    file = forms.FileField(label=_("Karta gwarancyjna"), required=False, help_text=_("PDF albo zdjęcie, do 10 MB."))

    def clean(self):
        typed = super().clean()
        if typed.get("starts_on") and typed.get("ends_on") and typed["ends_on"] < typed["starts_on"]:
            self.add_error("ends_on", _("Gwarancja nie może skończyć się, zanim się zacznie."))
        return typed


class WarrantyForm(CorrectWarrantyForm):
    """Of the whole network, or of one device of it."""

    field_order = ["access_point"]
    access_point = forms.ModelChoiceField(
        AccessPoint.objects.none(), label=_("Punkt"), required=False, empty_label=_("cała sieć")
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["access_point"].queryset = obj.points.standing().select_related("network")


class SpeedForm(forms.Form):
    measured_at = forms.DateTimeField(
        label=_("Zmierzono"), input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    down_mbps = forms.DecimalField(
        label=_("Pobieranie, Mb/s"), min_value=0, max_value=10_000, max_digits=7, decimal_places=2, localize=True
    )
    up_mbps = forms.DecimalField(
        label=_("Wysyłanie, Mb/s"), min_value=0, max_value=10_000, max_digits=7, decimal_places=2, localize=True, required=False
    )


class UploadForm(forms.Form):
    """A file of the desk: taken in whole or told row by row beside the field."""

    content = forms.FileField(label=_("Plik CSV"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def clean_content(self):
        file = self.cleaned_data["content"]
        if file.size > sheets.LARGEST:
            raise ValidationError(_("Plik jest większy niż %(size)d kB.") % {"size": sheets.LARGEST // 1024})
        return file.read()


class OutageForm(forms.Form):
    access_point = forms.ModelChoiceField(
        AccessPoint.objects.none(), label=_("Punkt"), required=False, empty_label=_("cała sieć")
    )
    started_at = forms.DateTimeField(
        label=_("Od kiedy"), input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    cause = forms.ChoiceField(label=_("Przyczyna"), choices=Outage.Cause)
    note = CleanCharField(label=_("Uwagi"), max_length=300, required=False)

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["access_point"].queryset = obj.points.standing().select_related("network")
