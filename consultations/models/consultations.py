"""A consultation: what the town asks, on what legal basis, whom, when and through which doors."""

import uuid
from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Extract, Now
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from consultations.statuses import CONSULTATION_TRANSITIONS, PUBLIC, ConsultationStatus, Phase
from office.models import Dated, StoredFile

NEVER_CHANGED = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class BasisKind(models.TextChoices):
    FREE = "free", _("konsultacje z mieszkańcami")  # art. 5a of the municipal act
    BUDGET = "budget", _("budżet obywatelski")
    NGO = "ngo", _("z organizacjami pozarządowymi")
    PLANNING = "planning", _("planowanie przestrzenne")
    REVITALISATION = "revitalisation", _("rewitalizacja")
    STRATEGY = "strategy", _("strategia rozwoju")
    ENVIRONMENT = "environment", _("ochrona środowiska")


class AnnouncedIn(models.TextChoices):
    BIP = "bip", _("Biuletyn Informacji Publicznej")
    PORTAL = "portal", _("strona miasta")
    BOARD = "board", _("tablica ogłoszeń")
    PRESS = "press", _("prasa")
    CUSTOMARY = "customary", _("w sposób zwyczajowo przyjęty")


class ActivityKind(models.TextChoices):
    """Forms of consulting beside the questionnaire; planning needs some of each group (C9)."""

    REMARKS = "remarks", _("zbieranie uwag")
    MEETING = "meeting", _("spotkanie otwarte")
    PANEL = "panel", _("panel ekspertów")
    WORKSHOP = "workshop", _("warsztat")
    OUTDOOR = "outdoor", _("spotkanie w terenie")
    SURVEY = "survey", _("ankieta")
    INTERVIEW = "interview", _("wywiady i punkt informacyjny")


class Addressee(models.TextChoices):
    RESIDENTS = "residents", _("mieszkańcy")
    NGOS = "ngos", _("organizacje pozarządowe")
    FIRMS = "firms", _("przedsiębiorcy")
    OTHERS = "others", _("inni")


class IntegrityLevel(models.IntegerChoices):
    """What is known of who answers. Shown to residents in plain words; below DECLARED results speak of answers, never people (C38)."""

    OPEN = 0, _("odpowiedzi otwarte")
    CONTACT = 1, _("potwierdzony kontakt")
    DECLARED = 2, _("mieszkaniec, który to oświadcza")
    PROVEN = 3, _("potwierdzone zamieszkanie")


class LegalBasis(Dated):
    """What the law or the town's resolution asks of a kind of consultation. Recalled or inferred terms carry the mark to confirm."""

    code = models.SlugField(_("kod"))
    kind = models.CharField(_("rodzaj"), max_length=16, choices=BasisKind)
    title = models.CharField(_("nazwa"), max_length=200)
    minimum_days = models.PositiveSmallIntegerField(_("najmniej dni zbierania głosów"), default=0)  # C10, C13, C14
    notice_days = models.PositiveSmallIntegerField(
        _("dni od ogłoszenia do otwarcia"), default=0
    )  # C13; 0: on the first day at the latest
    announced_in = models.JSONField(_("gdzie trzeba ogłosić"), default=list)  # AnnouncedIn values, all of them (C7, C8)
    activity_groups = models.JSONField(_("formy, po jednej z grupy"), default=list)  # [[ActivityKind, ...], ...] (C9, C13)
    needed_channels = models.JSONField(_("drogi, po jednej z grupy"), default=list)  # [[CollectingChannel.Kind, ...], ...] (C15)
    report_days = models.PositiveSmallIntegerField(_("dni na raport"), null=True, blank=True)
    is_binding = models.BooleanField(_("wynik wiąże"), default=False)  # C27
    effect = models.TextField(_("co znaczy wynik"))  # "Wynik jest opinią mieszkańców…", shown on the page

    class Meta(Dated.Meta):
        verbose_name = _("podstawa prawna")
        verbose_name_plural = _("podstawy prawne")
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="consultations_basis_once"),
        ]

    def __str__(self):
        return self.title


