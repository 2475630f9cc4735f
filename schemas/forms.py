"""A page of a form as a Django form, drawn by the house's one renderer. All checking is in `schemas.checking`, once.

In a view:

    form = page_form(compiled(version_id), page, answers=draft.answers, data=request.POST or None, files=request.FILES or None)
    if form.is_valid():
        answers = merged(form.definition, page, draft.answers, form.cleaned_data)

In the template `{{ form }}` draws the questions with notes and computed fields between them; `{% error_summary form %}` works.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from schemas import widgets
from schemas.checking import check_all, check_page, kept_secret, shown_on
from schemas.choosing import limits_in_words
from schemas.computed import CannotCompute, Context, Stop, compute, is_registered
from schemas.definition import NO_OPINION, Answers, Form, Page, Question, owner, text_key
from schemas.kinds import SHORT_TEXT, most_files
from schemas.models import Kind
from schemas.readable import masked
from ui.words import MONTHS

ASKED = "_asked"  # names the conditional questions that the browser has really shown
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class AnswerField(forms.Field):
    """A field that only carries: `required` marks it for the reader, the page's own check decides."""

    def _clean_bound_field(self, bound):
        return bound.data


class PageForm(forms.Form):
    """The questions of one page that are asked given the answers so far. `cleaned_data` holds good answers by question code.

    `revealed` names questions that an answer on this very page has just brought up and that the browser could not show
    (no script): the page is then invalid and asked again, with everything typed in place.
    """

    template_name = "schemas/page_form.html"

    def __init__(self, definition: Form, page: Page, *, answers: Answers, day: date, context: Context | None = None, **kwargs):
        super().__init__(**kwargs)
        self.definition, self.page, self.answers, self.day = definition, page, answers, day
        self.context = context
        given = self.data if self.is_bound else answers
        self.shown = shown_on(definition, page, given, self.files, answers=answers, day=day)
        self.waiting = list(_waiting(definition, page, answers, self.shown))
        self.revealed: list[Question] = []
        for question in page.questions:
            if question.is_asked and (question in self.shown or question in self.waiting):
                self.fields[question.code] = field_for(question, answers, day)
                self.initial.setdefault(question.code, _initial(question, answers))

    @property
    def has_files(self) -> bool:
        return any(question.kind == Kind.FILE for question in self.page.questions)

    def uploads(self, code: str) -> list:
        """The files sent now under this question, for the caller to store; empty where the question is not asked."""
        asked = any(question.code == code and question.kind == Kind.FILE for question in self.shown)
        return self.files.getlist(code) if asked and hasattr(self.files, "getlist") else []

    def clean(self):
        cleaned, errors = check_page(self.definition, self.page, self.data, self.files, answers=self.answers, day=self.day)
        self.revealed = [question for question in self.shown if self._is_news(question)]
        for code, message in errors.items():
            self.add_error(code, self._news(code) or message)
        for question in self.revealed:
            if question.code not in errors:
                self.add_error(question.code, self._news(question.code))
        for reason in self.stops:
            self.add_error(None, reason)
        return {key: value for key, value in cleaned.items() if owner(key) not in self.errors}

    @cached_property
    def stops(self) -> list[str]:
        """Why there is no use in going on, said by the computed fields of this page: then no page offers „Dalej”."""
        return list(self._stops())

    def _stops(self) -> Iterator[str]:
        for question in self.shown:
            if question.kind == Kind.COMPUTED and self.context and is_registered(question.computed_by):
                good = check_all(self.definition, self.answers, context=self.context).answers
                try:
                    compute(question.computed_by, good, self.context)
                except Stop as why:
                    yield str(why)
                except CannotCompute:
                    continue

    def _is_news(self, question: Question) -> bool:
        """A conditional question of this page for which the browser had no place yet."""
        if not question.is_asked or not _rows_here(self.page, question) or not hasattr(self.data, "getlist"):
            return False
        return question.code not in self.data.getlist(ASKED)

    def _news(self, code: str) -> str:
        is_news = any(question.code == code for question in self.revealed)
        return _("To pytanie doszło po Twojej odpowiedzi powyżej. Uzupełnij je, proszę.") if is_news else ""

    def items(self) -> Iterator[dict]:
        """What the template draws, in order: a field, a note or a computed text, shown or waiting for its condition."""
        for question in self.page.questions:
            is_waiting = question in self.waiting
            if is_waiting or question in self.shown:
                yield {
                    "question": question,
                    "field": self[question.code] if question.is_asked else None,
                    "text": self._computed(question) if question.kind == Kind.COMPUTED and not is_waiting else "",
                    "is_waiting": is_waiting,
                    "is_conditional": _rows_here(self.page, question),
                    "shown_when": _rule_here(self.definition, self.page, question, self.answers),
                }

    def get_context(self):
        return {**super().get_context(), "items": list(self.items()), "asked": ASKED}

    def _computed(self, question: Question) -> str:
        """What can be counted from the good answers so far, or what is missing for it; "" when the caller gave no context."""
        if self.context is None:
            return ""
        if not is_registered(question.computed_by):  # a draft in preview: publishing refuses unknown names
            return _("Program nie zna wyliczenia „%(name)s”.") % {"name": question.computed_by}
        good = check_all(self.definition, self.answers, context=self.context).answers
        try:
            done = compute(question.computed_by, good, self.context)
        except CannotCompute as why:
            return str(why)
        return f"{done.text} ({done.basis})" if done.basis else done.text


