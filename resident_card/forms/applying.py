"""The screens of an application, one form each; `stored()` gives what goes into `Application.details`.

Every form takes `application`, `day` and `policy`; most look at none of them.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resident_card import steps
from resident_card.models import Basis
from residents.address_choice import AddressChoice
from residents.fields import PeselField, born_on
from ui.fields import CleanCharField, DayInput

Kind = Basis.Kind
TAX_FORMS = ["PIT-28", "PIT-36", "PIT-36L", "PIT-37", "PIT-38", "PIT-40A"]  # R2
PIT_11 = "PIT-11"
THE_THREE = _(
    "Kartę dostaje osoba, która jest zameldowana w mieście na stałe, jest zameldowana na czas określony albo rozlicza PIT w Urzędzie Skarbowym "
    "w Pruszczu Gdańskim z adresem w mieście. Jeśli nic z tego nie pasuje, karty nie możemy wydać."
)


class StepForm(forms.Form):
    title: str | Promise = ""
    intro: str | Promise = ""

    def __init__(self, *args, application, day: date, policy, **kwargs):
        self.application, self.day, self.policy = application, day, policy
        super().__init__(*args, **kwargs)

    def stored(self) -> dict:
        """JSON for the draft. Days as ISO."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in self.cleaned_data.items()}


def _day(label, **kwargs):
    return forms.DateField(label=label, widget=DayInput(attrs={"autocomplete": "off"}), **kwargs)


def _pick(label, choices, **kwargs):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class WithPesel(StepForm):
    """R11: the day of birth and the PESEL say the same. Who has no PESEL says so; the town hall gives a number in its place."""

    pesel = PeselField(required=False, help_text=_("11 cyfr, na przykład z dowodu albo z aplikacji mObywatel."))
    has_no_pesel = forms.BooleanField(label=_("Ta osoba nie ma numeru PESEL"), required=False)
    born_on = _day(_("Data urodzenia"), error_messages={"required": _("Podaj datę urodzenia.")})
    # No field of its own says „nieobowiązkowe”: one of the two is needed.

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("pesel", "has_no_pesel"):
            self.fields[name].is_plainly_optional = True

    def clean_born_on(self):
        day = self.cleaned_data["born_on"]
        if day > self.day:
            raise ValidationError(_("Data urodzenia jest z przyszłości. Sprawdź rok."))
        if day.year < 1900:
            raise ValidationError(_("Sprawdź rok urodzenia."))
        return day

    def clean(self):
        data = super().clean() or self.cleaned_data
        pesel, has_none = data.get("pesel"), data.get("has_no_pesel")
        if pesel and has_none:
            self.add_error("has_no_pesel", _("Numer PESEL jest wpisany. Usuń go albo odznacz to pole."))
        elif not pesel and not has_none and "pesel" not in self.errors and not self._keeps_pesel():
            self.add_error("pesel", _("Wpisz numer PESEL albo zaznacz, że ta osoba go nie ma."))
        self._compare(pesel or "", data.get("born_on"))
        return data

    def _keeps_pesel(self):
        """An empty field leaves the number that is stored: the page never shows it back (S55)."""
        person = self.application.person
        return bool(person and person.pesel)

    def _compare(self, pesel, born):
        if pesel and born and born_on(pesel) != born:
            self.add_error("born_on", _("Ta data nie zgadza się z numerem PESEL. Sprawdź jedno i drugie."))

    def stored(self):
        """The PESEL goes to the person, not into the draft."""
        return {"has_no_pesel": self.cleaned_data["has_no_pesel"], "born_on": self.cleaned_data["born_on"].isoformat()}


class OwnDataForm(WithPesel):
    title = _("Kilka danych o Tobie")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_no_pesel"].label = _("Nie mam numeru PESEL")
        if self._keeps_pesel():
            del self.fields["pesel"], self.fields["has_no_pesel"]

    def clean_born_on(self):
        born = super().clean_born_on()
        if steps.age_on(born, self.day) < steps.OF_AGE:
            raise ValidationError(
                _("O własną kartę występuje osoba, która skończyła 18 lat. O kartę dla młodszych występuje rodzic.")
            )
        return born

    def clean(self):
        data = super().clean() if "pesel" in self.fields else self.cleaned_data
        if "pesel" not in self.fields:
            self._compare(self.application.person.pesel, data.get("born_on"))
        return data

    def stored(self):
        return {"has_no_pesel": self.cleaned_data.get("has_no_pesel", False), "born_on": self.cleaned_data["born_on"].isoformat()}


