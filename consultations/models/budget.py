"""The participatory budget (budżet obywatelski, art. 5a): projects, rules of the ballot and of the count, tallies, draws."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.instruments import Instrument
from consultations.models.voices import APPEND_ONLY
from consultations.sentences import zloty


class BallotType(models.TextChoices):
    APPROVAL = "approval", _("zaznaczenie projektów")
    CHOOSE_ONE = "choose-1", _("jeden projekt")
    CUMULATIVE = "cumulative", _("podział punktów")
    SCORING = "scoring", _("ocena projektów")
    ORDINAL = "ordinal", _("kolejność projektów")


@pghistory.track()
class BudgetRules(models.Model):
    """The rules of one edition, from the council's resolution. Fixed once the vote is announced."""

    instrument = models.OneToOneField(Instrument, models.PROTECT, related_name="budget", verbose_name=_("głosowanie"))
    pot_grosze = models.PositiveBigIntegerField(_("pula w groszach"))
    project_most_grosze = models.PositiveBigIntegerField(_("największy koszt projektu w groszach"), null=True, blank=True)
    ballot_type = models.CharField(_("karta"), max_length=12, choices=BallotType)
    card = models.JSONField(_("zasady karty"), default=dict)  # limits as consultations.cards reads them (C30, C31)
    rule = models.CharField(_("zasada liczenia"), max_length=40)  # a name in consultations.tally
    rule_options = models.JSONField(_("warianty zasady"), default=dict, blank=True)
    tie_rules = models.JSONField(_("zasady przy remisie"), default=list)  # in order; must be stated before the vote (C32)
    draw_announcement = models.CharField(
        _("jawna wartość do losowania"), max_length=300, blank=True
    )  # what, from where, on which day (4.7)
    least_age = models.PositiveSmallIntegerField(_("najniższy wiek"), null=True, blank=True)  # C33
    guardian_below = models.PositiveSmallIntegerField(_("zgoda opiekuna poniżej wieku"), null=True, blank=True)
    age_source = models.CharField(_("podstawa zasad wieku"), max_length=300, blank=True)
    meta = models.JSONField(_("nagłówek Pabulib"), default=dict, blank=True)  # what an imported file said and we do not model
    source = models.CharField(_("podstawa"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("zasady budżetu obywatelskiego")
        verbose_name_plural = _("zasady budżetu obywatelskiego")

    def __str__(self):
        return str(self.instrument)

    @property
    def pot_in_words(self):
        return zloty(self.pot_grosze)

    @property
    def project_most_in_words(self):
        return zloty(self.project_most_grosze) if self.project_most_grosze else ""


@pghistory.track()
class Project(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="projects", verbose_name=_("głosowanie"))
    code = models.CharField(_("numer na karcie"), max_length=40)
    order = models.PositiveIntegerField(_("kolejność"), default=1)
    name = models.CharField(_("nazwa"), max_length=1000)
    description = models.TextField(_("opis"), blank=True)
    cost_grosze = models.PositiveBigIntegerField(_("koszt w groszach"))
    place = models.CharField(_("miejsce"), max_length=300, blank=True)
    latitude = models.DecimalField(_("szerokość"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("długość"), max_digits=9, decimal_places=6, null=True, blank=True)
    categories = models.JSONField(_("kategorie"), default=list, blank=True)
    withdrawn_reason = models.CharField(_("wycofany, bo"), max_length=300, blank=True)
    official = models.JSONField(
        _("wynik ogłoszony w źródle"), default=dict, blank=True
    )  # {"votes", "score", "selected"} of an import
    extra = models.JSONField(_("inne kolumny źródła"), default=dict, blank=True)

    class Meta:
        verbose_name = _("projekt")
        verbose_name_plural = _("projekty")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="consultations_project_code"),
            models.CheckConstraint(condition=Q(cost_grosze__gt=0), name="consultations_project_costs_something"),
        ]

    def __str__(self):
        return self.name

    @property
    def cost_in_words(self):
        return zloty(self.cost_grosze)


class TallyRun(models.Model):
    """One count: rule, digest of what was counted, outcome. Append-only; a later run never replaces an earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="tallies", verbose_name=_("głosowanie"))
    rule = models.CharField(_("zasada"), max_length=40)
    rule_version = models.PositiveSmallIntegerField(_("wersja zasady"))
    is_what_if = models.BooleanField(_("dla porównania"), default=False)
    inputs_sha256 = models.CharField(_("skrót danych"), max_length=64)
    result = models.JSONField(_("wynik"))
    by = models.UUIDField(_("kto"), null=True)  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("liczenie głosów")
        verbose_name_plural = _("liczenia głosów")
        ordering = ["at"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.rule}, {self.at:%d.%m.%Y %H:%M}"


class Draw(models.Model):
    """A draw between tied projects, from a seed that nobody could choose: appended, never repeated for the same tie (4.7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="draws", verbose_name=_("głosowanie"))
    candidates = models.JSONField(_("między"))  # project codes, sorted
    chain_head = models.CharField(_("głowa łańcucha przy zamknięciu"), max_length=64)
    public_value = models.CharField(_("jawna wartość"), max_length=200)
    seed = models.CharField(_("ziarno"), max_length=64)
    order = models.JSONField(_("kolejność"))
    by = models.UUIDField(_("kto"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("losowanie")
        verbose_name_plural = _("losowania")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["instrument", "candidates"], name="consultations_one_draw_a_tie")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return ", ".join(self.order)
