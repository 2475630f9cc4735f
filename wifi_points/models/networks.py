"""Who paid, who builds, and the networks: the fields of the Commission's own portal with its formats (part 3.3)."""

import uuid
from urllib.parse import urlsplit

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wifi_points.statuses import NETWORK_TRANSITIONS, NetworkStatus

LATIN_NAME = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9 .,()/-]*\Z", _("Nazwa sieci: litery bez polskich znaków, cyfry, spacje i . , ( ) / -")
)
PORTAL_URL = RegexValidator(
    r"\Ahttps?://[0-9a-z][0-9a-z.-]*(:[0-9]{1,5})?(/[0-9a-z./-]*)?\Z",
    _("Adres zaczyna się od https:// i ma tylko małe litery, cyfry oraz znaki - . : /"),
)


class Programme(models.Model):
    """Money and the duty that came with it. The end of the duty is computed (`rules.duty_end`), never typed."""

    name = models.CharField(_("nazwa"), max_length=120, unique=True)
    fund = models.CharField(_("źródło pieniędzy"), max_length=120)
    voucher_euro = models.PositiveIntegerField(_("bon w euro"), null=True, blank=True)
    grant_number = models.CharField(_("numer umowy"), max_length=60, blank=True)
    grant_signed_on = models.DateField(_("umowa z dnia"), null=True, blank=True)
    duty_from = models.DateField(
        _("utrzymanie liczone od"), null=True, blank=True,
        help_text=_("Dzień, od którego program liczy obowiązek, na przykład uruchomienie sieci. Puste: obowiązek jeszcze nie biegnie."),
    )  # fmt: skip
    reminded_of = models.DateField(_("przypomniano o końcu"), null=True, blank=True, editable=False)  # the end that was meant
    source = models.CharField(_("skąd to wiadomo"), max_length=300)
    needs_confirmation = models.BooleanField(_("do potwierdzenia"), default=True)
    is_sample = models.BooleanField(_("przykładowy"), default=False)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programy")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Installer(models.Model):
    """A firm's person, known by a confirmed e-mail address: whoever holds an account with it sees the networks given to them."""

    email = models.EmailField(_("adres e-mail"), unique=True)  # in lower case
    company = models.CharField(_("firma"), max_length=120)
    invited_by = models.UUIDField(_("kto zaprosił"))  # User.subject
    invited_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("instalator")
        verbose_name_plural = _("instalatorzy")
        ordering = ["company"]

    def __str__(self):
        return f"{self.company}, {self.email}"


class NetworkQuerySet(models.QuerySet):
    def of(self, user):
        """The networks given to this installer; nobody else's. The address must be confirmed."""
        return self.filter(installer__email__in=user.emailaddress_set.filter(verified=True).values("email"))

    def public(self):
        return self.filter(status=NetworkStatus.LIVE)


@pghistory.track()
class Network(models.Model):
    """`version` grows with every change of the network or its points; who approves or confirms says which version they saw."""

    TRANSITIONS = NETWORK_TRANSITIONS

    class Probing(models.TextChoices):
        HTTP = "http", _("strona powitalna (HTTP albo HTTPS)")
        TCP = "tcp", _("samo połączenie TCP")
        NONE = "none", _("bez sprawdzania")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="networks", verbose_name=_("program"))
    number = models.PositiveSmallIntegerField(_("numer sieci"), unique=True)
    name = models.CharField(_("nazwa sieci"), max_length=100, validators=[LATIN_NAME])
    ssid = models.CharField(_("nazwa w telefonie (SSID)"), max_length=32, default="WiFi4EU")
    portal_url = models.CharField(_("adres strony powitalnej"), max_length=200, unique=True, validators=[PORTAL_URL])
    network_identifier = models.UUIDField(
        _("identyfikator z portalu UE"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("Nadaje go portal Komisji, osobno każdej sieci."),
    )
    status = models.CharField(_("stan"), max_length=10, choices=NetworkStatus, default=NetworkStatus.PLANNED)
    version = models.PositiveIntegerField(_("wersja"), default=1, editable=False)
    is_self_testing = models.BooleanField(_("autotest włączony"), default=True, editable=False)
    installer = models.ForeignKey(
        Installer, models.PROTECT, null=True, blank=True, related_name="networks", verbose_name=_("instalator")
    )
    probing = models.CharField(_("sprawdzanie"), max_length=4, choices=Probing, default=Probing.HTTP)
    confirmed_by = models.UUIDField(_("kto potwierdził"), null=True, blank=True, editable=False)  # User.subject
    confirmed_at = models.DateTimeField(_("potwierdzona"), null=True, blank=True, editable=False)
    live_since = models.DateTimeField(_("działa od"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("zlikwidowana dnia"), null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", editable=False, verbose_name=_("zastąpiona przez")
    )
    is_sample = models.BooleanField(_("przykładowa"), default=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("sieć")
        verbose_name_plural = _("sieci")
        ordering = ["number"]
        permissions = [
            ("approve_network", _("zatwierdza sieci WiFi")),
            ("keep_network", _("opiekuje się sieciami WiFi: awarie, pomiary, dowody")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=NetworkStatus.values), name="wifi_points_network_status"),
            models.CheckConstraint(
                condition=~Q(status="live")
                | Q(live_since__isnull=False, network_identifier__isnull=False, is_self_testing=False),
                name="wifi_points_live_is_complete",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    @property
    def domain(self) -> str:
        return urlsplit(self.portal_url).hostname or ""
