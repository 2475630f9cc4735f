"""What the town says, to whom, where; what was sent is never edited (L48)."""

import hashlib
import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from announcements import languages
from announcements.models.senders import Sender, Topic
from announcements.statuses import ANNOUNCEMENT_TRANSITIONS, PUBLIC, REPLY_TRANSITIONS, AnnouncementStatus, ReplyStatus
from office.models import StoredFile
from residents.models import AddressPoint, Person

SENT_STAYS = pgtrigger.Trigger(
    name="sent_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.sent_at IS NOT NULL AND ROW(OLD.kind, OLD.sender_id, OLD.topic_id, OLD.title, OLD.text, OLD.short_text, OLD.severity, "
        "OLD.urgency, OLD.certainty, OLD.expires_at, OLD.references_id, OLD.message_type, OLD.is_exercise, OLD.sent_at) IS DISTINCT "
        "FROM ROW(NEW.kind, NEW.sender_id, NEW.topic_id, NEW.title, NEW.text, NEW.short_text, NEW.severity, NEW.urgency, NEW.certainty, "
        "NEW.expires_at, NEW.references_id, NEW.message_type, NEW.is_exercise, NEW.sent_at)"
    ),
    func="RAISE EXCEPTION 'an announcement that was sent stays as it is';",
)

