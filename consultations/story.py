"""Everything the public page tells of one consultation, read in one query, and what follows from it in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Now
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import rules
from consultations.models import (
    Activity,
    Addressee,
    Announcement,
    CalendarChange,
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    InstrumentVersion,
    Material,
    TextCorrection,
)
from consultations.statuses import ConsultationStatus, Phase
from consultations.voters import LEVEL_WORDS
from office.compiled import compiled
from office.models import ScanState
from ui.words import counted, days_left, long_date

PARTS: dict[str, tuple[type[Model], list[str]]] = {
    "activities_json": (Activity, ["starts_at", "id"]),
    "announcements_json": (Announcement, ["announced_on", "id"]),
    "changes_json": (CalendarChange, ["at"]),
    "channels_json": (CollectingChannel, ["id"]),
    "corrections_json": (TextCorrection, ["at"]),
}
Status = ConsultationStatus
STAGES = {
    Phase.BEFORE: (gettext_lazy("wkrótce"), "info"), Phase.OPEN: (gettext_lazy("trwają"), "good"),
    Phase.CLOSED: (gettext_lazy("w opracowaniu"), "neutral"), Status.SUSPENDED: (gettext_lazy("wstrzymane"), "warn"),
    Status.UNDER_ANALYSIS: (gettext_lazy("w opracowaniu"), "neutral"), Status.REPORT_PUBLISHED: (gettext_lazy("jest raport"), "info"),
    Status.ARCHIVED: (gettext_lazy("zakończone"), "neutral"), Status.CANCELLED: (gettext_lazy("odwołane"), "urgent"),
    Status.DRAFT: (gettext_lazy("projekt"), "warn"), Status.APPROVED: (gettext_lazy("zatwierdzone"), "info"),
}  # fmt: skip
VERBS = {
    InstrumentKind.SURVEY: gettext_lazy("Wypełnij ankietę"),
    InstrumentKind.REMARKS: gettext_lazy("Przeczytaj i zgłoś uwagi"),
    InstrumentKind.BUDGET: gettext_lazy("Zagłosuj na projekty"),
}
IN_TIME = {
    CollectingChannel.Rule.RECEIPT: gettext_lazy("liczy się, gdy wpłynie do urzędu najpóźniej %(day)s"),
    CollectingChannel.Rule.POSTMARK: gettext_lazy("liczy się data stempla pocztowego: najpóźniej %(day)s"),
    CollectingChannel.Rule.SERVER_TIME: gettext_lazy("liczy się, gdy dotrze do naszego serwera do końca dnia %(day)s"),
}


def with_parts(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """The short lists of a consultation come along in its own row; `now` is the clock of the database."""
    parts = {name: _as_json(model, order) for name, (model, order) in PARTS.items()}
    with_clock = consultations.with_phase().select_related("basis").annotate(now=Now())  # type: ignore[attr-defined]
    return with_clock.annotate(**parts, materials_json=_materials(), instruments_json=_instruments())


def _as_json(model, order):
    columns = JSONObject(**{field.attname: field.attname for field in model._meta.concrete_fields})
    return ArraySubquery(model.objects.filter(consultation=OuterRef("pk")).order_by(*order).values(row=columns))


def _materials():
    """Only what may be read: links, and files found clean."""
    clean = Material.objects.filter(Q(file=None) | Q(file__scan_state=ScanState.CLEAN), consultation=OuterRef("pk"))
    told = {name: name for name in ("id", "title", "url", "added_on", "file_id")}
    columns = JSONObject(**told, name=F("file__name"), size=F("file__size"))
    return ArraySubquery(clean.order_by("order", "id").values(row=columns))


def _instruments():
    """With the version of the questions whose paper twin is to be printed."""
    version = InstrumentVersion.objects.filter(instrument=OuterRef("pk")).order_by("-approved_at", "-id")
    told = {name: name for name in ("code", "kind", "title", "intro", "audience")}
    columns = JSONObject(**told, form=F("definition__code"), version=Subquery(version.values("version__number")[:1]))
    here = Instrument.objects.filter(consultation=OuterRef("pk"))
    return ArraySubquery(here.order_by("order", "id").values(row=columns))


@compiled
def _public(*, slug: str) -> QuerySet[Consultation]:
    return with_parts(Consultation.objects.public()).filter(slug=slug)


@compiled
def _any(*, pk: UUID) -> QuerySet[Consultation]:
    return with_parts(Consultation.objects.all()).filter(pk=pk)


def public_story(slug: str) -> "Story | None":
    """Of a consultation that residents may see; None for everything else."""
    found = next(_public(slug=slug), None)
    return Story(found) if found else None


def any_story(pk: UUID) -> "Story":
    """For the editor's preview."""
    return Story(next(_any(pk=pk)))


def link_to(name: str, *args) -> str:
    """The address, or nothing where that page is not part of this portal."""
    return _address(name, args, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=2000)  # a page links to a dozen, the same for everyone