class ConsultationQuerySet(models.QuerySet):
    def public(self):
        """What residents may see: announced at some time, cancelled ones included, so that nothing vanishes."""
        never_announced = Q(status=ConsultationStatus.CANCELLED, announced_at__isnull=True)
        return self.filter(status__in=PUBLIC).exclude(never_announced)

    def open_now(self):
        """Collecting voices at this statement, by the clock of the database: opens_at <= now < closes_at (C17, B7)."""
        return self.filter(status=ConsultationStatus.ANNOUNCED, opens_at__lte=Now(), closes_at__gt=Now())

    def closed_now(self):
        """Collecting is over by the clock of the database."""
        return self.filter(status=ConsultationStatus.ANNOUNCED, closes_at__lte=Now())

    def with_phase(self):
        """Adds `phase`: before, open or closed for an announced one, by the clock of the database; else null."""
        announced = Q(status=ConsultationStatus.ANNOUNCED)
        return self.annotate(
            phase=Case(
                When(announced & Q(opens_at__gt=Now()), then=Value(Phase.BEFORE)),
                When(announced & Q(closes_at__gt=Now()), then=Value(Phase.OPEN)),
                When(announced, then=Value(Phase.CLOSED)),
                output_field=models.CharField(null=True),
            )
        )

    def in_public_order(self):
        """Open first, the nearest closing on top; then those to come; then in analysis; then finished, the newest on top."""
        announced, now = Q(status=ConsultationStatus.ANNOUNCED), Now()
        is_open, is_ahead = announced & Q(opens_at__lte=now, closes_at__gt=now), announced & Q(opens_at__gt=now)
        waits = announced | Q(status__in=[ConsultationStatus.SUSPENDED, ConsultationStatus.UNDER_ANALYSIS])
        rank = Case(When(is_open, then=0), When(is_ahead, then=1), When(waits, then=2), default=3)
        closes, opens = Extract("closes_at", "epoch"), Extract("opens_at", "epoch")
        within = Case(When(is_open, then=closes), When(is_ahead, then=opens), default=0 - closes)
        return self.annotate(rank=rank).order_by("rank", within, "id")


