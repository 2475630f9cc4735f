"""Ballots as a profile shows them: whole, with stand-ins, or for everybody.

| | full | pseudonymised | public |
|---|---|---|---|
| id of the ballot, batch | as sealed | a number in the order of random ids | none |
| telephone, e-mail, PESEL, address, files | in full | left out | left out |
| long text | as written | as released by moderation; else unless it looks like personal data | as released by moderation |
| short text, text beside an option | as written | unless it looks like personal data | left out |
| number, date | as given | as given | left out |
| age in years | exact | in bands | in bands |
| age, sex, part of the town, channel | as given | as given | each combination in at least five rows |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from consultations.background import Background, background_of, band_of
from consultations.exports.privacy import HIDDEN, masked
from consultations.exports.scope import Scope
from consultations.models import Moderation, TextRemoval, Voice
from consultations.personal_data import traces
from schemas.columns import PERSONAL, TYPED
from schemas.definition import Form, Question, owner, text_key
from schemas.models import Kind

CHUNK = 2000
VOTER = "voter"  # of a budget ballot: what an imported file tells of who voted
NO_CHANNEL = ".r"  # a channel that would single somebody out
NOBODY: frozenset[str] = frozenset()


class Shown(NamedTuple):
    """One ballot. `answers`: as given; `published`: as the profile shows them; `gone`: keys of answers that were taken out."""

    ballot: UUID
    batch: int
    version: UUID | None
    channel: str
    answers: dict[str, Any]
    published: dict[str, Any]
    gone: frozenset[str]


@dataclass
class Profiled:
    """The ballots of a scope, one after another through a server-side cursor."""

    scope: Scope
    removed: dict[UUID, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.removed = _removals(self.scope)

    def __iter__(self) -> Iterator[Shown]:
        return self.in_order("id")

    def in_order(self, *order: str) -> Iterator[Shown]:
        rows = self.scope.ballots().order_by(*order).values_list("id", "batch", "version", "channel", "answers")
        known = iter(self._masks) if self._masks else None
        for pk, batch, version, channel, answers in rows.iterator(chunk_size=CHUNK):
            mask = next(known) if known else None
            yield self._shown(pk, self.scope.batch_numbers[batch], version, channel, answers, mask)

    def _shown(self, pk, batch, version, channel, answers, mask) -> Shown:
        removed = self.removed.get(pk, NOBODY)
        if self.scope.is_full:
            kept = {key: value for key, value in answers.items() if key not in removed} if removed else answers
            return Shown(pk, batch, version, channel, answers, kept, removed)
        published, gone = self._published(pk, version, answers, removed)
        if mask is not None:
            channel = self._hide(mask, channel, published, gone)
        return Shown(pk, batch, version, channel, answers, published, frozenset(gone))

    # What is left of the answers

    def _published(self, pk, version, answers, removed) -> tuple[dict[str, Any], set[str]]:
        if version is None:
            return self._of_budget(answers), set()
        questions, gone, published = self.scope.forms[version].questions, set(removed), {}
        for key, value in answers.items():
            question = questions.get(owner(key))
            if question is None or key in gone or not self.is_shown(question, is_text=key != question.code):
                continue
            value = self._value(pk, question, key, value)
            if value is None:
                gone.add(key)
            else:
                published[key] = value
        return published, gone

    def _of_budget(self, answers) -> dict[str, Any]:
        voter = {name: value for name, value in answers.get(VOTER, {}).items() if name in VOTER_FIELDS}
        if "age" in voter:
            voter["age"] = band_of(voter["age"])
        return {**{key: value for key, value in answers.items() if key != VOTER}, **({VOTER: voter} if voter else {})}

    def is_shown(self, question: Question, *, is_text: bool = False) -> bool:
        """Whether the profile has a column for it."""
        if self.scope.is_full:
            return True
        if question.kind in PERSONAL or (question.kind == Kind.DATE and question.code == self.background.age):
            return False
        if not self.scope.is_public:
            return True
        if question.kind == Kind.LONG_TEXT:
            return self.scope.instrument.moderation != Moderation.PRIVATE
        is_other_number = question.kind in (Kind.NUMBER, Kind.DATE) and question.code != self.background.age
        return not (is_text or is_other_number or question.kind == Kind.SHORT_TEXT)

    def _value(self, pk, question: Question, key: str, value: Any) -> Any:
        """The answer, its stand-in, or None where it is taken out."""
        if question.kind == Kind.NUMBER and question.code == self.background.age:
            return band_of(value) or None
        if key == question.code and question.kind not in TYPED:
            return value
        released = self._released.get((pk, key))
        if released is not None or self.scope.is_public:
            return released
        return None if traces(value) else value

    @cached_property
    def _released(self) -> dict[tuple[UUID, str], str]:
        """Texts that two people let out, by ballot and question."""
        voices = Voice.objects.published().filter(instrument=self.scope.instrument, ballot__isnull=False)
        return {(pk, code): text for pk, code, text in voices.values_list("ballot", "question", "public_text")}

    # What would single somebody out

    @cached_property
    def background(self) -> Background:
        return background_of(self.scope.forms.values())

    @cached_property
    def _masks(self) -> list[tuple]:
        """What is left of (channel, part of the town, sex, age), in the order of the ballots. Only the public profile hides."""
        if not self.scope.is_public:
            return []
        rows = self.scope.ballots().values_list("channel", "answers").iterator(chunk_size=CHUNK)
        return masked([self.known_of(channel, answers) for channel, answers in rows])

    def known_of(self, channel: str, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """What somebody may know of the voter. An answer not given is a value too."""
        if self.scope.is_budget:
            voter = self._of_budget(answers).get(VOTER, {})
            return (channel, *(str(voter.get(name, "")) for name in VOTER_FIELDS))
        return (channel, *(self._group(code, answers.get(code, "")) for code in self.background.codes))

    def _group(self, code: str, value: Any) -> str:
        is_in_years = code == self.background.age and isinstance(value, int)
        return band_of(value) if is_in_years else repr(value)

    def _hide(self, mask, channel: str, published: dict[str, Any], gone: set[str]) -> str:
        """Take out what the mask hides, and answers to questions that only some were asked because of it."""
        hidden_channel, *rest = mask
        if self.scope.is_budget:
            for name in (name for name, value in zip(VOTER_FIELDS, rest, strict=True) if value is HIDDEN):
                published.get(VOTER, {}).pop(name, None)
        else:
            for code in (code for code, value in zip(self.background.codes, rest, strict=True) if value is HIDDEN):
                for key in self._telling[code]:
                    published.pop(key, None)
                    gone.add(key)
        return NO_CHANNEL if hidden_channel is HIDDEN else channel

    @cached_property
    def _telling(self) -> dict[str, set[str]]:
        """By question about the person: its own code and those of questions shown or not by the answer to it."""
        return {code: _depending(code, self.scope.forms.values()) for code in self.background.codes}


VOTER_FIELDS = ("neighborhood", "sex", "age")  # of an imported budget; what is hidden first stands first


def _depending(code: str, forms) -> set[str]:
    """The code and, step by step, every question whose being asked tells of the answer."""
    found = {code}
    while True:
        more = {name for form in forms for name in _shown_by(form, found)} - found
        if not more:
            return found | {
                text_key(q.code, o.code)
                for form in forms
                for q in form.questions.values()
                if q.code in found
                for o in q.with_text
            }
        found |= more


def _shown_by(form: Form, codes: set[str]) -> Iterator[str]:
    for page in form.pages:
        is_page_telling = page.shown_when is not None and any(row.asked in codes for row in page.shown_when.rows)
        for question in page.questions:
            rule = question.shown_when
            if is_page_telling or (rule is not None and any(row.asked in codes for row in rule.rows)):
                yield question.code


def _removals(scope: Scope) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    removals = TextRemoval.objects.filter(ballot__instrument=scope.instrument)
    for pk, key in removals.values_list("ballot", "question"):
        found.setdefault(pk, set()).add(key)
    return {pk: frozenset(keys) for pk, keys in found.items()}
