"""What is wrong with a version before it may be published, in words for the clerk who builds it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from schemas.computed import is_registered
from schemas.definition import (
    CHOOSING,
    LONGEST_SCALE,
    NO_OPINION,
    OPERATORS_OF,
    TODAY,
    WITH_OPTIONS,
    Form,
    Page,
    Question,
    Row,
    Rule,
)
from schemas.models import Kind, Operator, Version

CODE = re.compile(r"[a-z][a-z0-9-]*")  # no underscore: `code_day` names a part of `code` in a posted form
INTEGER = re.compile(r"-?[0-9]{1,9}")
LIMITED = (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.CHOICES, Kind.SCALE, Kind.RANKING, Kind.FILE)


def faults(form: Form, earlier: Iterable[Form] = ()) -> list[str]:
    """Every reason why this version can not be published, in the order of the form; [] when it can.

    `earlier`: all versions published before, the withdrawn ones too.
    """
    before = sorted(earlier, key=lambda old: old.version)
    return [
        *_of_whole(form),
        *(fault for page in form.pages for fault in _of_page(form, page)),
        *_of_reused_codes(form, before),
        *_of_returned_codes(form, before),
    ]


def foreign_conditions(version: Version) -> list[str]:
    """Conditions that ask about a question of another version; menus do not offer them, imports could."""
    rows = version.condition_rows().exclude(asked__page__version=version)
    return [_("Warunek pyta o „%(code)s” z innej wersji wzoru.") % {"code": row.asked.code} for row in rows]


def _of_whole(form: Form) -> Iterator[str]:
    if not any(question.is_asked for question in form.questions.values()):
        yield _("Wzór nie ma żadnego pytania.")
    counted = Counter(question.code for page in form.pages for question in page.questions)
    for code, count in counted.items():
        if count > 1:
            yield _("Kod „%(code)s” ma więcej niż jedno pytanie.") % {"code": code}


def _of_page(form: Form, page: Page) -> Iterator[str]:
    if not page.questions:
        yield _("Ekran „%(page)s” jest pusty.") % {"page": page.title}
    yield from _of_rule(form, page.shown_when, _("ekran „%(page)s”") % {"page": page.title}, before=_questions_before(form, page))
    for question in page.questions:
        yield from _of_question(question)
        before = _questions_before(form, page, question)
        yield from _of_rule(form, question.shown_when, _("pytanie „%(code)s”") % {"code": question.code}, before=before)


def _questions_before(form: Form, page: Page, question: Question | None = None) -> set[str]:
    pages = form.pages[: form.pages.index(page)]
    here = page.questions[: page.questions.index(question)] if question else ()
    return {asked.code for walked in pages for asked in walked.questions} | {asked.code for asked in here}


def _of_question(question: Question) -> Iterator[str]:
    named = {"code": question.code}
    if not CODE.fullmatch(question.code):
        yield _("Kod „%(code)s” powinien składać się z małych liter, cyfr i łączników.") % named
    if question.kind == Kind.CHOICE and len(question.options) < 2:
        yield _("Pytanie „%(code)s” potrzebuje co najmniej dwóch odpowiedzi do wyboru.") % named
    if question.kind in (Kind.CHOICES, Kind.MATRIX) and not question.options:
        yield _("Pytanie „%(code)s” nie ma odpowiedzi do wyboru.") % named
    if question.kind == Kind.RANKING and len(question.options) < 2:
        yield _("Pytanie „%(code)s” potrzebuje co najmniej dwóch odpowiedzi do ustawienia w kolejności.") % named
    if question.kind not in WITH_OPTIONS and question.options:
        yield _("Pytanie „%(code)s” ma odpowiedzi do wyboru, a jego rodzaj ich nie używa.") % named
    if question.kind == Kind.COMPUTED and not is_registered(question.computed_by):
        yield _("Pole „%(code)s” wylicza „%(name)s”, a program nie zna takiej nazwy.") % {**named, "name": question.computed_by}
    yield from _of_parts(question)
    yield from _of_limits(question)
    yield from _of_days(question)


def _of_parts(question: Question) -> Iterator[str]:
    named = {"code": question.code}
    for part in question.parts:
        if not CODE.fullmatch(part.code):
            yield _("Pytanie „%(code)s”: kod „%(part)s” powinien składać się z małych liter, cyfr i łączników.") % {
                **named,
                "part": part.code,
            }
    if question.kind == Kind.MATRIX and not question.rows:
        yield _("Pytanie „%(code)s” nie ma wierszy tabeli.") % named
    if question.kind != Kind.MATRIX and question.rows:
        yield _("Pytanie „%(code)s” ma wiersze tabeli, a jego rodzaj ich nie używa.") % named
    if question.kind not in CHOOSING and any(option.takes_text for option in question.options):
        yield _("Pytanie „%(code)s”: miejsce na tekst mogą mieć tylko odpowiedzi do zaznaczenia.") % named
    if question.kind != Kind.CHOICES and any(option.is_exclusive for option in question.options):
        yield _("Pytanie „%(code)s”: odpowiedź może wykluczać inne tylko tam, gdzie zaznacza się kilka.") % named


def _of_limits(question: Question) -> Iterator[str]:
    least, most, named = question.minimum, question.maximum, {"code": question.code}
    if least is not None and most is not None and least > most:
        yield _("Pytanie „%(code)s”: „najmniej” jest większe niż „najwięcej”.") % named
    if most is not None and most < 1 and question.kind not in (Kind.NUMBER, Kind.SCALE):
        yield _("Pytanie „%(code)s”: „najwięcej” musi być większe od zera.") % named
    if question.kind in (Kind.CHOICES, Kind.RANKING) and max(least or 0, most or 0) > len(question.options):
        yield _("Pytanie „%(code)s”: „najmniej” i „najwięcej” nie mogą być większe niż liczba odpowiedzi.") % named
    if question.kind == Kind.SCALE and (least is None or most is None or not 2 <= most - least + 1 <= LONGEST_SCALE):
        yield _("Pytanie „%(code)s”: skala ma od 2 do 11 liczb. Wpisz, od której i do której.") % named
    if question.kind not in LIMITED and (least is not None or most is not None):
        yield _("Pytanie „%(code)s”: „najmniej” i „najwięcej” nie mają tu znaczenia. Usuń je.") % named
    is_scale = question.kind == Kind.SCALE
    if not is_scale and (question.has_no_opinion or question.minimum_label or question.maximum_label):
        yield _("Pytanie „%(code)s”: opis końców i „nie mam zdania” należą do skali.") % named


def _of_days(question: Question) -> Iterator[str]:
    limits, named = [limit for limit in (question.earliest, question.latest) if limit], {"code": question.code}
    if limits and question.kind != Kind.DATE:
        yield _("Pytanie „%(code)s”: „najwcześniej” i „najpóźniej” należą do daty.") % named
    if not all(limit == TODAY or is_day(limit) for limit in limits):
        yield _("Pytanie „%(code)s”: wpisz dzień w postaci 2026-05-10 albo „dziś”.") % named
    elif TODAY not in limits and limits != sorted(limits):
        yield _("Pytanie „%(code)s”: „najwcześniej” jest po „najpóźniej”.") % named


def _of_rule(form: Form, rule: Rule | None, where: str, *, before: set[str]) -> Iterator[str]:
    for row in rule.rows if rule else ():
        asked = form.questions.get(row.asked)
        named = {"where": where, "asked": row.asked}
        if asked is None or row.asked not in before:
            yield _("Warunek na %(where)s pyta o „%(asked)s”, a to pytanie nie stoi wcześniej.") % named
        elif row.operator not in OPERATORS_OF.get(asked.kind, ()):
            yield _("Warunek na %(where)s: o „%(asked)s” nie można zapytać w ten sposób.") % named
        elif not is_possible(asked, row):
            yield _("Warunek na %(where)s: „%(asked)s” nigdy nie ma wartości „%(value)s”.") % {**named, "value": row.value}


def is_possible(asked: Question, row: Row) -> bool:
    """May the answer ever have the value that the row names? For an operator that fits the kind."""
    if row.operator == Operator.ANSWERED:
        return row.value == ""
    if asked.kind in CHOOSING:
        return asked.option(row.value) is not None
    if asked.kind == Kind.SCALE:
        return row.value in values_of_scale(asked, row.operator)
    if asked.kind == Kind.YES_NO:
        return row.value in ("yes", "no")
    return bool(INTEGER.fullmatch(row.value)) if asked.kind == Kind.NUMBER else is_day(row.value)


def values_of_scale(asked: Question, operator: str) -> list[str]:
    """What a condition may compare an answer on a scale with; „nie mam zdania” is neither high nor low."""
    may_be_none = asked.has_no_opinion and operator in (Operator.IS, Operator.IS_NOT)
    return [*map(str, asked.scale), *([NO_OPINION] if may_be_none else [])]


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_reused_codes(form: Form, earlier: list[Form]) -> Iterator[str]:
    """A code keeps its meaning through all versions, or columns of exports would mix two things."""
    scales = {code: question for old in earlier for code, question in old.questions.items() if question.kind == Kind.SCALE}
    for code, question in form.questions.items():
        if code in scales and question.kind == Kind.SCALE and scales[code].scale != question.scale:
            yield _("Skala pytania „%(code)s” miała inne końce. Nadaj pytaniu nowy kod.") % {"code": code}
    kinds = {code: question.kind for old in earlier for code, question in old.questions.items()}
    for code, question in form.questions.items():
        if kinds.get(code, question.kind) != question.kind:
            was = Kind(kinds[code]).label
            yield _("Kod „%(code)s” był już użyty dla innego rodzaju („%(kind)s”). Nadaj nowy kod.") % {"code": code, "kind": was}


def _of_returned_codes(form: Form, earlier: list[Form]) -> Iterator[str]:
    """What was retired stays retired: who reads a column meets one question, not two with a gap between them."""
    gone = set().union(*map(_codes, earlier)) - _codes(earlier[-1]) if earlier else set()
    for question, part in sorted(gone & _codes(form)):
        if not part:
            yield _("Kod „%(code)s” miało pytanie usunięte we wcześniejszej wersji. Nadaj nowy kod.") % {"code": question}
        elif (question, "") not in gone:
            named = {"code": question, "part": part}
            yield _("Pytanie „%(code)s”: kod „%(part)s” był już użyty i usunięty. Nadaj nowy kod.") % named


def _codes(form: Form) -> set[tuple[str, str]]:
    """(question, "") of every question, (question, code) of each of its options and rows."""
    questions = form.questions.values()
    parts = {(question.code, part.code) for question in questions for part in question.parts}
    return {(question.code, "") for question in questions} | parts