def page_form(
    definition: Form,
    page: Page,
    *,
    answers: Answers,
    data=None,
    files=None,
    day: date | None = None,
    context: Context | None = None,
) -> PageForm:
    """The Django form of one page. `context` lets computed fields on the page be shown before everything is filled."""
    return PageForm(definition, page, answers=answers, day=day or localdate(), context=context, data=data, files=files)


def field_for(question: Question, answers: Answers, day: date) -> forms.Field:
    return AnswerField(
        label=question.label,
        help_text=_hint(question, answers, day),
        required=question.is_required,
        widget=_widget(question),
    )


def _hint(question: Question, answers: Answers, day: date) -> str:
    """The form's own hint, with how many answers to give; for a kept PESEL how it ends, for an empty date an example."""
    if secret := kept_secret(question, answers):
        kept = _("Zapisany numer: %(number)s. Zostaw puste pole, żeby go nie zmieniać.") % {"number": masked(secret)}
        return f"{question.hint} {kept}".strip()
    if question.kind == Kind.DATE and not question.hint:
        return _("Na przykład %(day)d %(month)s %(year)d, czyli %(day)d %(number)d %(year)d.") % {
            "day": day.day, "month": MONTHS[day.month - 1], "number": day.month, "year": day.year,
        }  # fmt: skip
    return f"{question.hint} {limits_in_words(question)}".strip()


def _initial(question: Question, answers: Answers):
    if kept_secret(question, answers):
        return ""
    answer = answers.get(question.code)
    if question.with_text:
        texts = {option.code: answers.get(text_key(question.code, option.code)) for option in question.with_text}
        return widgets.Chosen(answer, {code: text for code, text in texts.items() if isinstance(text, str)})
    return answer


def _widget(question: Question) -> forms.Widget:
    make = _WIDGETS.get(question.kind)
    return make(question) if make else _line(question)


def _line(question: Question, **attrs) -> forms.Widget:
    token = {"autocomplete": question.autocomplete} if question.autocomplete else {}
    return forms.TextInput({**token, **attrs})


def _text_box(question: Question) -> forms.Widget:
    return _line(question, maxlength=question.maximum or SHORT_TEXT)


def _long_text(question: Question) -> forms.Widget:
    return forms.Textarea({"rows": 5, **({"autocomplete": question.autocomplete} if question.autocomplete else {})})


