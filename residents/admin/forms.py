"""What a clerk types for a verb of the register. The names of the cleaned values are the names of what the verb takes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.polish import fold
from residents import actions
from residents.address_choice import AddressChoice
from residents.fields import PhoneField
from residents.forms import ContactForm, IdentityForm
from residents.models import HouseholdMember, Person
from ui.fields import CleanCharField, day

DOCUMENTS = ["dowód osobisty", "paszport", "mDowód w aplikacji mObywatel", "karta pobytu", "inny dokument ze zdjęciem"]


class LookUpForm(forms.Form):
    """Sent by POST: neither a name nor a PESEL may lie in an address or a log (S55)."""

    text = CleanCharField(
        label=_("Nazwisko i imię albo PESEL"),
        max_length=100,
        min_length=3,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text=_("Wystarczy początek nazwiska, bez polskich liter. PESEL w całości. Wyszukanie zobaczy ta osoba."),
        error_messages={"required": _("Wpisz nazwisko albo PESEL."), "min_length": _("Wpisz co najmniej 3 znaki.")},
    )


class NewPersonForm(IdentityForm):
    phone = PhoneField(required=False)
    mail_address = ContactForm.base_fields["mail_address"]


class CorrectionForm(NewPersonForm):
    email = ContactForm.base_fields["email"]

    def __init__(self, *args, obj: Person, **kwargs):
        names = ("first_name", "last_name", "phone", "mail_address", "email")
        super().__init__(*args, person=obj, **{**kwargs, "initial": {name: getattr(obj, name) for name in names}})

    def clean(self):
        super().clean()
        return self.changes()


class ConfirmForm(forms.Form):
    how = forms.ChoiceField(label=_("Jaki dokument widzisz"), choices=[(one, one) for one in DOCUMENTS], widget=forms.RadioSelect)

    def __init__(self, *args, obj: Person, **kwargs):
        super().__init__(*args, **kwargs)
        if obj.account_id:
            self.fields["account_shown"] = forms.BooleanField(
                label=_("Ta osoba otworzyła przy mnie swoje konto w portalu."),
                error_messages={"required": _("Bez tego wydaj kod z urzędu: dokument nie mówi, czyje jest konto.")},
            )


class PurposeForm(forms.Form):
    purpose = CleanCharField(
        label=_("W jakim celu"),
        max_length=200,
        help_text=_("Przeczyta to osoba, której numer dotyczy. Na przykład: tytuł wykonawczy w sprawie o podanym znaku."),
        error_messages={"required": _("Podaj, po co potrzebny jest pełny numer PESEL.")},
    )


class HouseholdForm(AddressChoice):
    since = day(_("Od kiedy"))
    beside_name = CleanCharField(
        label=_("W gospodarstwie osoby"),
        max_length=120,
        required=False,
        help_text=_("Imię i nazwisko kogoś, kto już tam mieszka. Zostaw puste, żeby założyć osobne gospodarstwo."),
    )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        beside = self._beside(data) if data["beside_name"] else None
        return {"dwelling": actions.dwelling_at(self.chosen(), data["flat"]), "since": data["since"], "beside": beside}

    def _beside(self, data):
        members = HouseholdMember.objects.on(data["since"]).select_related("person")
        there = members.filter(household__dwelling__address=self.chosen(), household__dwelling__flat=data["flat"])
        wanted = sorted(fold(data["beside_name"]).split())
        found = [one.person for one in there if sorted(one.person.search.split()) == wanted]
        if not found:
            raise ValidationError({"beside_name": _("Nikt taki nie mieszka tego dnia pod tym adresem.")})
        return found[0]


class LeaveForm(forms.Form):
    last_day = day(_("Ostatni dzień w gospodarstwie"))


class ResidencyForm(AddressChoice):
    basis = CleanCharField(
        label=_("Na jakiej podstawie"),
        max_length=200,
        help_text=_("Na przykład: rozliczenie PIT za 2025, meldunek, umowa najmu."),
    )
    until = day(_("Do kiedy"), required=False, help_text=_("Zostaw puste, jeśli bezterminowo."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["street"].required = self.fields["number"].required = False
        self.order_fields(["basis", "street", "number", "flat", "until"])

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if bool(data["street"]) != bool(data["number"]):
            raise ValidationError({"number": _("Podaj ulicę i numer domu albo zostaw oba pola puste.")})
        dwelling = actions.dwelling_at(self.chosen(), data["flat"]) if self.chosen() else None
        return {"basis": data["basis"], "until": data["until"], "dwelling": dwelling}
