"""What the office handles and by what rules: units, JRWA classes, matters, rates, days off. All dated data of clerks."""

import re

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Dated
from schemas.models import Definition


class Unit(models.Model):
    symbol = models.CharField(_("symbol"), max_length=10, unique=True)  # "OS": the first part of a case mark
    name = models.CharField(_("nazwa"), max_length=120)
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("komórka organizacyjna")
        verbose_name_plural = _("komórki organizacyjne")

    def __str__(self):
        return f"{self.symbol} {self.name}"


class UnitMember(models.Model):
    """A clerk works in a unit; leaving it takes its queue away at the next request (S24)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="members", verbose_name=_("komórka"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="units", verbose_name=_("pracownik"))

    class Meta:
        verbose_name = _("pracownik komórki")
        verbose_name_plural = _("pracownicy komórek")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="eboi_unitmember_once")]

    def __str__(self):
        return f"{self.user}, {self.unit}"


KEPT = re.compile(r"B(E?)([1-9]\d{0,2})")  # of the instruction of chancelleries: B5, B10, BE5; „A” and „Bc” are no terms of years


class JrwaClass(Dated):
    symbol = models.CharField(_("symbol"), max_length=10)
    name = models.CharField(_("hasło"), max_length=200)
    category = models.CharField(_("kategoria archiwalna"), max_length=6)  # A, B5, B10, BE10

    class Meta(Dated.Meta):
        verbose_name = _("klasa JRWA")
        verbose_name_plural = _("klasy JRWA")
        ordering = ["symbol", "-valid_from"]

    def __str__(self):
        return f"{self.symbol} {self.name}"

    @property
    def kept_years(self):
        """Whole years after the year in which a case ended; None: never destroyed from a list, as A."""
        found = KEPT.fullmatch(self.category)
        return int(found[2]) if found else None

    @property
    def needs_expertise(self):
        """BE: the state archive looks first and may make an A of it."""
        return self.category.startswith("BE")


class MatterType(models.Model):
    """A matter that a resident can bring, e.g. the waste-fee declaration. Its rules by date are in MatterTerms."""

    class Theme(models.TextChoices):
        """Under which heading people look for it; in this order in the catalogue."""

        WASTE = "waste", _("Odpady i zieleń")
        TAXES = "taxes", _("Podatki i opłaty")
        PAPERS = "papers", _("Zaświadczenia i dokumenty")
        STREETS = "streets", _("Ulice, domy i plany")
        LETTERS = "letters", _("Pisma, wnioski i skargi")

    code = models.SlugField(_("kod"), unique=True)  # "do-1": part of the address /eboi/sprawy/do-1/
    name = models.CharField(_("nazwa"), max_length=200)
    theme = models.CharField(_("dział"), max_length=10, choices=Theme, default=Theme.LETTERS)
    summary = models.CharField(_("w jednym zdaniu"), max_length=200)
    keywords = models.CharField(_("słowa do wyszukiwania"), max_length=300, blank=True)
    form = models.ForeignKey(Definition, models.PROTECT, verbose_name=_("formularz"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("prowadzi"))
    jrwa = models.ForeignKey(JrwaClass, models.PROTECT, verbose_name=_("klasa JRWA"))
    takes_faults = models.BooleanField(
        _("zgłoszenie usterki"), default=False, help_text=_("Bez logowania i bez nazwiska; formularz musi pytać o miejsce.")
    )
    is_offered = models.BooleanField(
        _("dostępna w portalu"), default=True, help_text=_("Odznaczona sprawa znika z portalu; karty i złożone sprawy zostają.")
    )

    class Meta:
        verbose_name = _("rodzaj sprawy")
        verbose_name_plural = _("rodzaje spraw")

    def __str__(self):
        return self.name


class TermUnit(models.TextChoices):
    DAYS = "days", _("dni")
    WEEKS = "weeks", _("tygodnie")
    MONTHS = "months", _("miesiące")
    YEARS = "years", _("lata")


class MatterTerms(Dated):
    """The service card and the office's term for a matter, as in force from a day (L5, L20, L52)."""

    matter = models.ForeignKey(MatterType, models.PROTECT, related_name="terms", verbose_name=_("sprawa"))
    legal_basis = models.CharField(_("podstawa prawna"), max_length=300)
    who = models.TextField(_("kto i kiedy"))
    documents = models.TextField(_("co przygotować"))
    fee = models.CharField(_("opłata"), max_length=400, help_text=_("Słowami, ze zwolnieniami."))
    fee_grosze = models.PositiveIntegerField(
        _("opłata w groszach"), null=True, blank=True, help_text=_("Tylko gdy jest jedna stała kwota; 0 to bez opłaty.")
    )
    fee_account = models.CharField(_("rachunek do opłaty"), max_length=200, blank=True)
    resident_term = models.CharField(
        _("termin mieszkańca"), max_length=300, blank=True, help_text=_("Do kiedy trzeba to załatwić. Puste: bez terminu.")
    )
    term_count = models.PositiveSmallIntegerField(_("termin urzędu"))
    term_unit = models.CharField(_("jednostka terminu"), max_length=10, choices=TermUnit, default=TermUnit.MONTHS)
    term_note = models.CharField(
        _("wyjaśnienie terminu"),
        max_length=400,
        blank=True,
        help_text=_("Na przykład: oględziny w 21 dni, sprzeciw w 14 dni po nich."),
    )
    appeal = models.TextField(_("odwołanie"))
    appeal_days = models.PositiveSmallIntegerField(_("dni na odwołanie"), default=14)  # from service of the decision
    authority = models.CharField(_("organ wydający decyzję"), max_length=200, default="Burmistrz Pruszcza Gdańskiego")
    decision_instruction = models.TextField(_("pouczenie decyzji"), blank=True)  # KPA art. 107 § 1 pkt 7
    delay_instruction = models.TextField(_("pouczenie o ponagleniu"), blank=True)  # KPA art. 36, 37: in every notice of delay
    suspension_instruction = models.TextField(
        _("pouczenie o zażaleniu na zawieszenie"), blank=True, help_text=_("Do postanowienia o zawieszeniu (art. 101 KPA).")
    )
    privacy = models.TextField(_("klauzula informacyjna"))  # RODO art. 13, shown before any data are sent
    letter_opening = models.TextField(
        _("początek pisma"), blank=True, help_text=_("Gdy sprawa idzie pismem ogólnym: od tych zdań zaczyna się jego treść.")
    )

    class Meta(Dated.Meta):
        verbose_name = _("karta usługi")
        verbose_name_plural = _("karty usług")
        ordering = ["matter", "-valid_from"]

    def __str__(self):
        return f"{self.matter}, od {self.valid_from:%d.%m.%Y}"


