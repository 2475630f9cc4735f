"""Applying: one application a person and package, its bases, documents and photo (R1-R11, R22-R27)."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField
from office.models import StoredFile
from resident_card.models.packages import PackageType
from resident_card.statuses import APPLICATION_TRANSITIONS, LIVE, PHOTO_TRANSITIONS, ApplicationStatus, PhotoStatus
from residents.models import Dwelling, Person


class ApplicationQuerySet(models.QuerySet):
    def of(self, user):
        """What the signed-in resident filed, for whomever; nobody else's."""
        return self.filter(applicant__account=user)

    def awaiting_clerk(self):
        return self.filter(status__in=[ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW])


@pghistory.track()
class Application(models.Model):
    TRANSITIONS = APPLICATION_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(_("numer"), max_length=20, blank=True)  # "KM/12/2026", given on submission
    package = models.ForeignKey(PackageType, models.PROTECT, verbose_name=_("pakiet"))
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="filed_card_applications", verbose_name=_("wnioskodawca"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="card_applications", verbose_name=_("dla kogo")
    )  # null in a draft for somebody whom nobody has named yet
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("adres"))
    details = EncryptedJSONField(_("dane z wniosku"), default=dict)  # as typed in the draft, by form page
    is_paper = models.BooleanField(_("papierowy"), default=False)
    registry_number = models.CharField(_("numer z rejestru"), max_length=40, blank=True)
    wants_plastic = models.BooleanField(_("chce kartę plastikową"), default=False)
    status = models.CharField(_("stan"), max_length=18, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sprawdza")
    )
    revision = models.PositiveIntegerField(default=0)  # grows with each save: a stale device never overwrites
    started_at = models.DateTimeField(_("rozpoczęty"))
    saved_at = models.DateTimeField(_("zapisany"))
    submitted_at = models.DateTimeField(_("złożony"), null=True)
    due_on = models.DateField(_("rozpatrzyć do"), null=True)
    decided_at = models.DateTimeField(_("rozpatrzony"), null=True)
    decision_reason = models.TextField(_("uzasadnienie"), blank=True)
    correction = models.TextField(_("co poprawić"), blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("wniosek o kartę")
        verbose_name_plural = _("wnioski o kartę")
        ordering = ["due_on", "submitted_at"]
        permissions = [
            ("decide_application", _("rozpatruje wnioski o kartę")),
            ("enter_paper_application", _("wpisuje wnioski papierowe")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "package"], condition=Q(status__in=LIVE), name="resident_card_one_live_application"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(person__isnull=False), name="resident_card_filed_for_somebody"
            ),
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="resident_card_application_mark"),
            models.CheckConstraint(condition=Q(status__in=ApplicationStatus.values), name="resident_card_application_status"),
        ]
        indexes = [models.Index(fields=["status", "due_on"])]

    def __str__(self):
        return self.mark or str(self.pk)


class Basis(models.Model):
    """Why the person belongs to the town, or to the package. The fact stays; the file behind it goes 30 days after the decision (R26)."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("zameldowanie na pobyt stały")
        REGISTERED_FOR_A_TIME = "registered_for_a_time", _("zameldowanie na pobyt czasowy")
        TAX = "tax", _("PIT w Urzędzie Skarbowym w Pruszczu Gdańskim")
        CHILD = "child", _("dziecko osoby uprawnionej")
        FOSTER = "foster", _("rodzina zastępcza albo rodzinny dom dziecka")
        DISABILITY = "disability", _("orzeczenie o niepełnosprawności")
        SCHOOL = "school", _("legitymacja szkolna albo studencka")

    application = models.ForeignKey(Application, models.CASCADE, related_name="bases", verbose_name=_("wniosek"))
    kind = models.CharField(_("podstawa"), max_length=24, choices=Kind)
    tax_form = models.CharField(_("rodzaj PIT"), max_length=6, blank=True)  # R2
    tax_year = models.PositiveSmallIntegerField(_("za rok"), null=True, blank=True)  # R3
    has_filing_proof = models.BooleanField(_("pieczęć urzędu albo UPO"), default=False)
    valid_from = models.DateField(_("od"), null=True, blank=True)
    valid_to = models.DateField(_("do"), null=True, blank=True)
    confirmed_by = models.UUIDField(_("kto sprawdził"), null=True)  # User.subject
    confirmed_on = models.DateField(_("sprawdzono"), null=True)
    seen_in_original = models.BooleanField(_("okazano oryginał"), default=False)  # R27

    class Meta:
        verbose_name = _("podstawa")
        verbose_name_plural = _("podstawy")
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="resident_card_basis_once"),
            models.CheckConstraint(
                condition=~Q(kind="tax") | Q(tax_year__isnull=False) & ~Q(tax_form=""), name="resident_card_tax_says_year"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class ApplicationFile(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="files", verbose_name=_("wniosek"))
    basis = models.CharField(_("do podstawy"), max_length=24, choices=Basis.Kind)
    file = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, related_name="card_application_file", verbose_name=_("plik")
    )  # null: deleted after its term
    flaw = models.CharField(_("co jest nie tak"), max_length=300, blank=True)  # the applicant may replace it (R6)
    deleted_on = models.DateField(_("usunięty"), null=True)

    class Meta:
        verbose_name = _("dokument do wniosku")
        verbose_name_plural = _("dokumenty do wniosków")

    def __str__(self):
        return self.get_basis_display()


@pghistory.track()
class Photo(models.Model):
    """A face for the card: re-encoded, without EXIF, seen by gates and partners only once accepted (R22-R25)."""

    TRANSITIONS = PHOTO_TRANSITIONS

    class Rule(models.TextChoices):
        """The five rules a reviewer ticks (R24)."""

        CURRENT = "current", _("zdjęcie jest aktualne")
        FACE = "face", _("twarz zajmuje około dwóch trzecich zdjęcia")
        LIGHT = "light", _("twarz jest równo oświetlona")
        BACKGROUND = "background", _("tło jest jasne i jednolite")
        UNCOVERED = "uncovered", _("bez nakrycia głowy i ciemnych okularów")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="card_photos", verbose_name=_("osoba"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="card_photo", verbose_name=_("plik"))
    status = models.CharField(_("stan"), max_length=10, choices=PhotoStatus, default=PhotoStatus.PENDING)
    failed_rule = models.CharField(_("czego nie spełnia"), max_length=12, choices=Rule, blank=True)
    sent_at = models.DateTimeField(_("przesłane"))
    reviewed_by = models.UUIDField(_("kto sprawdził"), null=True)  # User.subject
    reviewed_at = models.DateTimeField(_("sprawdzone"), null=True)

    class Meta:
        verbose_name = _("zdjęcie do karty")
        verbose_name_plural = _("zdjęcia do kart")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status="pending"), name="resident_card_one_photo_to_review"),
            models.CheckConstraint(
                condition=Q(status="refused") ^ Q(failed_rule=""), name="resident_card_refused_photo_names_rule"
            ),
        ]

    def __str__(self):
        return str(self.person)
