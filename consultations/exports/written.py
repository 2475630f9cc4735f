"""Written voices as a table: what was said to which paragraph, what the town answered. Names of authors are in no file."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.exports.heads import TEXT, Head
from consultations.exports.scope import Scope
from consultations.models import Moderation, Voice
from consultations.personal_data import traces
from consultations.statuses import RulingStatus, VoiceStatus
from schemas.columns import Missing, marked

CHUNK = 2000
COLUMNS = (
    "sort_key", "paragraph__number", "channel", "is_late", "status", "public_text", "original", "group__title",
    "ruling__status", "ruling__outcome", "ruling__reasons", "group__ruling__status", "group__ruling__outcome", "group__ruling__reasons",
)  # fmt: skip


class WrittenTable:
    """In the order of the public page, which tells nothing of when a voice came."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        told = [
            ("voice", _("znak głosu"), False), ("paragraph", _("do"), True), ("channel", _("droga"), False), ("late", _("po terminie"), False),
            ("text", _("treść"), True), ("group", _("grupa"), True), ("outcome", _("stanowisko"), False), ("reasons", _("uzasadnienie"), True),
        ]  # fmt: skip
        return tuple(Head(code, label, TEXT, is_free=is_free) for code, label, is_free in told)

    @property
    def count(self) -> int:
        return self._voices().count()

    def _voices(self) -> QuerySet[Voice]:
        voices = Voice.objects.filter(instrument=self.scope.instrument)
        if not self.scope.is_public:
            return voices
        if self.scope.instrument.moderation == Moderation.PRIVATE:
            return voices.none()
        return voices.filter(status=VoiceStatus.PUBLISHED)

    def rows(self) -> Iterator[list[Any]]:
        voices = self._voices().order_by("sort_key", "id").values_list(*COLUMNS)
        for key, paragraph, channel, is_late, status, public, original, group, *rulings in voices.iterator(chunk_size=CHUNK):
            text = self._text(status, public, original)
            yield [
                f"{key.hex[:4]}-{key.hex[4:8]}".upper(),
                paragraph or "",
                channel,
                int(is_late),
                text,
                group or "",
                *_ruling(rulings),
            ]

    def _text(self, status: str, public: str, original: str) -> Any:
        if self.scope.is_full:
            return marked(original)
        if status == VoiceStatus.PUBLISHED:
            return marked(public)
        return Missing.REMOVED if status == VoiceStatus.HIDDEN or traces(original) else marked(original)


def _ruling(rulings: list[Any]) -> tuple[str, str]:
    """The approved answer, its own or of its group; a draft is nobody's promise."""
    for status, outcome, reasons in (rulings[:3], rulings[3:]):
        if status == RulingStatus.APPROVED:
            return outcome, reasons
    return "", ""