@pghistory.track()
class Consultation(models.Model):
    TRANSITIONS = CONSULTATION_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("adres"), unique=True, max_length=80)
    title = models.CharField(_("tytuł"), max_length=200)
    summary = models.CharField(_("w jednym zdaniu"), max_length=300)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, verbose_name=_("podstawa prawna"))
    order_number = models.CharField(_("zarządzenie"), max_length=60, blank=True)  # "48/2022" (C1)
    order_on = models.DateField(_("zarządzenie z dnia"), null=True, blank=True)
    order_url = models.URLField(_("zarządzenie w BIP"), blank=True)
    purpose = models.TextField(_("po co pytamy"), blank=True)
    subject = models.TextField(_("o czym rozmawiamy"), blank=True)
    decided_so_far = models.TextField(_("co już postanowiono, a co zależy od głosów"), blank=True)
    addressees = models.JSONField(_("kogo pytamy"), default=list)  # Addressee values
    addressees_limit = models.CharField(_("zawężenie"), max_length=300, blank=True)  # who of them, when not all (C3)
    addressees_source = models.CharField(_("podstawa zawężenia"), max_length=300, blank=True)  # needed to narrow residents (C3)
    unit = models.CharField(_("komórka prowadząca"), max_length=200, blank=True)
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)
    place = models.CharField(_("miejsce"), max_length=200, blank=True)
    results_method = models.TextField(_("jak ustalimy wynik"), blank=True)
    results_where = models.TextField(_("gdzie ogłosimy wynik"), blank=True)
    integrity = models.PositiveSmallIntegerField(_("kto odpowiada"), choices=IntegrityLevel, default=IntegrityLevel.OPEN)
    integrity_reason = models.CharField(_("dlaczego pytamy o dane"), max_length=300, blank=True)  # C6: needed above OPEN
    opens_at = models.DateTimeField(_("otwarcie"), null=True, blank=True)
    closes_at = models.DateTimeField(_("zamknięcie"), null=True, blank=True)  # the first moment that is too late
    report_promised_on = models.DateField(_("raport obiecany na"), null=True, blank=True)  # C24
    interim_results_open = models.BooleanField(_("wyniki cząstkowe jawne"), default=False)  # only if the order says so
    status = models.CharField(_("stan"), max_length=20, choices=ConsultationStatus, default=ConsultationStatus.DRAFT)
    drafted_by = models.UUIDField(_("kto przygotował"), null=True, editable=False)  # User.subject
    edited_by = models.JSONField(_("kto zmieniał projekt"), default=list, editable=False)  # subjects; none of them may approve
    approved_by = models.UUIDField(_("kto zatwierdził"), null=True, editable=False)  # User.subject, another person
    announced_at = models.DateTimeField(_("ogłoszone w portalu"), null=True, editable=False)
    cloned_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("przykład"), default=False, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("konsultacje")
        verbose_name_plural = _("konsultacje")
        ordering = ["-opens_at", "-id"]
        permissions = [
            ("approve_consultation", _("zatwierdza, wstrzymuje, przedłuża i odwołuje konsultacje")),
            ("moderate_voice", _("przegląda i ukrywa głosy")),
            ("release_voice", _("jako druga osoba dopuszcza głosy do publikacji")),
            ("view_original_voice", _("czyta głosy przed usunięciem danych osobowych")),
            ("key_paper", _("rejestruje i wpisuje formularze papierowe")),
            ("settle_envelope", _("rozstrzyga głosy wstrzymane do wyjaśnienia")),
            ("write_ruling", _("pisze stanowiska wobec głosów")),
            ("approve_ruling", _("zatwierdza stanowiska i raporty")),
            ("see_results", _("czyta wyniki zbiorcze")),
            ("export_results", _("pobiera dane w postaci zastępczej")),
            ("export_everything", _("pobiera dane pełne")),
            ("run_tally", _("liczy głosy budżetu obywatelskiego i losuje")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ConsultationStatus.values), name="consultations_consultation_status"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="consultations_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(status__in=[ConsultationStatus.DRAFT])
                | Q(opens_at__isnull=False, closes_at__isnull=False, approved_by__isnull=False),
                name="consultations_approved_has_a_calendar",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")), name="consultations_two_people"
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"])]

    def __str__(self):
        return self.title

    @property
    def speaks_of_people(self):
        """Whether results may say "people"; otherwise they say "answers" (C38)."""
        return self.integrity >= IntegrityLevel.DECLARED

    @property
    def last_moment(self):
        """The last instant that still counts, as people say it: 23:59 of the last day (C17)."""
        return self.closes_at - timedelta(microseconds=1)


class CollectingChannel(models.Model):
    """A door through which voices come, with its own rule of being in time, never mixed silently (C16)."""

    class Kind(models.TextChoices):
        ONLINE = "online", _("przez portal")
        BOX = "box", _("urna albo skrzynka")
        POST = "post", _("poczta")
        EMAIL = "email", _("e-mail")
        E_DELIVERY = "e_delivery", _("e-Doręczenia albo ePUAP")
        DESK = "desk", _("w urzędzie")
        MEETING = "meeting", _("na spotkaniu")
        PHONE = "phone", _("telefonicznie")

    class Rule(models.TextChoices):
        SERVER_TIME = "server_time", _("decyduje czas serwera")
        RECEIPT = "receipt", _("decyduje data wpływu do urzędu")
        POSTMARK = "postmark", _("decyduje data stempla pocztowego")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="channels", verbose_name=_("konsultacje"))
    kind = models.CharField(_("droga"), max_length=12, choices=Kind)
    rule = models.CharField(_("kiedy głos jest w terminie"), max_length=12, choices=Rule)
    where = models.CharField(_("dokąd"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("droga zbierania głosów")
        verbose_name_plural = _("drogi zbierania głosów")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "kind"], name="consultations_channel_once")]

    def __str__(self):
        return self.get_kind_display()


