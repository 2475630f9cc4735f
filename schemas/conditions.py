"""Conditions as a clerk sees them: rows picked from menus, never an expression. And the verb that stores them."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.transitions import Refused
from schemas.consistency import is_possible, values_of_scale
from schemas.definition import CHOOSING, NO_OPINION, OPERATORS_OF, Row, question_of
from schemas.models import Condition, ConditionGroup, Kind, Operator, Question

ROWS = 4
TYPED = (Kind.NUMBER, Kind.DATE)  # the only kinds whose value is written, not picked


@transaction.atomic
def set_condition(target, *, needs_all: bool, rows: list[tuple[Question, str, str]], by) -> None:
    """Show the page or question only when these rows hold; no rows: always. Refused in a version already published."""
    version = target.page.version if isinstance(target, Question) else target.version
    if not version.is_draft:
        raise Refused(_("Ta wersja jest ogłoszona i się nie zmienia."))
    link = {"question": target} if isinstance(target, Question) else {"page": target}
    ConditionGroup.objects.filter(**link).delete()
    if rows:
        group = ConditionGroup.objects.create(needs_all=needs_all, **link)
        for asked, operator, value in rows:
            Condition.objects.create(group=group, asked=asked, operator=operator, value=value)


def questions_before(target) -> list[Question]:
    """What a condition of this page or question may ask about: comparable questions that stand earlier."""
    is_question = isinstance(target, Question)
    page = target.page if is_question else target
    asked = Question.objects.filter(page__version=page.version_id, kind__in=OPERATORS_OF).select_related("page")
    place = (page.order, page.pk, target.order, target.pk) if is_question else (page.order, page.pk, -1, -1)
    before = [one for one in asked if (one.page.order, one.page_id, one.order, one.pk) < place]
    return sorted(before, key=lambda one: (one.page.order, one.page_id, one.order, one.pk))


class ConditionForm(forms.Form):
    """All or any, and up to four rows: what an earlier question has as its answer. A number or a date is typed beside."""

    needs_all = forms.TypedChoiceField(
        label=gettext_lazy("Pokazuj, gdy"),
        choices=[
            ("all", gettext_lazy("spełnione są wszystkie warunki")),
            ("any", gettext_lazy("spełniony jest choć jeden warunek")),
        ],
        coerce=lambda choice: choice == "all",
        widget=forms.RadioSelect,
        initial="all",
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {str(question.pk): question for question in questions_before(obj)}
        stored = list(_stored_rows(obj))
        choices = [("", _("zawsze")), *(menu_of(question) for question in self.asked.values())]
        for number in range(1, ROWS + 1):
            picked, value = stored[number - 1] if number <= len(stored) else ("", "")
            self.fields[f"row_{number}"] = forms.ChoiceField(
                label=_("Warunek %(number)d") % {"number": number}, choices=choices, required=False, initial=picked
            )
            self.fields[f"value_{number}"] = forms.CharField(
                label=_("Wartość do warunku %(number)d") % {"number": number}, required=False, max_length=100, initial=value,
                help_text=_("Tylko gdy warunek kończy się wielokropkiem: liczba albo data, na przykład 2026-03-01.") if number == 1 else "",
            )  # fmt: skip
        if not self.is_bound and (group := ConditionGroup.objects.filter(**_link(obj)).first()):
            self.initial["needs_all"] = "all" if group.needs_all else "any"

    def clean(self) -> dict[str, Any]:
        rows = []
        for number in range(1, ROWS + 1):
            if picked := self.cleaned_data.get(f"row_{number}"):
                rows.append(self._row(number, picked))
        return {"needs_all": self.cleaned_data.get("needs_all", True), "rows": rows}

    def _row(self, number: int, picked: str) -> tuple[Question, str, str]:
        key, operator, value = picked.split("|", 2)
        asked = self.asked[key]
        if value == "" and operator != Operator.ANSWERED:
            value = self.cleaned_data.get(f"value_{number}", "").strip()
            if not is_possible(question_of(asked), Row(asked.code, operator, value)):
                self.add_error(f"value_{number}", _("Wpisz liczbę albo datę w postaci 2026-03-01."))
        return asked, operator, value


def _link(obj) -> dict[str, Any]:
    return {"question": obj} if isinstance(obj, Question) else {"page": obj}


def _stored_rows(obj):
    for row in Condition.objects.filter(**{f"group__{name}": value for name, value in _link(obj).items()}).select_related(
        "asked"
    ):
        is_typed = row.asked.kind in TYPED and row.operator != Operator.ANSWERED
        yield f"{row.asked_id}|{row.operator}|{'' if is_typed else row.value}", row.value if is_typed else ""


def menu_of(question: Question) -> tuple[str, list[tuple[str, str]]]:
    """One group of the menu: everything that can be said about the answer to this question."""
    return f"{question.code}: {question.label}", [
        (f"{question.pk}|{operator}|{value}", f"{question.code} {Operator(operator).label} {words}".strip())
        for operator in OPERATORS_OF[question.kind]
        for value, words in _values(question, operator)
    ]


def _values(question: Question, operator: str) -> list[tuple[str, str]]:
    if operator == Operator.ANSWERED:
        return [("", "")]
    if question.kind in CHOOSING:
        return [(option.code, f"„{option.label}”") for option in question.options.all()]
    if question.kind == Kind.SCALE:
        values = values_of_scale(question_of(question), operator)
        return [(value, _("„nie mam zdania”") if value == NO_OPINION else value) for value in values]
    return [("yes", _("„tak”")), ("no", _("„nie”"))] if question.kind == Kind.YES_NO else [("", "…")]
