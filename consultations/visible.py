"""What everybody may read of written voices and of the town's answers to them."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import get_language

from consultations.models import Consultation, Moderation, Ruling, Voice
from consultations.statuses import ConsultationStatus, ReportStatus, RulingStatus, VoiceStatus
from consultations.text_search import found, query_of
from office.compiled import compiled
from ui.visitors import LONGEST

REPORTED = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED)
KEPT_SECONDS = 30  # how old a count beside a list may be


@compiled
def _named(*, slug: str) -> QuerySet[Consultation]:
    known = Consultation.objects.public().with_phase().only("slug", "title", "status", "report_promised_on")
    return known.filter(slug=slug)


def public_consultation(slug: str) -> Consultation | None:
    """What pages about its voices name of a consultation; None for what residents may not see."""
    return next(_named(slug=slug), None)


def answers_are_public(consultation) -> bool:
    """Answers are published with the report, all at once and never before: a draft of one is nobody's promise."""
    return consultation.status in REPORTED


def voices_of(consultation) -> QuerySet[Voice]:
    """Published ones with their answers, in an order that tells nothing of when they came. One query for a page of them."""
    return (
        Voice.objects.published()
        .filter(consultation=consultation).exclude(instrument__moderation=Moderation.PRIVATE)
        .select_related("paragraph", "instrument", "ruling", "group__ruling")
        .defer("original", "original_search", "search", "folded", "ruling__search", "group__ruling__search")
        .order_by("sort_key")
    )  # fmt: skip


def with_outcome(voices: QuerySet[Voice], outcome: str) -> QuerySet[Voice]:
    approved = RulingStatus.APPROVED
    own = Q(ruling__outcome=outcome, ruling__status=approved)
    return voices.filter(own | Q(group__ruling__outcome=outcome, group__ruling__status=approved))


def outcome_counts(consultation) -> Counter:
    """How many voices considered got each outcome, published one by one or not; what the report freezes."""
    approved = RulingStatus.APPROVED
    outcome = Case(
        When(ruling__status=approved, then=F("ruling__outcome")),
        When(group__ruling__status=approved, then=F("group__ruling__outcome")),
    )
    counted = (
        Voice.objects.considered().filter(consultation=consultation).values_list(outcome).annotate(count=Count("pk")).order_by()
    )
    return Counter({value: count for value, count in counted if value})


def reported_outcomes(consultation) -> Counter:
    """The sums of the report in force: nothing that they count can change while it stands."""
    reports = consultation.reports.filter(status=ReportStatus.PUBLISHED)
    frozen = next(iter(reports.values_list("frozen__voices__outcomes", flat=True)), None)
    return Counter({row["outcome"]: row["count"] for row in frozen}) if frozen else outcome_counts(consultation)


def rulings_of(consultation) -> QuerySet[Ruling]:
    """Approved answers, those to the most voices first."""
    return (
        Ruling.objects.filter(consultation=consultation, status=RulingStatus.APPROVED)
        .select_related("group", "voice__paragraph", "voice__instrument")
        .defer("search", "voice__original", "voice__original_search", "voice__search", "voice__folded")
        .order_by("-answered", "pk")
    )  # fmt: skip


def first_of_each(rulings: QuerySet[Ruling], most: int) -> QuerySet[Ruling]:
    """The `most` answers of each outcome that answer the most voices, each found by the index whatever else there is."""
    first, *others = (rulings.filter(outcome=outcome).values("pk")[:most] for outcome in Ruling.Outcome.values)
    return rulings.filter(pk__in=first.union(*others, all=True))


def search_rulings(rulings: QuerySet[Ruling], asked: str) -> QuerySet[Ruling]:
    """Answers whose own words, or a published voice they answer, hold every word of the question."""
    query = query_of(asked)
    if query is None:
        return rulings.none()
    voices = Voice.objects.published().filter(search=query)
    return rulings.filter(Q(search=query) | Q(voice__in=voices.values("pk")) | Q(group__in=voices.values("group")))


def search_voices(voices: QuerySet[Voice], asked: str) -> QuerySet[Voice]:
    return found(voices, asked)


class KeptCount(Paginator):
    """Pages of a list whose length is counted once in half a minute for everybody: counting thousands for each visitor would
    cost more than the page."""

    def __init__(self, items, per_page, *, key: str):
        super().__init__(items, per_page)
        self.key = key

    @cached_property
    def count(self):
        return kept(f"count:{self.key}", self.object_list.count)


def kept(key, make):
    """The value made less than half a minute ago in this process, or a new one."""
    key = hashlib.sha256(key.encode()).hexdigest()
    value = caches["pages"].get(key)
    if value is None:
        value = make()
        caches["pages"].set(key, value, KEPT_SECONDS)
    return value


@dataclass(frozen=True)
class Drawn:
    """The body of a page, what voices stand in it, and until when it may be shown."""

    html: str
    voices: list[UUID]
    until: float  # time.time()

    @property
    def seconds_left(self) -> float:
        """For a page that is kept around it: two memories, one inside the other, must not add up."""
        return self.until - time.time()

    def is_true(self) -> bool:
        """False from the moment any voice in it is out of sight, long before its time is over."""
        return not self.voices or _published(self.voices) == len(self.voices)


def drawn(request, template: str, key: str, make: Callable[[], tuple[dict, Iterable[Voice]]]) -> Drawn:
    """A page's body that is the same for everybody, drawn at most once in half a minute for each address. `make`: its context and
    the voices whose words it shows; when one of them is hidden it is drawn anew at once. `key`: what else the body depends on.
    A body that is true for a shorter time says so in its context: "stays_true", in seconds.
    """
    address = request.get_full_path()
    key = hashlib.sha256(f"{template}:{get_language()}:{key}:{address}".encode()).hexdigest()
    found = caches["pages"].get(key) if len(address) <= LONGEST else None
    if found is not None and found.is_true():
        return found
    found = _draw(request, template, *make())
    if len(address) <= LONGEST and found.seconds_left > 0:
        caches["pages"].set(key, found, found.seconds_left)
    return found


def _draw(request, template, context, voices):
    until = time.time() + min(KEPT_SECONDS, context.get("stays_true", KEPT_SECONDS))
    shown = [voice.pk for voice in voices]
    return Drawn(render_to_string(template, context, request), shown, until)


def _published(voices):
    """How many of these everybody may read now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from consultations_voice where id = any(%s) and status = %s", [voices, VoiceStatus.PUBLISHED]
        )
        return cursor.fetchone()[0]
