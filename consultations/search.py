"""Finding a consultation by where it stands and by its words, with or without Polish letters."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import CharField, Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Consultation
from consultations.statuses import ConsultationStatus, Phase
from office.compiled import compiled
from office.polish import fold
from ui.agenda import SearchEntry

Status = ConsultationStatus
STAGES = {
    "trwaja": (gettext_lazy("Trwają"), Q(phase=Phase.OPEN)),
    "wkrotce": (gettext_lazy("Wkrótce"), Q(phase=Phase.BEFORE)),
    "w-opracowaniu": (
        gettext_lazy("W opracowaniu"),
        Q(phase=Phase.CLOSED) | Q(status__in=[Status.UNDER_ANALYSIS, Status.SUSPENDED]),
    ),
    "zakonczone": (
        gettext_lazy("Zakończone"),
        Q(status__in=[Status.REPORT_PUBLISHED, Status.ARCHIVED, Status.CANCELLED]),
    ),
}
TOLD = ("slug", "title", "summary", "status", "opens_at", "closes_at", "is_sample", "basis__title")
MOST_WORDS = 10
MOST_ENTRIES = 300  # the newest; the portal's search holds them in memory
NEXT_CHANGE = """
    SELECT min(at), statement_timestamp() FROM (
        SELECT opens_at AS at FROM consultations_consultation WHERE status = 'announced' AND opens_at > statement_timestamp()
        UNION ALL
        SELECT closes_at FROM consultations_consultation WHERE status = 'announced' AND closes_at > statement_timestamp()
    ) AS moments"""


class Folded(Func):
    """A text as `office.polish.fold` leaves it, as far as Polish letters go."""

    function = "translate"
    output_field = CharField()

    def __init__(self, text):
        super().__init__(Lower(text), Value("ąćęłńóśźż"), Value("acelnoszz"))


def stages_in_words() -> list[tuple[str, str]]:
    return [("", _("Wszystkie")), *((code, str(words)) for code, (words, _condition) in STAGES.items())]


def listed(question: str = "", stage: str = "") -> QuerySet[Consultation]:
    """Public consultations in the order in which people need them. Every word of the question must be met."""
    found = Consultation.objects.public().with_phase().in_public_order().select_related("basis").only(*TOLD)
    if stage:
        found = found.filter(STAGES[stage][1])
    words = fold(question).split()[:MOST_WORDS]
    if words:
        text = Concat("title", Value(" "), "summary", Value(" "), "subject", output_field=TextField())
        found = found.annotate(folded=Folded(text))
    for word in words:
        found = found.filter(folded__contains=word)
    return found


class Unsearched:
    """The list when nobody searches it, for a Paginator: every page is turned into SQL once a process."""

    def __init__(self, stage: str = ""):
        self.stage = stage

    def count(self) -> int:
        return next(_count(self.stage)())

    def __getitem__(self, part: slice) -> list[Consultation]:
        return list(_part(self.stage, part.start, part.stop)()) if part.stop > part.start else []


@lru_cache(maxsize=len(STAGES) + 1)
def _count(stage: str) -> Callable[[], Iterator[int]]:
    one_group = listed(stage=stage).order_by().values(all=Value(1))
    return compiled(lambda: one_group.annotate(count=Count("*")).values_list("count", flat=True))


@lru_cache(maxsize=200)
def _part(stage: str, start: int, stop: int) -> Callable[[], Iterator[Consultation]]:
    return compiled(lambda: listed(stage=stage)[start:stop])


def next_change() -> tuple[datetime | None, datetime]:
    """When the list will next say something else because a consultation opens or closes, and the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_CHANGE)
        return cursor.fetchone()


def search_entries(moment) -> list[SearchEntry]:
    """What the portal's search may find here."""
    newest = Consultation.objects.public().order_by(F("announced_at").desc(nulls_last=True))[:MOST_ENTRIES]
    return [
        SearchEntry(
            title=title, text=summary, url=reverse("consultations:consultation", args=[slug]),
            keywords=_("konsultacje ankieta głosowanie uwagi opinia"),
        )
        for title, summary, slug in newest.values_list("title", "summary", "slug")
    ]  # fmt: skip
