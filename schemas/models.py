"""Questions as data: a definition has versions, a published version never changes. One engine for e-BOI forms and surveys."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SHORT_TEXT = "short_text", _("krótki tekst")
    LONG_TEXT = "long_text", _("dłuższy tekst")
    NUMBER = "number", _("liczba całkowita")
    DATE = "date", _("data")
    CHOICE = "choice", _("jeden z wielu")
    CHOICES = "choices", _("kilka z wielu")
    SCALE = "scale", _("skala")
    MATRIX = "matrix", _("tabela: jedna odpowiedź w wierszu")
    RANKING = "ranking", _("kolejność")
    YES_NO = "yes_no", _("tak albo nie")
    STATEMENT = "statement", _("oświadczenie albo zgoda")  # a box that must be ticked when required
    PESEL = "pesel", "PESEL"
    NIP = "nip", "NIP"
    PHONE = "phone", _("telefon")
    EMAIL = "email", _("e-mail")
    ADDRESS = "address", _("adres w mieście")
    POINT = "point", _("miejsce na mapie (współrzędne)")
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


# The database itself keeps what was published. Each path leads from a row to the version it belongs to; the version is read
# FOR SHARE, so that an edit and a publication of one version wait for each other and never pass each other.
VERSION_OF_QUESTION = "SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id ="
VERSION_OF = {
    "page": "{row}.version_id",
    "question": "(SELECT version_id FROM schemas_page WHERE id = {row}.page_id)",
    "option": "(" + VERSION_OF_QUESTION + " {row}.question_id)",
    "matrix_row": "(" + VERSION_OF_QUESTION + " {row}.question_id)",
    "group": "COALESCE((" + VERSION_OF_QUESTION + " {row}.question_id),"  # noqa: S608 literals alone
    " (SELECT version_id FROM schemas_page WHERE id = {row}.page_id))",
    "row": "(SELECT COALESCE(qp.version_id, gp.version_id) FROM schemas_conditiongroup g"
    " LEFT JOIN schemas_question q ON q.id = g.question_id LEFT JOIN schemas_page qp ON qp.id = q.page_id"
    " LEFT JOIN schemas_page gp ON gp.id = g.page_id WHERE g.id = {row}.group_id)",
}
REFUSE = "RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation';"


def stays_once_published(part):
    """No insert, update or delete of this part of a version that is published."""

    def check(row):
        return (
            f"SELECT published_at INTO fixed FROM schemas_version WHERE id = {VERSION_OF[part].format(row=row)} FOR SHARE;"  # noqa: S608
            f" IF fixed IS NOT NULL THEN {REFUSE} END IF;"
        )

    return pgtrigger.Trigger(
        name="published_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("fixed", "timestamptz")],
        func=f"IF TG_OP <> 'INSERT' THEN {check('OLD')} END IF;"
        f" IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; {check('NEW')} RETURN NEW;",
    )


class Definition(models.Model):
    """A form or survey through all its versions. Its code never changes: answers and addresses speak of it."""

    code = models.SlugField(_("kod"), unique=True)  # "do-1"
    title = models.CharField(_("nazwa"), max_length=200)

    class Meta:
        verbose_name = _("wzór")
        verbose_name_plural = _("wzory")
        triggers = [pgtrigger.ReadOnly(name="code_stays", fields=["code"])]

    def __str__(self):
        return self.title

    def current(self):
        """The version to answer now: the newest that is published and not withdrawn, or None."""
        return self.versions.in_force().order_by("-number").first()


class VersionQuerySet(models.QuerySet):
    def in_force(self):
        """To answer today in Warsaw: published, its day has come, and not withdrawn."""
        begun = Q(in_force_from__isnull=True) | Q(in_force_from__lte=localdate())
        return self.filter(begun, published_at__isnull=False, withdrawn_at__isnull=True)

    def drafts(self):
        return self.filter(published_at__isnull=True)


class Version(models.Model):
    """Questions as they stood. Editable while `published_at` is null; then fixed for good and referred to by every answer.

    The database refuses any change of a published version and of its parts, but for the mark that it was withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="versions", verbose_name=_("wzór"))
    number = models.PositiveIntegerField(_("wersja"))
    title = models.CharField(_("nazwa w tej wersji"), max_length=200, blank=True, help_text=_("Puste: nazwa wzoru."))
    intro = models.TextField(_("wstęp"), blank=True)
    instruction = models.TextField(_("pouczenie"), blank=True)
    source = models.CharField(_("podstawa"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("opublikowana"), null=True, blank=True)
    published_by = models.UUIDField(_("kto ogłosił"), null=True, blank=True, editable=False)  # User.subject
    in_force_from = models.DateField(_("obowiązuje od"), null=True, blank=True)  # empty: from the moment it was published
    withdrawn_at = models.DateTimeField(_("wycofana"), null=True, blank=True)
    withdrawn_by = models.UUIDField(_("kto wycofał"), null=True, blank=True, editable=False)  # User.subject

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wersja wzoru")
        verbose_name_plural = _("wersje wzorów")
        ordering = ["definition", "-number"]
        permissions = [("publish_version", _("ogłasza i wycofuje wersje wzorów"))]
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="schemas_version_number"),
            models.UniqueConstraint(
                fields=["definition"], condition=Q(published_at__isnull=True), name="schemas_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(published_at__isnull=False),
                name="schemas_version_withdrawn_was_published",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
                declare=[("probe", "schemas_version%ROWTYPE")],
                func=f"IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL THEN {REFUSE} END IF;"
                " probe := NEW; probe.withdrawn_at := NULL; probe.withdrawn_by := NULL;"
                f" IF probe IS DISTINCT FROM OLD THEN {REFUSE} END IF; RETURN NEW;",
            )
        ]

    def __str__(self):
        return f"{self.title or self.definition} ({self.number})"

    @property
    def is_draft(self):
        return self.published_at is None

    def condition_rows(self):
        """Every row of every condition in this version."""
        here = Q(group__question__page__version=self) | Q(group__page__version=self)
        return Condition.objects.filter(here).select_related("asked")


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
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="schemas_page_code")]
        triggers = [stays_once_published("page")]

    def __str__(self):
        return self.title