def _several(question: Question) -> forms.Widget:
    alone = [option.code for option in question.options if option.is_exclusive]
    return widgets.Ticks(choices=_options(question), hints=_hints(question), texts=_texts(question), alone=alone)


def _one(question: Question) -> forms.Widget:
    return widgets.Radios(choices=_options(question), hints=_hints(question), texts=_texts(question))


def _scale(question: Question) -> forms.Widget:
    numbers = [(str(number), str(number)) for number in question.scale]
    ends = (question.minimum_label, question.maximum_label)
    return widgets.Scale(choices=[*numbers, *([(NO_OPINION, _("Nie mam zdania"))] if question.has_no_opinion else [])], ends=ends)


def _matrix(question: Question) -> forms.Widget:
    return widgets.Matrix({row.code: row.label for row in question.rows}, _options(question))


def _ranking(question: Question) -> forms.Widget:
    return widgets.Places(dict(_options(question)), question.places, _hints(question))


def _texts(question: Question) -> list[str]:
    return [option.code for option in question.with_text]


def _options(question: Question) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in question.options]


def _hints(question: Question) -> dict[str, str]:
    return {option.code: option.hint for option in question.options}


_WIDGETS: dict[str, Callable[[Question], forms.Widget]] = {
    Kind.SHORT_TEXT: _text_box,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: lambda question: _line(question, inputmode="numeric", autocomplete=question.autocomplete or "off"),
    Kind.DATE: lambda question: widgets.DateBoxes(question.autocomplete),
    Kind.CHOICE: _one,
    Kind.CHOICES: _several,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranking,
    Kind.YES_NO: lambda question: widgets.Radios(choices=[("yes", _("Tak")), ("no", _("Nie"))]),
    Kind.STATEMENT: lambda question: forms.CheckboxInput(),
    Kind.PESEL: lambda question: _line(question, **DIGITS),
    Kind.NIP: lambda question: _line(question, **DIGITS),
    Kind.PHONE: lambda question: _line(question, type="tel", autocomplete=question.autocomplete or "tel"),
    Kind.EMAIL: lambda question: _line(question, type="email", autocomplete=question.autocomplete or "email", spellcheck="false"),
    Kind.ADDRESS: lambda question: widgets.AddressBoxes(),
    Kind.POINT: lambda question: widgets.PointBoxes(),
    Kind.FILE: lambda question: widgets.Files(several=most_files(question) > 1),
}


# Questions that depend on others of the same page ------------------------------------------------------------------


def _live(definition: Form, answers: Answers) -> Iterator[tuple[str, object]]:
    for _page, shown in definition.walk(answers):
        yield from ((question.code, answers[question.code]) for question in shown if question.code in answers)


def _rows_here(page: Page, question: Question) -> bool:
    here = {other.code for other in page.questions}
    return question.shown_when is not None and any(row.asked in here for row in question.shown_when.rows)


def _waiting(definition: Form, page: Page, answers: Answers, shown: Iterable[Question]) -> Iterator[Question]:
    """Questions not asked yet that another answer on this page may still bring up."""
    for question in page.questions:
        if question not in shown and _rows_here(page, question) and _rule_here(definition, page, question, answers):
            yield question


def _rule_here(definition: Form, page: Page, question: Question, answers: Answers) -> str:
    """The part of the condition that the browser can decide, as JSON for static/js/schemas; '' when it decides nothing.

    Rows about earlier pages are settled here: with "all" a false one closes the question, with "any" a true one opens it.
    """
    rule = question.shown_when
    if rule is None or not _rows_here(page, question):
        return ""
    here = {other.code: other.kind for other in page.questions}
    before = {code: value for code, value in _live(definition, answers) if code not in here}
    settled = [row.holds(before) for row in rule.rows if row.asked not in here]
    if (rule.needs_all and not all(settled)) or (not rule.needs_all and any(settled)):
        return ""
    rows = [[row.asked, here[row.asked], row.operator, row.value] for row in rule.rows if row.asked in here]
    return json.dumps({"all": rule.needs_all, "rows": rows})
