"""What is allowed and probably a mistake: said to the editor before publishing, refused by nobody."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from schemas.definition import Form, Question
from schemas.models import Kind

_PESEL = re.compile(r"\bpesel|numer\w* ewidencyjn|national[ -]?id", re.IGNORECASE)
_DIGITS = 11
_TYPED = (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER)


class Doubt(NamedTuple):
    code: str  # of the question
    text: str


def warnings(form: Form) -> list[Doubt]:
    """For the whole version, in its order. A survey must not ask for PESEL (C5); an e-BOI form may, where an act says so."""
    return [found for question in form.questions.values() for found in _of(question)]


def _of(question: Question) -> Iterator[Doubt]:
    if question.kind == Kind.PESEL or _asks_pesel(question):
        named = {"label": question.label}
        yield Doubt(
            question.code,
            _(
                "„%(label)s” wygląda na pytanie o PESEL. W konsultacjach nie wolno go wymagać. Usuń je, jeśli nie każe go żaden przepis."
            )
            % named,
        )


def _asks_pesel(question: Question) -> bool:
    """By its words, its code, or the shape of eleven digits. A note may speak of PESEL as it likes."""
    if not question.is_asked:
        return False
    words = [question.code.replace("-", " "), question.label, question.hint, *(option.label for option in question.with_text)]
    is_eleven = question.kind in _TYPED and question.minimum == question.maximum == _DIGITS
    return is_eleven or any(_PESEL.search(text) for text in words)
