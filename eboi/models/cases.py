"""A case: one matter of one person from opening to its end."""

import uuid
from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eboi.models.catalogue import JrwaClass, MatterType, Unit
from eboi.statuses import ACTIVE, CASE_TRANSITIONS, ENDED, CaseStatus
from office.models import StatusChange, StoredFile
from residents.models import IdentityConfirmation, Person


def new_year(year):
    """Its first moment in Warsaw."""
    return timezone.make_aware(datetime(year, 1, 1))


class CaseQuerySet(models.QuerySet):
    def of(self, user):
        """The cases in which the signed-in resident is the party; nobody else's."""
        return self.filter(person__account=user)

    def in_units_of(self, user):
        """What a clerk may see: the cases of the units they work in today (S24)."""
        return self.filter(unit__members__user=user)

    def active(self):
        return self.filter(status__in=ACTIVE)

    def with_term(self):
        """Adds `due_on` of the open deadline and `is_paused`; both are empty for a closed case."""
        open_term = self._of_this_case("eboi.Deadline", closed_at__isnull=True)
        return self.annotate(
            due_on=Subquery(open_term.values("due_on")[:1]),
            is_paused=Exists(self._of_this_case("eboi.Pause", until__isnull=True)),
        )

    def with_identity(self):
        """Adds `is_identity_confirmed` of the party."""
        confirmed = IdentityConfirmation.objects.standing().filter(person=OuterRef("person"))
        return self.annotate(is_identity_confirmed=Exists(confirmed))

    def with_unread(self):
        """Adds `has_unread`: the party wrote something that nobody of the office has marked as read."""
        unread = self._of_this_case("eboi.CaseMessage", kind="from_resident", read_at__isnull=True)
        return self.annotate(has_unread=Exists(unread))

    def queue(self):
        """The active cases, the one due first on top; those whose term is paused after them."""
        return self.active().with_term().order_by("is_paused", F("due_on").asc(nulls_last=True), "opened_at")

    def overdue_on(self, day):
        """Past their last day and not paused: a notice of delay is owed (KPA art. 36, L6)."""
        return self.active().with_term().filter(is_paused=False, due_on__lt=day)

    def past_category(self, day):
        """Ended, and kept through all the years of the archive category of their class, counted from the next January (L22).

        Never A. Never what is disputed: under appeal, held by a clerk, or moved by anybody in those years. Adds `ended_at`.
        """
        moves = StatusChange.objects.filter(object_type="eboi.case", object_id=OuterRef("pk")).order_by("-at")
        held = Exists(self._of_this_case("eboi.DisposalHold", ended_at__isnull=True))
        ended = self.filter(~held, status__in=ENDED, closed_at__isnull=False, appealed_on__isnull=True)
        ended = ended.annotate(ended_at=Greatest("closed_at", Coalesce(Subquery(moves.values("at")[:1]), "closed_at")))
        kept = {one.category: one.kept_years for one in JrwaClass.objects.only("category") if one.kept_years}
        past = Q(pk__in=[])
        for category, years in kept.items():
            past |= Q(jrwa__category=category, ended_at__lt=new_year(day.year - years))
        return ended.filter(past)

    def _of_this_case(self, model, **filters):
        return self.model._meta.apps.get_model(model).objects.filter(case=OuterRef("pk"), **filters).order_by()


