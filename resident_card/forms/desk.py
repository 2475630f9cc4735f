"""What a clerk of the card desk types about an application."""

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from resident_card import rules
from resident_card.forms.applying import TAX_FORMS, photo_field, tax_years
from resident_card.models import Basis, Photo
from residents.address_choice import AddressChoice
from residents.fields import PeselField, born_on
from ui.fields import CleanCharField, day

Kind = Basis.Kind
OWN_BASES = [(one, Kind(one).label) for one in (Kind.REGISTERED, Kind.REGISTERED_FOR_A_TIME, Kind.TAX)]
PAPERS = [(one, Kind(one).label) for one in (Kind.TAX, Kind.SCHOOL, Kind.DISABILITY, Kind.FOSTER)]


class AcceptPhotoForm(forms.Form):
    """The five rules, each ticked by who looked (R24)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = _("Zaznacz, jeśli warunek jest spełniony. Jeśli nie, odrzuć zdjęcie i wskaż ten warunek.")
        for rule, label in Photo.Rule.choices:
            self.fields[rule] = forms.BooleanField(label=capfirst(label), error_messages={"required": words})


class RefusePhotoForm(forms.Form):
    failed_rule = forms.ChoiceField(
        label=_("Którego warunku nie spełnia"), choices=Photo.Rule.choices, widget=forms.RadioSelect,
        help_text=_("Wnioskodawca przeczyta ten warunek."), error_messages={"required": _("Wskaż warunek.")},
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """What is wrong, paper by paper; an empty box means that the paper is good."""

    reason = CleanCharField(
        label=_("Co poprawić, ogólnie"), max_length=1000, multiline=True, error_messages={"required": _("Napisz, co poprawić.")}
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.papers = {f"paper_{one.pk}": one for one in obj.files.select_related("file") if one.file}
        for name, one in self.papers.items():
            label = _("Dokument „%(name)s” (%(kind)s)") % {"name": one.file.name, "kind": one.get_basis_display()}
            self.fields[name] = CleanCharField(
                label=label, max_length=300, required=False, help_text=_("Puste: dokument jest dobry.")
            )
        self.fields["lacking"] = forms.ChoiceField(
            label=_("Brakuje dokumentu"), choices=[("", _("niczego nie brakuje")), *PAPERS], required=False
        )

    def clean(self):
        data = super().clean() or self.cleaned_data
        flaws = {one.pk: data[name] for name, one in self.papers.items() if data.get(name)}
        return {"reason": data.get("reason", ""), "flaws": flaws, "lacking": data.get("lacking", "")}


class RejectForm(forms.Form):
    reason = CleanCharField(
        label=_("Dlaczego"), max_length=1000, multiline=True, help_text=_("Przeczyta to wnioskodawca. Napisz, co może zrobić dalej."),
        error_messages={"required": _("Napisz, dlaczego odrzucasz wniosek.")},
    )  # fmt: skip


class OriginalForm(forms.Form):
    bases = forms.MultipleChoiceField(
        label=_("Okazano oryginał dokumentu"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Zaznacz dokument.")},
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bases"].choices = [(one.kind, one.get_kind_display()) for one in obj.bases.all()]  # type: ignore[attr-defined]


class PhotoUploadForm(forms.Form):
    photo = forms.FileField(label=_("Zdjęcie"), error_messages={"required": _("Wybierz plik ze zdjęciem.")})


class PaperApplicationForm(AddressChoice):
    """One page for one sheet of paper, in its order. What a basis does not need stays empty."""

    registry_number = CleanCharField(
        label=_("Numer z rejestru"), max_length=40, error_messages={"required": _("Przepisz numer, pod którym wniosek wpłynął.")}
    )
    first_name = CleanCharField(label=_("Imię"), max_length=60, error_messages={"required": _("Podaj imię.")})
    last_name = CleanCharField(label=_("Nazwisko"), max_length=80, error_messages={"required": _("Podaj nazwisko.")})
    pesel = PeselField(required=False, help_text=_("Puste tylko u osoby bez numeru PESEL; portal nada jej numer zastępczy."))
    born_on = day(_("Data urodzenia"), error_messages={"required": _("Podaj datę urodzenia.")})
    applicant_pesel = PeselField(label=_("PESEL rodzica"), required=False, help_text=_("Tylko we wniosku dla dziecka."))
    basis = forms.ChoiceField(
        label=_("Podstawa"), choices=[*OWN_BASES, (Kind.CHILD, Kind.CHILD.label), (Kind.FOSTER, Kind.FOSTER.label)], widget=forms.RadioSelect,
        error_messages={"required": _("Wybierz podstawę.")},
    )  # fmt: skip
    valid_from = day(_("Zameldowanie czasowe od"), required=False)
    valid_to = day(_("Zameldowanie czasowe do"), required=False)
    tax_form = forms.ChoiceField(label=_("Rodzaj PIT"), choices=[("", "-"), *[(one, one) for one in TAX_FORMS]], required=False)
    tax_year = forms.ChoiceField(label=_("PIT za rok"), required=False)
    seen = forms.BooleanField(
        label=_("Oryginały dokumentów okazano i zwrócono"),
        required=False,
        help_text=_("Niczego nie skanuj; wystarczy to zaznaczenie."),
    )
    wants_plastic = forms.BooleanField(label=_("Chce też kartę plastikową"), required=False)
    field_order = [
        "registry_number", "first_name", "last_name", "pesel", "born_on", "applicant_pesel", "street", "number", "flat", "basis", "valid_from",
        "valid_to", "tax_form", "tax_year", "seen", "photo", "wants_plastic",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = localdate()
        years = tax_years(today, rules.policy(today))
        self.fields["tax_year"].choices = [("", "-"), *[(str(one), str(one)) for one in years]]  # type: ignore[attr-defined]
        self.fields["photo"] = photo_field(_("Zdjęcie"))
        self.fields["street"].required = self.fields["number"].required = False
        self.order_fields(self.field_order)

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("pesel") and data.get("born_on") and born_on(data["pesel"]) != data["born_on"]:
            self.add_error("born_on", _("Ta data nie zgadza się z numerem PESEL."))
        if not data.get("applicant_pesel"):
            self._need(data, "street", "number")
        if data.get("basis") in (Kind.CHILD, Kind.FOSTER):
            self._need(data, "applicant_pesel")
        if data.get("basis") == Kind.REGISTERED_FOR_A_TIME:
            self._need(data, "valid_from", "valid_to")
        if data.get("basis") == Kind.TAX:
            self._need(data, "tax_form", "tax_year", "seen")
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("Koniec jest wcześniejszy niż początek."))
        return data

    def _need(self, data, *names):
        for name in [name for name in names if not data.get(name) and name not in self.errors]:
            self.add_error(name, _("Przy tej podstawie to jest potrzebne."))

    def details(self) -> dict:
        """As the screens of the portal would have kept it."""
        data = self.cleaned_data
        details: dict = {
            "dane": {"has_no_pesel": not data["pesel"]},
            "karta": {"wants_plastic": "yes" if data["wants_plastic"] else "no"},
        }
        if self.point:
            details["adres"] = {"street": self.point.street, "number": self.point.number, "flat": data["flat"]}
        if data["basis"] in (Kind.CHILD, Kind.FOSTER):
            return {**details, "opieka": {"kind": data["basis"]}}
        details["podstawa"] = {"kind": data["basis"]}
        if data["basis"] == Kind.REGISTERED_FOR_A_TIME:
            details["zameldowanie"] = {name: data[name].isoformat() for name in ("valid_from", "valid_to")}
        if data["basis"] == Kind.TAX:
            details["pit"] = {"tax_form": data["tax_form"], "tax_year": int(data["tax_year"]), "has_filing_proof": True}
        return details

    def person(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "pesel", "born_on")}