TRANSLATION_STAYS = pgtrigger.Trigger(
    name="translation_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF EXISTS (SELECT 1 FROM announcements_announcement told
                   WHERE told.id IN (OLD.announcement_id, NEW.announcement_id) AND told.sent_at IS NOT NULL) THEN
            RAISE EXCEPTION 'an announcement that was sent stays as it is';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class AnnouncementQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: from the moment of sending on, what was superseded or cancelled included."""
        return self.filter(status__in=PUBLIC)

    def current_at(self, moment):
        """Sent, standing and not expired."""
        standing = self.filter(status__in=[AnnouncementStatus.SENDING, AnnouncementStatus.SENT])
        return standing.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=moment)).exclude(
            message_type=Announcement.MessageType.CANCEL
        )

    def active_alerts(self, moment):
        """What every page shows at once. An exercise is no alert for the public."""
        return self.current_at(moment).filter(kind=Announcement.Kind.ALERT, is_exercise=False)

    def due(self, moment):
        return self.filter(status=AnnouncementStatus.SCHEDULED, scheduled_for__lte=moment)


@pghistory.track()
class Announcement(models.Model):
    """A message of the town. An alert has the words of CAP 1.2 for how grave, how soon and how sure; an update or a cancellation is a
    message of its own that names the one before it."""

    TRANSITIONS = ANNOUNCEMENT_TRANSITIONS

    class Kind(models.TextChoices):
        INFO = "info", _("wiadomość")
        ALERT = "alert", _("ostrzeżenie")
        WASTE = "waste", _("odpady")

    class MessageType(models.TextChoices):
        FIRST = "alert", _("pierwszy")
        UPDATE = "update", _("aktualizacja")
        CANCEL = "cancel", _("odwołanie")

    class Severity(models.TextChoices):
        EXTREME = "Extreme", _("skrajne zagrożenie")
        SEVERE = "Severe", _("poważne zagrożenie")
        MODERATE = "Moderate", _("umiarkowane zagrożenie")
        MINOR = "Minor", _("małe zagrożenie")

    class When(models.TextChoices):
        IMMEDIATE = "Immediate", _("działaj natychmiast")
        EXPECTED = "Expected", _("w ciągu godziny")
        FUTURE = "Future", _("w najbliższym czasie")

    class Certainty(models.TextChoices):
        OBSERVED = "Observed", _("już trwa")
        LIKELY = "Likely", _("prawdopodobne")
        POSSIBLE = "Possible", _("możliwe")

    class Category(models.TextChoices):
        GEO = "Geo", _("geologia, wstrząsy")
        MET = "Met", _("pogoda, powódź")
        SAFETY = "Safety", _("bezpieczeństwo")
        FIRE = "Fire", _("pożar")
        HEALTH = "Health", _("zdrowie")
        ENV = "Env", _("środowisko, skażenie")
        TRANSPORT = "Transport", _("drogi i transport")
        INFRA = "Infra", _("woda, prąd, gaz, ciepło")
        OTHER = "Other", _("inne")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("rodzaj"), max_length=5, choices=Kind, default=Kind.INFO)
    sender = models.ForeignKey(Sender, models.PROTECT, related_name="announcements", verbose_name=_("nadawca"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="announcements", verbose_name=_("temat"))
    title = models.CharField(_("tytuł"), max_length=120)
    text = models.TextField(_("treść"), max_length=5000)
    short_text = models.CharField(_("treść SMS i powiadomienia"), max_length=160)
    status = models.CharField(_("stan"), max_length=10, choices=AnnouncementStatus, default=AnnouncementStatus.DRAFT)
    scheduled_for = models.DateTimeField(_("wyślij o"), null=True, blank=True)
    expires_at = models.DateTimeField(_("ważny do"), null=True, blank=True)
    message_type = models.CharField(_("w łańcuchu"), max_length=6, choices=MessageType, default=MessageType.FIRST)
    references = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("dotyczy")
    )
    severity = models.CharField(_("jak groźne"), max_length=8, choices=Severity, blank=True)
    urgency = models.CharField(_("jak pilne"), max_length=9, choices=When, blank=True)
    certainty = models.CharField(_("jak pewne"), max_length=8, choices=Certainty, blank=True)
    category = models.CharField(_("czego dotyczy"), max_length=9, choices=Category, blank=True)
    is_exercise = models.BooleanField(_("ćwiczenia"), default=False)  # never reaches the public (L50)
    accepts_replies = models.BooleanField(_("można odpowiedzieć"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("napisał"))
    review_note = models.CharField(_("uwagi sprawdzającego"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("utworzony"))
    sent_at = models.DateTimeField(_("wysłany"), null=True, editable=False)
    audience = models.PositiveIntegerField(_("odbiorców"), null=True, editable=False)  # endpoints, frozen at sending

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("komunikat")
        verbose_name_plural = _("komunikaty")
        ordering = ["-created_at"]
        permissions = [
            ("write_announcement", _("pisze komunikaty")),
            ("release_announcement", _("sprawdza i wypuszcza komunikaty")),
            ("release_alert", _("wypuszcza ostrzeżenia, jako jedna z dwóch osób")),
            ("moderate_reply", _("odpowiada mieszkańcom na odpowiedzi")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AnnouncementStatus.values), name="announcements_announcement_status"),
            models.CheckConstraint(
                condition=~Q(kind="alert")
                | Q(expires_at__isnull=False) & ~Q(severity="") & ~Q(urgency="") & ~Q(certainty="") & ~Q(category=""),
                name="announcements_alert_says_how_grave_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(message_type="alert", references__isnull=True)
                | ~Q(message_type="alert") & Q(references__isnull=False),
                name="announcements_update_names_what_it_updates",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "scheduled_for"]),
            models.Index(fields=["-sent_at"], condition=Q(sent_at__isnull=False), name="announcements_sent"),
        ]
        triggers = [SENT_STAYS]

    def __str__(self):
        return self.title

    tongue = languages.POLISH  # what is said here is said in Polish; `wordings` has the others

    @property
    def title_in_chain(self):
        return self.in_chain(self.title, self.tongue)

    def in_chain(self, title: str, tongue: languages.Tongue) -> str:
        """The title as it is sent: an exercise, an update and a cancellation say so first (L50)."""
        return f"{tongue.exercise if self.is_exercise else ''}{tongue.chain.get(self.message_type, '')}{title}"

    def translated(self) -> list["Translation"]:
        """What it says in other languages, in the order in which they are offered."""
        return sorted(self.translations.all(), key=lambda one: list(languages.FURTHER).index(one.language))

    def wordings(self) -> dict[str, "Announcement | Translation"]:
        """What it says, by language, in Polish first. Each has a tongue, title, text and short text."""
        return {self.tongue.code: self, **{one.language: one for one in self.translated()}}

    @property
    def fingerprint(self) -> str:
        """Of the Polish words: a translation remembers which ones it was made of."""
        return hashlib.sha256("\n\n".join([self.title, self.text, self.short_text]).encode()).hexdigest()

    @property
    def breaks_the_silence(self):
        """Quiet hours give way to a grave alert only."""
        return self.kind == self.Kind.ALERT and self.severity in (self.Severity.EXTREME, self.Severity.SEVERE)


@pghistory.track()
class Translation(models.Model):
    """The same message in another language: written with the draft, read by the same people before it is let out, sent and frozen with it."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="translations", verbose_name=_("komunikat"))
    language = models.CharField(_("język"), max_length=2, choices=languages.further)
    title = models.CharField(_("tytuł"), max_length=120)
    text = models.TextField(_("treść"), max_length=5000)
    short_text = models.CharField(_("treść SMS i powiadomienia"), max_length=160)
    made_of = models.CharField(max_length=64, editable=False)  # Announcement.fingerprint of the Polish words

    class Meta:
        verbose_name = _("tłumaczenie")
        verbose_name_plural = _("tłumaczenia")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["announcement", "language"], name="announcements_translation_once")]
        triggers = [TRANSLATION_STAYS]

    def __str__(self):
        return self.tongue.name

    @property
    def tongue(self) -> languages.Tongue:
        return languages.FURTHER[self.language]

    @property
    def title_in_chain(self):
        return self.announcement.in_chain(self.title, self.tongue)

    @property
    def is_behind(self) -> bool:
        """The Polish text has changed since."""
        return self.made_of != self.announcement.fingerprint


