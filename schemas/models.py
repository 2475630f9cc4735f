"""Questions as data: a definition has versions, a published version never changes. One engine for e-BOI forms and surveys."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SHORT_TEXT = "short_text", _("krótki tekst")
    LONG_TEXT = "long_text", _("dłuższy tekst")
    NUMBER = "number", _("liczba całkowita")
    DATE = "date", _("data")
    CHOICE = "choice", _("jeden z wielu")
    CHOICES = "choices", _("kilka z wielu")
    YES_NO = "yes_no", _("tak albo nie")
    STATEMENT = "statement", _("oświadczenie")  # a box that must be ticked when required
    PESEL = "pesel", "PESEL"
    NIP = "nip", "NIP"
    PHONE = "phone", _("telefon")
    EMAIL = "email", _("e-mail")
    ADDRESS = "address", _("adres w mieście")
    FILE = "file", _("załącznik")
    COMPUTED = "computed", _("wyliczane")
    NOTE = "note", _("objaśnienie")


class Operator(models.TextChoices):
    IS = "is", _("jest")
    IS_NOT = "is_not", _("nie jest")
    INCLUDES = "includes", _("zawiera")
    AT_LEAST = "at_least", _("co najmniej")
    AT_MOST = "at_most", _("co najwyżej")
    ANSWERED = "answered", _("wypełniono")


class Definition(models.Model):
    """A form or survey through all its versions."""

    code = models.SlugField(_("kod"), unique=True)  # "do-1"
    title = models.CharField(_("nazwa"), max_length=200)

    class Meta:
        verbose_name = _("wzór")
        verbose_name_plural = _("wzory")

    def __str__(self):
        return self.title


class Version(models.Model):
    """Questions as they stood. Editable while `published_at` is null; then fixed for good and referred to by every answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="versions", verbose_name=_("wzór"))
    number = models.PositiveIntegerField(_("wersja"))
    intro = models.TextField(_("wstęp"), blank=True)
    instruction = models.TextField(_("pouczenie"), blank=True)
    source = models.CharField(_("podstawa"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("opublikowana"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("wycofana"), null=True, blank=True)

    class Meta:
        verbose_name = _("wersja wzoru")
        verbose_name_plural = _("wersje wzorów")
        ordering = ["definition", "-number"]
        constraints = [models.UniqueConstraint(fields=["definition", "number"], name="schemas_version_number")]

    def __str__(self):
        return f"{self.definition} ({self.number})"


class Page(models.Model):
    """One screen of a form."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="pages", verbose_name=_("wersja"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    title = models.CharField(_("tytuł"), max_length=200)
    intro = models.TextField(_("wstęp"), blank=True)

    class Meta:
        verbose_name = _("ekran")
        verbose_name_plural = _("ekrany")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="schemas_page_code")]


class Question(models.Model):
    """A question or field. Its code is never used again for another meaning within the definition."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="questions", verbose_name=_("ekran"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    kind = models.CharField(_("rodzaj"), max_length=20, choices=Kind)
    label = models.CharField(_("pytanie"), max_length=300)
    hint = models.TextField(_("podpowiedź"), blank=True)
    is_required = models.BooleanField(_("wymagane"), default=True)
    minimum = models.IntegerField(_("najmniej"), null=True, blank=True)  # a number's value, a text's length, choices ticked
    maximum = models.IntegerField(_("najwięcej"), null=True, blank=True)
    computed_by = models.CharField(_("wyliczane przez"), max_length=60, blank=True)  # a name registered in schemas.computed
    autocomplete = models.CharField(max_length=40, blank=True)  # the HTML token, WCAG 1.3.5

    class Meta:
        verbose_name = _("pytanie")
        verbose_name_plural = _("pytania")
        ordering = ["page__order", "order"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="computed") & ~Q(computed_by="")) | (~Q(kind="computed") & Q(computed_by="")),
                name="schemas_question_computed_names_its_function",
            )
        ]


class Option(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("pytanie"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    label = models.CharField(_("odpowiedź"), max_length=300)
    hint = models.CharField(_("podpowiedź"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("odpowiedź")
        verbose_name_plural = _("odpowiedzi")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="schemas_option_code")]


class ConditionGroup(models.Model):
    """When the question or page is shown: all or any of its rows hold. No row, always shown."""

    question = models.OneToOneField(Question, models.CASCADE, null=True, blank=True, related_name="shown_when")
    page = models.OneToOneField(Page, models.CASCADE, null=True, blank=True, related_name="shown_when")
    needs_all = models.BooleanField(_("wszystkie warunki"), default=True)

    class Meta:
        verbose_name = _("warunek pokazania")
        verbose_name_plural = _("warunki pokazania")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True) ^ Q(page__isnull=True), name="schemas_condition_has_one_target"
            )
        ]


class Condition(models.Model):
    """One row picked from menus: an earlier question, an operator, a value."""

    group = models.ForeignKey(ConditionGroup, models.CASCADE, related_name="rows")
    asked = models.ForeignKey(Question, models.CASCADE, related_name="conditions_on_it", verbose_name=_("pytanie"))
    operator = models.CharField(_("porównanie"), max_length=12, choices=Operator)
    value = models.CharField(_("wartość"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("wiersz warunku")
        verbose_name_plural = _("wiersze warunku")