@pghistory.track()
class Case(models.Model):
    TRANSITIONS = CASE_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("komórka"))
    jrwa = models.ForeignKey(JrwaClass, models.PROTECT, verbose_name=_("klasa JRWA"))
    year = models.PositiveSmallIntegerField(_("rok"))
    number = models.PositiveIntegerField(_("numer kolejny"))
    mark = models.CharField(_("znak sprawy"), max_length=40, unique=True)  # "OS.3160.12.2026"
    matter = models.ForeignKey(MatterType, models.PROTECT, verbose_name=_("rodzaj sprawy"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name=_("strona"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prowadzi"))
    status = models.CharField(_("stan"), max_length=20, choices=CaseStatus, default=CaseStatus.NEW)
    received_on = models.DateField(_("data wpływu"))  # stays when a defect is cured in time (KPA art. 64)
    opened_at = models.DateTimeField(_("założona"))
    closed_at = models.DateTimeField(_("zakończona"), null=True, blank=True)
    outcome = models.TextField(_("jak załatwiono"), blank=True)
    appealed_on = models.DateField(
        _("odwołanie z dnia"), null=True, blank=True
    )  # a decision under appeal never turns final by itself

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("sprawa")
        verbose_name_plural = _("sprawy")
        permissions = [
            ("register_letter", _("rejestruje przesyłki wpływające")),
            ("direct_letter", _("kieruje przesyłki do komórek")),
            ("open_case", _("zakłada sprawy")),
            ("handle_case", _("prowadzi sprawy swojej komórki")),
            ("assign_case", _("przydziela sprawy i przedłuża terminy")),
            ("sign_decision", _("podpisuje decyzje")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "jrwa", "year", "number"], name="eboi_case_number"),
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="eboi_case_status"),
        ]
        indexes = [
            models.Index(fields=["person", "-opened_at"]),
            models.Index(fields=["unit", "status"]),
            models.Index(fields=["officer", "status"]),  # the day of a clerk among 200,000 cases
            models.Index(
                fields=["unit", "officer"],
                include=["id", "status", "opened_at"],
                condition=Q(status__in=[*ACTIVE, CaseStatus.DECIDED]),
                name="eboi_case_desk",
            ),  # what is on the desk, out of the index alone (eboi.desk)
        ]

    def __str__(self):
        return self.mark

    @property
    def is_active(self):
        return self.status in ACTIVE


class Document(models.Model):
    """A file in a case, added after opening by the resident or by the office. Submission attachments stay with the submission."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name=_("sprawa"))
    file = models.OneToOneField(StoredFile, models.PROTECT, verbose_name=_("plik"))
    title = models.CharField(_("tytuł"), max_length=200)
    is_from_office = models.BooleanField(_("pismo urzędu"), default=False)
    added_by = models.UUIDField(_("kto dodał"))  # User.subject
    added_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("dokument w sprawie")
        verbose_name_plural = _("dokumenty w sprawie")
        ordering = ["added_at"]

    def __str__(self):
        return self.title


class CaseMessageQuerySet(models.QuerySet):
    def for_party(self):
        """What the party may read (KPA art. 73): never an internal note (L12, S21)."""
        return self.exclude(kind=CaseMessage.Kind.NOTE)


class CaseMessage(models.Model):
    """A message in a case. An internal note is never shown to the party (L12)."""

    class Kind(models.TextChoices):
        FROM_RESIDENT = "from_resident", _("od mieszkańca")
        FROM_OFFICE = "from_office", _("od urzędu")
        NOTE = "note", _("notatka wewnętrzna")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", verbose_name=_("sprawa"))
    kind = models.CharField(_("rodzaj"), max_length=14, choices=Kind)
    text = models.TextField(_("treść"))
    author = models.UUIDField(_("kto napisał"))  # User.subject
    at = models.DateTimeField(_("kiedy"))
    read_at = models.DateTimeField(_("przeczytano"), null=True, blank=True)

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość w sprawie")
        verbose_name_plural = _("wiadomości w sprawie")
        ordering = ["at"]
        indexes = [
            models.Index(fields=["case"], condition=Q(kind="from_resident", read_at__isnull=True), name="eboi_message_unread")
        ]

    def __str__(self):
        return self.get_kind_display()


class Exclusion(models.Model):
    """A clerk was kept from an own or a close person's case (KPA art. 24, L11): what was tried and when."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="exclusions", verbose_name=_("sprawa"))
    letter = models.ForeignKey(
        "IncomingLetter", models.PROTECT, null=True, blank=True, related_name="exclusions", verbose_name=_("przesyłka")
    )
    clerk = models.UUIDField(_("pracownik"))  # User.subject of the one kept away
    tried_by = models.UUIDField(_("kto próbował"), null=True)  # User.subject; another one when a manager tried to assign it
    tried = models.CharField(_("czynność"), max_length=60)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("wyłączenie pracownika")
        verbose_name_plural = _("wyłączenia pracowników")
        ordering = ["-at"]

    def __str__(self):
        return self.tried