class ChildForm(WithPesel):
    title = _("Kim jest dziecko")
    intro = _("Dziecko trafi na Twoje konto rodzinne. Własną kartę ma od 7. urodzin; młodsze korzysta ze zniżek rodzica.")
    field_order = ["first_name", "last_name", "pesel", "has_no_pesel", "born_on"]

    first_name = CleanCharField(label=_("Imię"), max_length=60, error_messages={"required": _("Podaj imię dziecka.")})
    last_name = CleanCharField(label=_("Nazwisko"), max_length=80, error_messages={"required": _("Podaj nazwisko dziecka.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_no_pesel"].label = _("Dziecko nie ma numeru PESEL")


class BasisForm(StepForm):
    title = _("Co łączy Cię z miastem")
    intro = _("Wystarczy jedno. Zameldowanie sprawdzimy sami w rejestrze, bez zaświadczeń.")

    kind = _pick(
        _("Wybierz, co jest prawdą"),
        [
            (Kind.REGISTERED, _("Jestem zameldowana lub zameldowany w mieście na stałe")),
            (Kind.REGISTERED_FOR_A_TIME, _("Jestem zameldowana lub zameldowany w mieście na czas określony")),
            (Kind.TAX, _("Rozliczam PIT w Urzędzie Skarbowym w Pruszczu Gdańskim i podaję adres w mieście")),
            ("none", _("Nic z tych rzeczy")),
        ],
        error_messages={"required": _("Wybierz jedną odpowiedź.")},
    )

    def clean_kind(self):
        if self.cleaned_data["kind"] == "none":
            raise ValidationError(THE_THREE, "none_of_three")
        return self.cleaned_data["kind"]


class RegistrationForm(StepForm):
    title = _("Do kiedy trwa zameldowanie")
    intro = _("Karta nie będzie ważna dłużej niż zameldowanie.")

    valid_from = _day(_("Od kiedy"), error_messages={"required": _("Podaj pierwszy dzień zameldowania.")})
    valid_to = _day(_("Do kiedy"), error_messages={"required": _("Podaj ostatni dzień zameldowania.")})

    def clean(self):
        data = super().clean() or self.cleaned_data
        since, until = data.get("valid_from"), data.get("valid_to")
        if since and until and until < since:
            self.add_error("valid_to", _("Koniec zameldowania jest wcześniejszy niż początek. Sprawdź obie daty."))
        elif until and until < self.day:
            self.add_error("valid_to", _("To zameldowanie już się skończyło. Jeśli masz nowe, podaj jego daty."))
        return data


class TaxForm(StepForm):
    """R2, R3."""

    title = _("Twój PIT")
    intro = _("Pokażesz tylko pierwszą stronę: z pieczęcią urzędu albo razem z potwierdzeniem UPO. Kwoty możesz zakryć.")

    tax_form = _pick(
        _("Który formularz"), [(one, one) for one in [*TAX_FORMS, PIT_11]], error_messages={"required": _("Wybierz formularz.")}
    )
    tax_year = forms.TypedChoiceField(
        label=_("Za który rok"), coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Wybierz rok.")}
    )
    has_filing_proof = forms.BooleanField(
        label=_("Mam pieczęć urzędu na zeznaniu albo UPO"),
        error_messages={
            "required": _("Bez pieczęci albo UPO nie widać, że zeznanie dotarło do urzędu. UPO pobierzesz z e-Urzędu Skarbowego.")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = tax_years(self.day, self.policy)
        self.fields["tax_year"].choices = [(year, str(year)) for year in years]
        if len(years) == 1:
            self.initial.setdefault("tax_year", years[0])

    def clean_tax_form(self):
        if self.cleaned_data["tax_form"] == PIT_11:
            raise ValidationError(
                _(
                    "PIT-11 wystawia pracodawca i nie widać na nim, gdzie rozliczasz podatek. Dołącz zeznanie, które składasz, na przykład PIT-37."
                ),
                "pit_11",
            )
        return self.cleaned_data["tax_form"]


def tax_years(day: date, policy) -> list[int]:
    """R3: the year before; until the end of March also the one before it, because the newest return may not be filed yet."""
    last = day.year - 1
    return [last, last - 1] if day.month <= policy.pit_year_before_until_month else [last]


class AddressForm(StepForm, AddressChoice):
    """R4: only an address point of the town; a neighbour's village has the same postcode."""

    title = _("Gdzie mieszkasz")
    intro = _("Adres w mieście Pruszcz Gdański. Gmina wiejska o tej samej nazwie ma własne karty i ten sam kod pocztowy.")

    def clean(self):
        data = super().clean()
        if self.point and not data.get("flat") and "flat" not in self.errors:
            self._ask_flat()
        return data

    def _ask_flat(self):
        """A house with flats is not one dwelling: its limit of waste would be nobody's and everybody's."""
        if self.point.dwellings.exclude(flat="").exists() and not self.point.dwellings.filter(flat="").exists():
            self.add_error("flat", _("W tym domu są lokale. Podaj numer swojego."))


class CareForm(StepForm):
    title = _("Kim jesteś dla dziecka")

    kind = _pick(
        _("Wybierz jedno"),
        [
            (Kind.CHILD, _("Rodzicem albo opiekunem prawnym")),
            (Kind.FOSTER, _("Rodziną zastępczą albo prowadzę rodzinny dom dziecka")),
        ],
        error_messages={"required": _("Wybierz jedną odpowiedź.")},
    )


class StudyForm(StepForm):
    """R10: from the 18th birthday on a child's card needs a school proof, from the 25th a disability."""

    title = _("Nauka albo niepełnosprawność")
    intro = _("To dziecko skończyło 18 lat. Karta dziecka działa dalej, gdy się uczy (do 25. urodzin) albo ma orzeczenie.")

    kind = _pick(
        _("Co dołączysz"),
        [(Kind.SCHOOL, _("Legitymację szkolną albo studencką")), (Kind.DISABILITY, _("Orzeczenie o niepełnosprawności"))],
        error_messages={"required": _("Wybierz jedną odpowiedź.")},
    )
    valid_to = _day(_("Ważne do"), required=False, help_text=_("Zostaw puste, jeśli dokument jest bez daty końca."))

    def clean(self):
        data = super().clean() or self.cleaned_data
        _guard_valid(self, data.get("valid_to"))
        if data.get("kind") == Kind.SCHOOL and steps.age_of(self.application.person, self.day) >= steps.STUDENT_UNTIL:
            self.add_error("kind", _("Po 25. urodzinach legitymacja nie wystarczy. Ta osoba może wystąpić o własną kartę."))
        return data


class SchoolForm(StepForm):
    title = _("Legitymacja")
    intro = _("Legitymacja szkolna albo studencka ucznia. W następnym kroku dołączysz jej zdjęcie.")

    valid_to = _day(_("Ważna do"), error_messages={"required": _("Przepisz datę z legitymacji.")})

    def clean(self):
        data = super().clean() or self.cleaned_data
        _guard_valid(self, data.get("valid_to"))
        return data


def _guard_valid(form, until):
    if until and until < form.day:
        form.add_error("valid_to", _("Ten dokument stracił już ważność. Dołącz aktualny."))


class FamilyForm(StepForm):
    """R38: who counts is seen above the form."""

    title = _("Twoja rodzina")
    is_foster = forms.BooleanField(
        label=_("Jesteśmy rodziną zastępczą albo rodzinnym domem dziecka"),
        required=False,
        help_text=_("Wtedy w następnym kroku dołączysz postanowienie sądu."),
    )


class CardForm(StepForm):
    title = _("Jaka karta")
    intro = _(
        "Karta w telefonie wystarcza wszędzie. Plastikowa jest dodatkiem: pierwsza nic nie kosztuje, odbierzesz ją w urzędzie."
    )

    wants_plastic = _pick(
        _("Czy chcesz też kartę plastikową?"),
        [("no", _("Nie, wystarczy w telefonie")), ("yes", _("Tak, poproszę też plastikową"))],
        error_messages={"required": _("Wybierz jedną odpowiedź.")},
    )


PAPERS = {
    Kind.TAX: (_("Pierwsza strona PIT z pieczęcią urzędu albo PIT i UPO"), _("Kwoty możesz zakryć.")),
    Kind.SCHOOL: (_("Legitymacja szkolna albo studencka"), _("Obie strony, z widoczną datą ważności.")),
    Kind.DISABILITY: (_("Orzeczenie o niepełnosprawności"), ""),
    Kind.FOSTER: (_("Postanowienie sądu"), _("O rodzinie zastępczej albo rodzinnym domu dziecka.")),
}
PAPER_KINDS = _("PDF, JPG albo PNG, najwyżej 10 MB.")


class FilesInput(forms.FileInput):
    """Several files at once; a browser never fills it in again."""

    allow_multiple_selected = True


def paper_field(kind, **kwargs) -> forms.Field:
    """A box for the papers of one basis; what comes in is read by `request.FILES.getlist`."""
    label, hint = PAPERS.get(Kind(kind), (Kind(kind).label, ""))
    widget = FilesInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png"})
    field = forms.Field(label=label, required=False, widget=widget, help_text=f"{hint} {PAPER_KINDS}".strip(), **kwargs)
    field.is_plainly_optional = True  # type: ignore[attr-defined]  # read by ui's field
    return field


class PapersForm(StepForm):
    """One box for each basis that a paper shows."""

    title = _("Dokumenty")
    intro = _("Zdjęcie z telefonu wystarczy, jeśli da się je odczytać. Usuniemy te pliki 30 dni po decyzji.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in steps.asked_documents(self.application, self.day):
            self.fields[kind] = paper_field(kind)


def photo_field(label, **kwargs) -> forms.Field:
    attrs = {"accept": "image/jpeg,image/png", "data-card-photo": ""}
    return forms.Field(
        label=label, widget=forms.FileInput(attrs=attrs), required=False, help_text=_("JPG albo PNG, najwyżej 5 MB, co najmniej 300 pikseli szerokości."), **kwargs,
    )  # fmt: skip


class PhotoForm(StepForm):
    title = _("Zdjęcie do karty")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"] = photo_field(_("Wybierz zdjęcie"))
        self.fields["photo"].is_plainly_optional = True


class CorrectionForm(forms.Form):
    """R6: a box for each flagged paper, with what is wrong with it, and one for a refused photo. Nothing else can be changed."""

    def __init__(self, *args, lacks, **kwargs):
        super().__init__(*args, **kwargs)
        self.files_by_name = {f"paper_{one.pk}": one for one in lacks.get("files", [])}
        for name, one in self.files_by_name.items():
            self.fields[name] = paper_field(one.basis)
            self.fields[name].widget.attrs.pop("multiple")
            self.fields[name].help_text = _("Co poprawić: %(flaw)s %(kinds)s") % {
                "flaw": one.flaw.rstrip(".") + ".",
                "kinds": PAPER_KINDS,
            }
        if photo := lacks.get("photo"):
            self.fields["photo"] = photo_field(_("Nowe zdjęcie"))
            self.fields["photo"].help_text = _("Czego brakowało: %(rule)s. JPG albo PNG, najwyżej 5 MB, co najmniej 300 pikseli szerokości.") % {"rule": photo.get_failed_rule_display()}  # fmt: skip
            self.fields["photo"].is_plainly_optional = True


FORMS: dict[str, type[StepForm]] = {
    "dane": OwnDataForm, "dziecko": ChildForm, "podstawa": BasisForm, "zameldowanie": RegistrationForm, "pit": TaxForm, "adres": AddressForm,
    "opieka": CareForm, "nauka": StudyForm, "legitymacja": SchoolForm, "rodzina": FamilyForm, "karta": CardForm,
    "dokumenty": PapersForm, "zdjecie": PhotoForm,
}  # fmt: skip
