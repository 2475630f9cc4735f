"""What changed between two versions, and what that does to people who answer (4.5).

COSMETIC: the same questions in other words or order; every answer stays as it is. ADDITIVE: more may be said than before;
every answer given before is still good. BREAKING: an answer given before may be missing, no longer possible, or mean something else.
Whether new words keep the old meaning no program can tell: the difference is shown to the person who approves it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.checking import check_all
from schemas.computed import Context
from schemas.definition import NOT_ASKED, TODAY, Answers, Form, MatrixRow, Option, Page, Question
from schemas.kinds import EMAIL, LONG_TEXT, MOST_FILES, SHORT_TEXT
from schemas.models import Kind


class Edit(TextChoices):
    COSMETIC = "cosmetic", gettext_lazy("poprawka brzmienia")
    ADDITIVE = "additive", gettext_lazy("dodane pytania albo odpowiedzi")
    BREAKING = "breaking", gettext_lazy("zmienione pytania")


WEIGHT = {Edit.COSMETIC: 0, Edit.ADDITIVE: 1, Edit.BREAKING: 2}


@dataclass(frozen=True)
class Change:
    """One difference in words for the clerk. `code`: of the question, "" for the form or a page; `part`: of its option or row.

    `is_meaning`: an answer that is still possible may no longer mean what its author meant.
    """

    edit: Edit
    text: str
    code: str = ""
    part: str = ""
    is_meaning: bool = False

    def as_json(self) -> dict[str, str]:
        return {"edit": self.edit.value, "text": str(self.text), "code": self.code, "part": self.part}


def difference(old: Form, new: Form) -> list[Change]:
    """Every change, in the order of the new version, what is gone last; [] for two versions that say the same."""
    return [*_of_form(old, new), *_of_pages(old, new), *_of_questions(old, new)]


def edit_class(old: Form, new: Form) -> Edit:
    """The gravest change; COSMETIC when there is none."""
    return heaviest(difference(old, new))


def heaviest(changes: Iterable[Change]) -> Edit:
    return max((change.edit for change in changes), key=WEIGHT.__getitem__, default=Edit.COSMETIC)


def carried_over(old: Form, new: Form, answers: Answers, *, day: date | None = None) -> tuple[dict[str, Any], list[str]]:
    """(answers that stand in the new version, codes of questions to confirm or answer, in the order of the form).

    Nothing is asked that did not change: with [] a stale form is accepted as it is, under the new version. Answers of what
    is to be confirmed are among those that stand; show `answers` themselves in the form, so that nothing typed is lost.
    """
    checked = check_all(new, answers, context=Context(day or localdate()))
    wanted = set(checked.errors) | {code for code in _doubtful(difference(old, new), answers) if code in checked.answers}
    return checked.answers, [code for code, question in new.questions.items() if code in wanted and question.is_asked]


def _doubtful(changes: Iterable[Change], answers: Answers) -> Iterator[str]:
    for change in changes:
        if change.is_meaning and (not change.part or _names(answers.get(change.code), change.part)):
            yield change.code


def _names(answer: Any, part: str) -> bool:
    if isinstance(answer, Mapping):
        return part in answer or part in answer.values()
    return part in answer if isinstance(answer, list) else part == answer


# The form and its pages --------------------------------------------------------------------------------------------


def _of_form(old: Form, new: Form) -> Iterator[Change]:
    named = {"title": _("nazwa"), "intro": _("wstęp"), "instruction": _("pouczenie"), "source": _("podstawa")}
    for name, word in named.items():
        if getattr(old, name) != getattr(new, name):
            yield Change(Edit.COSMETIC, _("Zmieniono: %(what)s.") % {"what": word})


def _of_pages(old: Form, new: Form) -> Iterator[Change]:
    before = {page.code: page for page in old.pages}
    common = [page.code for page in new.pages if page.code in before]
    for page in new.pages:
        named = {"page": page.title}
        if (was := before.get(page.code)) is None:
            yield Change(Edit.ADDITIVE, _("Nowy ekran „%(page)s”.") % named)
        elif (was.title, was.intro) != (page.title, page.intro):
            yield Change(Edit.COSMETIC, _("Inne słowa na ekranie „%(page)s”.") % named)
    if common != [page.code for page in old.pages if page.code in common]:
        yield Change(Edit.COSMETIC, _("Inna kolejność ekranów."))
    for code in before.keys() - {page.code for page in new.pages}:
        yield Change(Edit.COSMETIC, _("Nie ma już ekranu „%(page)s”.") % {"page": before[code].title})


# Questions ---------------------------------------------------------------------------------------------------------


def _of_questions(old: Form, new: Form) -> Iterator[Change]:
    swapped = _swapped(old.questions.values(), new.questions.values())
    for code, question in new.questions.items():
        was = old.questions.get(code)
        if was is None:
            yield _added(question)
        elif was.kind != question.kind:
            yield Change(Edit.BREAKING, _("„%(label)s” to teraz inny rodzaj pytania.") % _label(question), code, is_meaning=True)
        else:
            yield from _of_question(was, question, is_swapped=code in swapped)
            yield from _of_showing(old, new, was, question)
    if _order(old, new.questions) != _order(new, old.questions):
        yield Change(Edit.COSMETIC, _("Inna kolejność pytań."))
    for code, was in old.questions.items():
        if code not in new.questions:
            edit = Edit.COSMETIC if was.kind == Kind.NOTE else Edit.BREAKING
            yield Change(edit, _("Nie ma już „%(label)s”.") % _label(was), code)


def _label(question: Question) -> dict[str, str]:
    return {"label": question.label}


def _order(form: Form, common: Mapping[str, Any]) -> list[str]:
    return [code for code in form.questions if code in common]


def _swapped(old: Iterable[Any], new: Iterable[Any]) -> set[str]:
    """Codes that now carry the words of another code: the meaning has moved, whatever the intention."""
    words = {one.label: one.code for one in old if one.label}
    known = set(words.values())
    return {one.code for one in new if one.code in known and words.get(one.label, one.code) != one.code}


def _added(question: Question) -> Change:
    if question.kind == Kind.NOTE:
        return Change(Edit.COSMETIC, _("Nowe objaśnienie „%(label)s”.") % _label(question), question.code)
    if question.is_asked and question.is_required:
        return Change(
            Edit.BREAKING, _("Nowe pytanie, na które trzeba odpowiedzieć: „%(label)s”.") % _label(question), question.code
        )
    return Change(Edit.ADDITIVE, _("Nowe pytanie „%(label)s”.") % _label(question), question.code)


def _of_question(was: Question, now: Question, *, is_swapped: bool) -> Iterator[Change]:
    yield from _of_words(was, now, is_swapped=is_swapped)
    if was.is_required != now.is_required and now.is_asked:
        text = _("Na „%(label)s” trzeba teraz odpowiedzieć.") if now.is_required else _("„%(label)s” można teraz pominąć.")
        yield Change(Edit.BREAKING if now.is_required else Edit.ADDITIVE, text % _label(now), now.code)
    yield from _of_limits(was, now)
    yield from _of_scale(was, now)
    yield from _of_parts(was, now)
    if was.computed_by != now.computed_by:
        yield Change(Edit.BREAKING, _("„%(label)s” wylicza się inaczej.") % _label(now), now.code, is_meaning=True)


def _of_words(was: Question, now: Question, *, is_swapped: bool) -> Iterator[Change]:
    if (was.label, was.hint, was.autocomplete) == (now.label, now.hint, now.autocomplete):
        return
    words = {"was": was.label, "now": now.label}
    if is_swapped:
        yield Change(Edit.BREAKING, _("„%(now)s” ma teraz kod innego pytania.") % words, now.code, is_meaning=True)
    elif now.kind == Kind.STATEMENT:
        text = _("Inna treść oświadczenia „%(now)s”: trzeba je złożyć jeszcze raz.") % words
        yield Change(Edit.BREAKING, text, now.code, is_meaning=True)
    elif was.label != now.label:
        yield Change(Edit.COSMETIC, _("Inne słowa: „%(was)s” to teraz „%(now)s”.") % words, now.code)
    else:
        yield Change(Edit.COSMETIC, _("Inna podpowiedź przy „%(now)s”.") % words, now.code)


def _of_scale(was: Question, now: Question) -> Iterator[Change]:
    if now.kind != Kind.SCALE:
        return
    if was.scale != now.scale:
        yield Change(Edit.BREAKING, _("„%(label)s”: inna skala.") % _label(now), now.code, is_meaning=True)
    ends, were = (now.minimum_label, now.maximum_label), (was.minimum_label, was.maximum_label)
    if ends == were[::-1] and ends != were:
        yield Change(Edit.BREAKING, _("„%(label)s”: końce skali zamienione miejscami.") % _label(now), now.code, is_meaning=True)
    elif ends != were:
        yield Change(Edit.COSMETIC, _("„%(label)s”: inne słowa przy końcach skali.") % _label(now), now.code)
    if was.has_no_opinion != now.has_no_opinion:
        text = (
            _("„%(label)s”: można nie mieć zdania.") if now.has_no_opinion else _("„%(label)s”: nie można już nie mieć zdania.")
        )
        yield Change(Edit.ADDITIVE if now.has_no_opinion else Edit.BREAKING, text % _label(now), now.code)


# Limits ------------------------------------------------------------------------------------------------------------

_LONGEST: dict[str, int] = {Kind.SHORT_TEXT: SHORT_TEXT, Kind.LONG_TEXT: LONG_TEXT, Kind.EMAIL: EMAIL, Kind.FILE: MOST_FILES}
_FAR = 10**12
_ANY_DAY = ("0000-00-00", "9999-99-99")


def _of_limits(was: Question, now: Question) -> Iterator[Change]:
    if now.kind == Kind.SCALE:
        return
    before, after = (_days(was), _days(now)) if now.kind == Kind.DATE else (_numbers(was), _numbers(now))
    if before == after:
        return
    if _is_within(before, after):
        yield Change(Edit.ADDITIVE, _("„%(label)s”: szersze granice odpowiedzi.") % _label(now), now.code)
    else:
        yield Change(Edit.BREAKING, _("„%(label)s”: węższe albo inne granice odpowiedzi.") % _label(now), now.code)


def _numbers(question: Question) -> tuple[Any, Any]:
    """What really holds, so that a limit written out that held anyway is no change."""
    if question.kind == Kind.RANKING:
        least = question.least_placed if question.least_placed < len(question.options) else _FAR
        return least, _FAR if question.maximum is None else question.places
    least = question.minimum if question.minimum is not None else (-_FAR if question.kind == Kind.NUMBER else 0)
    return least, _LONGEST.get(question.kind, _FAR) if question.maximum is None else question.maximum


def _days(question: Question) -> tuple[Any, Any]:
    return question.earliest or _ANY_DAY[0], question.latest or _ANY_DAY[1]


def _is_within(before: tuple[Any, Any], after: tuple[Any, Any]) -> bool:
    """Is everything that was allowed still allowed? The day of answering can not be compared with a day of the calendar."""
    is_lower = after[0] in (before[0], _ANY_DAY[0]) or (TODAY not in (after[0], before[0]) and after[0] <= before[0])
    is_higher = after[1] in (before[1], _ANY_DAY[1]) or (TODAY not in (after[1], before[1]) and after[1] >= before[1])
    return is_lower and is_higher


# Options and rows --------------------------------------------------------------------------------------------------


def _of_parts(was: Question, now: Question) -> Iterator[Change]:
    is_whole = now.kind == Kind.RANKING and was.least_placed == len(was.options)
    yield from _of_list(now, was.options, now.options, needs_answer=is_whole)
    yield from _of_list(now, was.rows, now.rows, needs_answer=now.is_required)
    flags = {option.code: option for option in was.options}
    for option in now.options:
        if (before := flags.get(option.code)) is not None:
            yield from _of_flags(now, before, option)


def _of_list(
    question: Question, was: tuple[Option, ...] | tuple[MatrixRow, ...], now: tuple[Option, ...] | tuple[MatrixRow, ...], *, needs_answer: bool
) -> Iterator[Change]:  # fmt: skip
    before, swapped = {part.code: part for part in was}, _swapped(was, now)
    for part in now:
        named = {"question": question.label, "part": part.label}
        if part.code not in before:
            text = _("„%(question)s”: dodano „%(part)s”.") % named
            yield Change(Edit.BREAKING if needs_answer else Edit.ADDITIVE, text, question.code, part.code)
        elif part.code in swapped:
            text = _("„%(question)s”: „%(part)s” ma teraz kod innej odpowiedzi.") % named
            yield Change(Edit.BREAKING, text, question.code, part.code, is_meaning=True)
        elif (before[part.code].label, _hint(before[part.code])) != (part.label, _hint(part)):
            text = _("„%(question)s”: inne słowa, „%(was)s” to teraz „%(part)s”.") % {**named, "was": before[part.code].label}
            yield Change(Edit.COSMETIC, text, question.code, part.code)
    codes, here = [part.code for part in was], {part.code for part in now}
    if [code for code in codes if code in here] != [part.code for part in now if part.code in before]:
        yield Change(Edit.COSMETIC, _("„%(label)s”: inna kolejność odpowiedzi.") % _label(question), question.code)
    for code in codes:
        if code not in here:
            named = {"question": question.label, "part": before[code].label}
            yield Change(Edit.BREAKING, _("„%(question)s”: nie ma już „%(part)s”.") % named, question.code, code)


def _hint(part: Option | MatrixRow) -> str:
    return part.hint if isinstance(part, Option) else ""


def _of_flags(question: Question, was: Option, now: Option) -> Iterator[Change]:
    named = {"question": question.label, "part": now.label}
    if was.takes_text != now.takes_text:
        text = (
            _("„%(question)s”: przy „%(part)s” można pisać.")
            if now.takes_text
            else _("„%(question)s”: przy „%(part)s” nie można już pisać.")
        )
        yield Change(
            Edit.ADDITIVE if now.takes_text else Edit.BREAKING,
            text % named,
            question.code,
            now.code,
            is_meaning=not now.takes_text,
        )
    if was.is_exclusive != now.is_exclusive:
        text = (
            _("„%(question)s”: „%(part)s” wyklucza inne.")
            if now.is_exclusive
            else _("„%(question)s”: „%(part)s” już nie wyklucza innych.")
        )
        yield Change(Edit.BREAKING if now.is_exclusive else Edit.ADDITIVE, text % named, question.code, now.code)


# Who is asked ------------------------------------------------------------------------------------------------------


def _of_showing(old: Form, new: Form, was: Question, now: Question) -> Iterator[Change]:
    before, after = _rules(old, was), _rules(new, now)
    if before == after:
        return
    opened = not any(after) and not (now.is_required and now.is_asked)
    if opened or now.kind in NOT_ASKED:
        yield Change(Edit.ADDITIVE, _("„%(label)s” widzą teraz inne osoby.") % _label(now), now.code)
    else:
        yield Change(Edit.BREAKING, _("„%(label)s” pokazuje się w innych warunkach.") % _label(now), now.code)


def _rules(form: Form, question: Question) -> tuple[Any, Any]:
    page: Page | None = form.page_of(question.code)
    return page.shown_when if page else None, question.shown_when