class WasteRate(Dated):
    """The council's rate of the waste fee. Amounts are integer grosze a month for one unit of the base."""

    class Method(models.TextChoices):
        PERSON = "person", _("od osoby")
        HOUSEHOLD = "household", _("od gospodarstwa domowego")
        WATER = "water", _("od zużytej wody, za m³")
        AREA = "area", _("od powierzchni, za m²")

    method = models.CharField(_("metoda"), max_length=10, choices=Method)
    grosze = models.PositiveIntegerField(_("stawka w groszach"))
    compost_relief_grosze = models.PositiveIntegerField(_("ulga za kompostownik w groszach"), default=0)
    is_sample = models.BooleanField(_("stawka przykładowa"), default=False)

    class Meta(Dated.Meta):
        verbose_name = _("stawka opłaty za odpady")
        verbose_name_plural = _("stawki opłaty za odpady")
        ordering = ["method", "-valid_from"]

    def __str__(self):
        return f"{self.get_method_display()}, od {self.valid_from:%d.%m.%Y}"


class TermRule(Dated):
    """What an act says of counting terms, as the public calculator cites it. Its text may be recalled, so it is data with a mark."""

    class Act(models.TextChoices):
        PROCEDURE = "kpa", _("sprawa w urzędzie (Kodeks postępowania administracyjnego)")
        TAX = "ordynacja", _("podatki i opłaty (Ordynacja podatkowa)")

    act = models.CharField(_("ustawa"), max_length=12, choices=Act)
    short_name = models.CharField(_("skrót"), max_length=80, help_text=_("Na przykład: art. 57 KPA."))
    days = models.CharField(_("terminy w dniach"), max_length=400)
    weeks = models.CharField(_("terminy w tygodniach"), max_length=400)
    months = models.CharField(_("terminy w miesiącach"), max_length=400)
    years = models.CharField(_("terminy w latach"), max_length=400)
    day_off = models.CharField(_("koniec w dzień wolny"), max_length=400)
    in_time = models.CharField(_("kiedy termin jest zachowany"), max_length=600)
    note = models.CharField(_("zastrzeżenie"), max_length=600, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("reguła liczenia terminów")
        verbose_name_plural = _("reguły liczenia terminów")
        ordering = ["act", "-valid_from"]

    def __str__(self):
        return f"{self.short_name}, od {self.valid_from:%d.%m.%Y}"


class TreeRule(Dated):
    """From what girth at 5 cm above the ground the act asks about a tree of these species, and from what area about shrubs."""

    class Group(models.TextChoices):
        FAST = "fast", _("topole, wierzby, klon jesionolistny, klon srebrzysty")
        MIDDLE = "middle", _("kasztanowiec zwyczajny, robinia akacjowa, platan klonolistny")
        OTHER = "other", _("pozostałe gatunki drzew")
        SHRUBS = "shrubs", _("krzewy w skupisku")

    group = models.CharField(_("rośliny"), max_length=8, choices=Group)
    limit = models.PositiveSmallIntegerField(
        _("granica"),
        help_text=_("Drzewa: obwód pnia na wysokości 5 cm, w centymetrach. Krzewy: powierzchnia w metrach kwadratowych."),
    )

    class Meta(Dated.Meta):
        verbose_name = _("granica dla drzew i krzewów")
        verbose_name_plural = _("granice dla drzew i krzewów")
        ordering = ["group", "-valid_from"]

    def __str__(self):
        return f"{self.get_group_display()}, od {self.valid_from:%d.%m.%Y}"
