"""What is wrong with a version before it may be published, in words for the clerk who builds it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from schemas.computed import is_registered
from schemas.definition import OPERATORS_OF, WITH_OPTIONS, Form, Page, Question, Row, Rule
from schemas.models import Kind, Operator, Version

CODE = re.compile(r"[a-z][a-z0-9-]*")  # no underscore: `code_day` names a part of `code` in a posted form
INTEGER = re.compile(r"-?[0-9]{1,9}")


def faults(form: Form, earlier: Iterable[Form] = ()) -> list[str]:
    """Every reason why this version can not be published, in the order of the form; [] when it can."""
    return [
        *_of_whole(form),
        *(fault for page in form.pages for fault in _of_page(form, page)),
        *_of_reused_codes(form, earlier),
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
    if question.kind == Kind.CHOICES and not question.options:
        yield _("Pytanie „%(code)s” nie ma odpowiedzi do wyboru.") % named
    if question.kind not in WITH_OPTIONS and question.options:
        yield _("Pytanie „%(code)s” ma odpowiedzi do wyboru, a jego rodzaj ich nie używa.") % named
    if question.kind == Kind.COMPUTED and not is_registered(question.computed_by):
        yield _("Pole „%(code)s” wylicza „%(name)s”, a program nie zna takiej nazwy.") % {**named, "name": question.computed_by}
    yield from _of_limits(question)


def _of_limits(question: Question) -> Iterator[str]:
    least, most = question.minimum, question.maximum
    if least is not None and most is not None and least > most:
        yield _("Pytanie „%(code)s”: „najmniej” jest większe niż „najwięcej”.") % {"code": question.code}
    if most is not None and most < 1 and question.kind != Kind.NUMBER:
        yield _("Pytanie „%(code)s”: „najwięcej” musi być większe od zera.") % {"code": question.code}


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
    if asked.kind in WITH_OPTIONS:
        return asked.option(row.value) is not None
    if asked.kind == Kind.YES_NO:
        return row.value in ("yes", "no")
    return bool(INTEGER.fullmatch(row.value)) if asked.kind == Kind.NUMBER else _is_day(row.value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_reused_codes(form: Form, earlier: Iterable[Form]) -> Iterator[str]:
    """A code keeps its meaning through all versions, or columns of exports would mix two things."""
    kinds = {code: question.kind for old in earlier for code, question in old.questions.items()}
    for code, question in form.questions.items():
        if kinds.get(code, question.kind) != question.kind:
            was = Kind(kinds[code]).label
            yield _("Kod „%(code)s” był już użyty dla innego rodzaju („%(kind)s”). Nadaj nowy kod.") % {"code": code, "kind": was}