class Question(models.Model):
    """A question or field. Its code is never used again for another meaning within the definition."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="questions", verbose_name=_("ekran"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    kind = models.CharField(_("rodzaj"), max_length=20, choices=Kind)
    label = models.CharField(_("pytanie"), max_length=300)
    hint = models.TextField(_("podpowiedź"), blank=True)
    is_required = models.BooleanField(_("wymagane"), default=True)
    # of a number its value, of a text its length, of choices how many are ticked, of files how many, of a scale its ends,
    # of a ranking how many places are given away
    minimum = models.IntegerField(_("najmniej"), null=True, blank=True)
    maximum = models.IntegerField(_("najwięcej"), null=True, blank=True)
    minimum_label = models.CharField(_("co znaczy początek skali"), max_length=100, blank=True)
    maximum_label = models.CharField(_("co znaczy koniec skali"), max_length=100, blank=True)
    has_no_opinion = models.BooleanField(_("z odpowiedzią „nie mam zdania”"), default=False)
    # of a date: "2026-05-10", or "today" for the day on which it is answered
    earliest = models.CharField(_("najwcześniej"), max_length=10, blank=True)
    latest = models.CharField(_("najpóźniej"), max_length=10, blank=True)
    computed_by = models.CharField(_("wyliczane przez"), max_length=60, blank=True)  # a name registered in schemas.computed
    autocomplete = models.CharField(_("podpowiedź przeglądarki"), max_length=40, blank=True)  # the HTML token, WCAG 1.3.5

    class Meta:
        verbose_name = _("pytanie")
        verbose_name_plural = _("pytania")
        ordering = ["page__order", "page", "order", "id"]
        triggers = [stays_once_published("question")]
        constraints = [
            models.UniqueConstraint(fields=["page", "code"], name="schemas_question_code"),
            models.CheckConstraint(
                condition=(Q(kind="computed") & ~Q(computed_by="")) | (~Q(kind="computed") & Q(computed_by="")),
                name="schemas_question_computed_names_its_function",
                violation_error_message=_("Pole wyliczane musi wskazywać, co je wylicza; inne pytania nie mogą."),
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.label}"


class Option(models.Model):
    """One of the answers a question offers. Its code is what is kept."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("pytanie"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    label = models.CharField(_("odpowiedź"), max_length=300)
    hint = models.CharField(_("podpowiedź"), max_length=300, blank=True)
    takes_text = models.BooleanField(_("z miejscem na tekst"), default=False)  # „inne, jakie?”
    is_exclusive = models.BooleanField(_("wyklucza inne"), default=False)  # „żadne z powyższych”

    class Meta:
        verbose_name = _("odpowiedź")
        verbose_name_plural = _("odpowiedzi")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="schemas_option_code")]
        triggers = [stays_once_published("option")]

    def __str__(self):
        return self.label


class MatrixRow(models.Model):
    """What is judged in one row of a matrix. Its code is what the answer is kept under."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="rows", verbose_name=_("pytanie"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    code = models.SlugField(_("kod"))
    label = models.CharField(_("wiersz"), max_length=300)

    class Meta:
        verbose_name = _("wiersz tabeli")
        verbose_name_plural = _("wiersze tabeli")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="schemas_matrixrow_code")]
        triggers = [stays_once_published("matrix_row")]

    def __str__(self):
        return self.label


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
        triggers = [stays_once_published("group")]

    def __str__(self):
        return str(self.question or self.page)


class Condition(models.Model):
    """One row picked from menus: an earlier question, an operator, a value."""

    group = models.ForeignKey(ConditionGroup, models.CASCADE, related_name="rows")
    asked = models.ForeignKey(Question, models.RESTRICT, related_name="conditions_on_it", verbose_name=_("pytanie"))
    operator = models.CharField(_("porównanie"), max_length=12, choices=Operator)
    value = models.CharField(_("wartość"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("wiersz warunku")
        verbose_name_plural = _("wiersze warunku")
        ordering = ["id"]
        triggers = [stays_once_published("row")]

    def __str__(self):
        return f"{self.asked.code} {self.get_operator_display()} {self.value}".strip()
