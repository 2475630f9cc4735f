"""What everybody may read of written voices and of the town's answers to them."""

import hashlib
from collections import Counter
from collections.abc import Callable

from django.core.cache import caches
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import get_language

from consultations.models import Moderation, Ruling, Voice
from consultations.statuses import ConsultationStatus, RulingStatus
from consultations.text_search import found, query_of

REPORTED = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED)
KEPT_SECONDS = 30  # how old a count beside a list may be


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
    """How many voices in time got each outcome, published one by one or not; the public sums of the report."""
    approved = RulingStatus.APPROVED
    outcome = Case(
        When(ruling__status=approved, then=F("ruling__outcome")),
        When(group__ruling__status=approved, then=F("group__ruling__outcome")),
    )
    counted = (
        Voice.objects.filter(consultation=consultation, is_late=False).values_list(outcome).annotate(count=Count("pk")).order_by()
    )
    return Counter({value: count for value, count in counted if value})


def rulings_of(consultation) -> QuerySet[Ruling]:
    """Approved answers with the number of voices each of them answers."""
    return (
        Ruling.objects.filter(consultation=consultation, status=RulingStatus.APPROVED)
        .select_related("group", "voice__paragraph", "voice__instrument")
        .defer("search", "voice__original", "voice__original_search", "voice__search", "voice__folded")
        .annotate(answered=Coalesce(Count("group__voices", filter=Q(group__voices__is_late=False)), 0))
        .order_by("-answered", "pk")
    )  # fmt: skip


def first_of_each(rulings: QuerySet[Ruling], most: int) -> QuerySet[Ruling]:
    """The `most` answers of each outcome that answer the most voices."""
    place = Window(RowNumber(), partition_by=F("outcome"), order_by=[F("answered").desc(), F("pk").asc()])
    return rulings.annotate(place=place).filter(place__lte=most)


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


def drawn(template: str, key: str, context: Callable[[], dict]) -> str:
    """A list that is the same for everybody, drawn at most once in half a minute; "" when there is nothing in it."""
    return kept(f"{template}:{get_language()}:{key}", lambda: _drawn(template, context()))


def _drawn(template, context):
    is_empty = not any(context.get(name) for name in ("rows", "entries", "sections"))
    return "" if is_empty else render_to_string(template, context)