class Area(models.Model):
    """Where it concerns people: one row a place; the whole town is a row of its own."""

    class Kind(models.TextChoices):
        TOWN = "town", _("całe miasto")
        STREET = "street", _("ulica")
        ADDRESS = "address", _("adres")
        CIRCLE = "circle", _("miejsce i promień")

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="areas", verbose_name=_("komunikat"))
    kind = models.CharField(_("rodzaj"), max_length=7, choices=Kind)
    street = models.CharField(_("ulica"), max_length=120, blank=True)  # as in AddressPoint.street
    address = models.ForeignKey(AddressPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("adres"))
    latitude = models.DecimalField(_("szerokość geograficzna"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("długość geograficzna"), max_digits=9, decimal_places=6, null=True, blank=True)
    radius_m = models.PositiveIntegerField(
        _("promień w metrach"), null=True, blank=True, validators=[MinValueValidator(50), MaxValueValidator(10_000)]
    )

    class Meta:
        verbose_name = _("obszar")
        verbose_name_plural = _("obszary")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="town", street="", address__isnull=True, radius_m__isnull=True)
                | Q(kind="street", address__isnull=True, radius_m__isnull=True) & ~Q(street="")
                | Q(kind="address", street="", address__isnull=False, radius_m__isnull=True)
                | Q(kind="circle", street="", address__isnull=True)
                & Q(latitude__isnull=False, longitude__isnull=False, radius_m__isnull=False),
                name="announcements_area_is_one_kind",
            )
        ]

    def __str__(self):
        return self.street or (str(self.address) if self.address_id else self.get_kind_display())


class Release(models.Model):
    """Somebody let the announcement out. An alert needs two rows, of two people (L48)."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="releases", verbose_name=_("komunikat"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kto"))
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("wypuszczenie")
        verbose_name_plural = _("wypuszczenia")
        constraints = [models.UniqueConstraint(fields=["announcement", "by"], name="announcements_release_by_two_people")]

    def __str__(self):
        return f"{self.announcement}: {self.by}"


class Attachment(models.Model):
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="attachments", verbose_name=_("komunikat"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="announcement_attachment", verbose_name=_("plik"))
    caption = models.CharField(_("opis"), max_length=200)  # what the picture shows, for who can not see it

    class Meta:
        verbose_name = _("załącznik")
        verbose_name_plural = _("załączniki")

    def __str__(self):
        return self.caption


@pghistory.track()
class Reply(models.Model):
    """What a resident wrote back, with a photo or without. Read by the moderator alone; never public."""

    TRANSITIONS = REPLY_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="replies", verbose_name=_("komunikat"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="announcement_replies", verbose_name=_("kto"))
    text = models.TextField(_("treść"), max_length=2000)
    photo = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="announcement_reply", verbose_name=_("zdjęcie")
    )
    status = models.CharField(_("stan"), max_length=8, choices=ReplyStatus, default=ReplyStatus.NEW)
    answer = models.TextField(_("odpowiedź"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(_("wysłana"))
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True, editable=False)

    class Meta:
        verbose_name = _("odpowiedź mieszkańca")
        verbose_name_plural = _("odpowiedzi mieszkańców")
        ordering = ["-sent_at"]
        constraints = [models.CheckConstraint(condition=Q(status__in=ReplyStatus.values), name="announcements_reply_status")]

    def __str__(self):
        return self.text[:60]