def _address(name, args, urlconf, prefix):
    try:
        return reverse(f"consultations:{name}", args=args)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Step:
    """A stage of the process, for `step_list`."""

    title: str
    state: str
    text: str = ""
    at: datetime | None = None


class Story:
    """Built on a consultation read through `with_parts`."""

    def __init__(self, consultation):
        self.consultation = consultation

    def _rows(self, name):
        model, _order = PARTS[name]
        fields = model._meta.concrete_fields
        found = getattr(self.consultation, name)
        return [model(**{field.attname: field.to_python(row[field.attname]) for field in fields}) for row in found]

    @cached_property
    def today(self) -> date:
        return localdate(self.consultation.now)

    @cached_property
    def activities(self):
        return self._rows("activities_json")

    @cached_property
    def announcements(self):
        return self._rows("announcements_json")

    @cached_property
    def changes(self):
        return self._rows("changes_json")

    @cached_property
    def channels(self):
        return self._rows("channels_json")

    @cached_property
    def corrections(self):
        """Each with the name of its field in words."""
        rows = self._rows("corrections_json")
        for row in rows:
            row.field_words = Consultation._meta.get_field(row.field).verbose_name
        return rows

    @cached_property
    def materials(self):
        rows = self.consultation.materials_json
        return [{**row, "added_on": row["added_on"] and date.fromisoformat(row["added_on"])} for row in rows]

    @property
    def told(self) -> str:
        """All that the page is made of, as read just now: equal for two readings that make the same page."""
        one = self.consultation
        values = [(name, value) for name, value in vars(one).items() if name not in ("_state", "now")]
        return repr((self.today, values, [value for name, value in vars(one.basis).items() if name != "_state"]))

    # Where it stands

    @property
    def phase(self) -> str | None:
        return self.consultation.phase

    @property
    def is_open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def is_over(self) -> bool:
        """Voices are not collected any more: nothing on the page asks for one."""
        past = (Status.UNDER_ANALYSIS, Status.REPORT_PUBLISHED, Status.ARCHIVED, Status.CANCELLED)
        return self.phase == Phase.CLOSED or self.consultation.status in past

    @cached_property
    def has_begun(self) -> bool:
        """Voices were collected at some time; the boxes have something to show."""
        status = self.consultation.status
        return status not in (Status.ANNOUNCED, Status.CANCELLED) or self.phase in (Phase.OPEN, Phase.CLOSED)

    @property
    def has_report(self) -> bool:
        return self.consultation.status in (Status.REPORT_PUBLISHED, Status.ARCHIVED)

    @cached_property
    def stage(self) -> tuple[str, str]:
        return stage_of(self.consultation)

    @cached_property
    def last_day(self) -> date | None:
        return rules.last_day_of(self.consultation)

    @cached_property
    def time_left(self) -> str:
        return time_left(self.consultation, self.today)

    @property
    def whole_days(self) -> int:
        return rules.whole_days(self.consultation.opens_at, self.consultation.closes_at)

    @property
    def opens_at_midnight(self) -> bool:
        at = localtime(self.consultation.opens_at)
        return at.hour == at.minute == 0

    @property
    def seconds_unchanged(self) -> int:
        """For how long the page stays true: until the opening, the closing or midnight, a second less for good measure."""
        return seconds_until_change([self.consultation.opens_at, self.consultation.closes_at], self.consultation.now)

    @cached_property
    def stopped_because(self) -> str:
        """Why it is suspended or called off, as the page was told."""
        about = {Status.SUSPENDED: Announcement.About.SUSPENSION, Status.CANCELLED: Announcement.About.CANCELLATION}
        told = [row.note for row in self.announcements if row.about == about.get(self.consultation.status) and row.note]
        return told[-1] if told else ""

    @property
    def is_report_late(self) -> bool:
        return rules.is_report_late(self.consultation, self.today)

    # In words

    @property
    def who_in_words(self) -> str:
        return ", ".join(str(Addressee(one).label) for one in self.consultation.addressees)

    @property
    def level_in_words(self) -> str:
        return str(LEVEL_WORDS[self.consultation.integrity])

    @cached_property
    def instruments(self) -> list[dict]:
        """Cards: what to do, with its address while the consultation is open, and the paper twin."""
        return [self._card(row) for row in self.consultation.instruments_json]

    def _card(self, row):
        paper = reverse("schemas:paper_of", args=[row["form"], row["version"]]) if row["form"] and row["version"] else ""
        url = link_to("instrument", self.consultation.slug, row["code"]) if self.is_open else ""
        box = link_to("box", self.consultation.slug, row["code"]) if self.has_begun else ""
        return {**row, "verb": str(VERBS[row["kind"]]), "url": url, "paper_url": paper, "box_url": box}

    @cached_property
    def ways(self) -> list[dict[str, str]]:
        """Doors for voices, each with its own rule of being in time (C16), in words with the day."""
        return [
            {"kind": str(CollectingChannel.Kind(one.kind).label), "where": one.where, "in_time": self._in_time(one)}
            for one in self.channels
        ]

    def _in_time(self, channel) -> str:
        if self.last_day is None:
            return str(channel.get_rule_display())
        return str(IN_TIME[channel.rule]) % {"day": long_date(self.last_day)}

    @cached_property
    def steps(self) -> list[Step]:
        one = self.consultation
        before, collecting, analysis, reported = self._states()
        announced = [row.announced_on for row in self.announcements if row.about == Announcement.About.OPENING]
        told = long_date(min(announced)) if announced else ""
        days = {"first": long_date(one.opens_at), "last": long_date(self.last_day)} if one.opens_at and one.closes_at else None
        when = _("od %(first)s do %(last)s") % days if days else ""
        return [
            Step(_("Ogłoszenie"), before, told),
            Step(_("Zbieranie głosów"), collecting, when),
            Step(_("Opracowanie: czytamy każdy głos i odpowiadamy"), analysis),
            Step(_("Raport"), reported, self._promise()),
        ]

    def _states(self):
        status = self.consultation.status
        if self.has_report:
            return ["done"] * 4
        if status == Status.UNDER_ANALYSIS or self.phase == Phase.CLOSED:
            return ["done", "done", "current", "waiting"]
        if self.is_open or status == Status.SUSPENDED:
            return ["done", "current", "waiting", "waiting"]
        return ["current", "waiting", "waiting", "waiting"]

    def _promise(self):
        if self.has_report:
            told = [row.announced_on for row in self.announcements if row.about == Announcement.About.REPORT]
            return _("ogłoszony %(day)s") % {"day": long_date(max(told))} if told else _("ogłoszony")
        day = self.consultation.report_promised_on
        return _("obiecany do %(day)s") % {"day": long_date(day)} if day else _("termin podamy po zamknięciu")

    @cached_property
    def more_pages(self) -> list[tuple[str, str, str]]:
        """(address, title, text) of what else there is to read: report, answers to voices, results, voices."""
        slug, has_begun = self.consultation.slug, self.has_begun
        shows_results = self.has_report or self.consultation.interim_results_open
        pages = [
            (self.has_report, "report", _("Raport"), _("Liczby, głosy i stanowisko miasta.")),
            (self.has_report, "what_we_did", _("Co zrobiliśmy z Waszymi głosami"), _("Odpowiedź na każdy głos na piśmie.")),
            (shows_results, "results", _("Wyniki"), _("Liczby i wykresy do każdego pytania.")),
            (
                self.has_report,
                "open_data",
                _("Dane do pobrania"),
                _("Wszystkie odpowiedzi bez danych osób i program, który je sprawdza."),
            ),
            (has_begun, "voices", _("Głosy innych"), _("Co napisali mieszkańcy i organizacje.")),
        ]
        listed = [(link_to(name, slug), title, text) for is_there, name, title, text in pages if is_there]
        return [page for page in listed if page[0]]