class Announcement(models.Model):
    """Where and when the town told people, with proof (C7). Never edited away: it is evidence."""

    class About(models.TextChoices):
        OPENING = "opening", _("rozpoczęcie")
        EXTENSION = "extension", _("przedłużenie")
        SUSPENSION = "suspension", _("wstrzymanie")
        RESUMPTION = "resumption", _("wznowienie")
        CANCELLATION = "cancellation", _("odwołanie")
        REPORT = "report", _("raport")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="announcements", verbose_name=_("konsultacje"))
    about = models.CharField(_("o czym"), max_length=12, choices=About, default=About.OPENING)
    channel = models.CharField(_("gdzie"), max_length=10, choices=AnnouncedIn)
    announced_on = models.DateField(_("dnia"))
    url = models.URLField(_("adres"), blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="announcement_proofs", verbose_name=_("dowód")
    )
    note = models.CharField(_("uwagi"), max_length=300, blank=True)
    recorded_by = models.UUIDField(_("kto wpisał"), null=True, editable=False)  # User.subject

    class Meta:
        verbose_name = _("ogłoszenie")
        verbose_name_plural = _("ogłoszenia")
        ordering = ["announced_on", "id"]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.announced_on:%d.%m.%Y}"


class CalendarChange(models.Model):
    """The closing was moved: from when to when, why, by whom. Append-only."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="calendar_changes", verbose_name=_("konsultacje"))
    old_closes_at = models.DateTimeField(_("dotychczas"))
    new_closes_at = models.DateTimeField(_("teraz"))
    reason = models.TextField(_("powód"))
    by = models.UUIDField(_("kto"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zmiana terminu")
        verbose_name_plural = _("zmiany terminu")
        ordering = ["at"]
        triggers = [NEVER_CHANGED]

    def __str__(self):
        return self.reason

    @property
    def old_last_moment(self):
        return self.old_closes_at - timedelta(microseconds=1)

    @property
    def new_last_moment(self):
        return self.new_closes_at - timedelta(microseconds=1)


class TextCorrection(models.Model):
    """A sentence of an announced consultation was put right: what it said, what it says, why. Append-only, shown on the page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="corrections", verbose_name=_("konsultacje"))
    field = models.CharField(_("pole"), max_length=40)  # a name in consultations.rules.CORRECTABLE
    old = models.TextField(_("było"))
    new = models.TextField(_("jest"))
    reason = models.CharField(_("powód"), max_length=300)
    by = models.UUIDField(_("kto"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("sprostowanie")
        verbose_name_plural = _("sprostowania")
        ordering = ["at"]
        triggers = [NEVER_CHANGED]

    def __str__(self):
        return self.reason


class Activity(models.Model):
    """A meeting, a walk, a workshop: something to come to."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="activities", verbose_name=_("konsultacje"))
    kind = models.CharField(_("forma"), max_length=10, choices=ActivityKind)
    title = models.CharField(_("nazwa"), max_length=200)
    starts_at = models.DateTimeField(_("początek"))
    ends_at = models.DateTimeField(_("koniec"), null=True, blank=True)
    place = models.CharField(_("miejsce"), max_length=200)
    note = models.TextField(_("opis"), blank=True)

    class Meta:
        verbose_name = _("spotkanie albo inna forma")
        verbose_name_plural = _("spotkania i inne formy")
        ordering = ["starts_at"]

    def __str__(self):
        return self.title


class Material(models.Model):
    """Something to read before answering."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="materials", verbose_name=_("konsultacje"))
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    title = models.CharField(_("tytuł"), max_length=200)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="consultation_material", verbose_name=_("plik")
    )
    url = models.URLField(_("adres"), blank=True)
    added_on = models.DateField(_("dodano"), null=True, editable=False)  # only when it came after the announcement

    class Meta:
        verbose_name = _("materiał")
        verbose_name_plural = _("materiały")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) ^ ~Q(url=""), name="consultations_material_file_or_address")
        ]

    def __str__(self):
        return self.title


class FollowerQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)


class Follower(models.Model):
    """Somebody who asked to be told by e-mail. Without an account; written to only after the address was confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="followers")
    email = EncryptedTextField(max_length=254)
    email_lookup = models.BinaryField(max_length=32)
    token_hash = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the secret in the confirm and leave links
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "email_lookup"], name="consultations_follower_once")]

    def __str__(self):
        return str(self.pk)


class FollowersTold(models.Model):
    """All who follow were written to about this. Kept so that a worker that died and came back writes nobody twice."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="told")
    occasion = models.CharField(max_length=60)  # consultations.actions.followers.Occasion, and for a closing its day
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "occasion"], name="consultations_told_once")]

    def __str__(self):
        return self.occasion