def stage_of(consultation) -> tuple[str, str]:
    """(word, tone) of where it stands."""
    word, tone = STAGES[consultation.phase or consultation.status]
    return str(word), tone


def time_left(consultation, today: date) -> str:
    """'zostało 11 dni', 'dziś ostatni dzień', 'zaczną się za 3 dni', 'zakończone 6 grudnia 2026 r.'; nothing when time says nothing."""
    last = rules.last_day_of(consultation)
    if consultation.phase == Phase.OPEN and last:
        days = (last - today).days
        return _("dziś ostatni dzień") if days <= 0 else _("jutro ostatni dzień") if days == 1 else days_left(days)
    if consultation.phase == Phase.BEFORE:
        days = (localdate(consultation.opens_at) - today).days
        return _("zaczną się jutro") if days == 1 else _("zaczną się dziś") if days < 1 else _starts_in(days)
    if consultation.status in (Status.DRAFT, Status.APPROVED, Status.CANCELLED, Status.SUSPENDED) or last is None:
        return ""
    return _("głosy zbieraliśmy do %(day)s") % {"day": long_date(last)}


def _starts_in(days: int) -> str:
    return _("zaczną się za %(days)s") % {"days": counted(days, "dzień", "dni", "dni")}


def left_tone(consultation, today: date) -> str:
    last = rules.last_day_of(consultation)
    return "warn" if consultation.phase == Phase.OPEN and last and (last - today).days <= 3 else "neutral"


def seconds_until_change(moments, now: datetime) -> int:
    """Whole seconds for which a page read at `now` stays true; midnight changes the days left. Never negative."""
    here = localtime(now)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = [moment for moment in [*moments, midnight] if moment and moment > now]
    return max(0, int((min(ahead) - now).total_seconds()) - 1)
