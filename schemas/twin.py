"""A version as JSON: what a file in sample_data or another system reads and writes. `build` is the way back."""

from typing import Any

from schemas.definition import Form, MatrixRow, Option, Page, Question, Row, Rule, compile_version
from schemas.models import Condition, ConditionGroup, Definition, Version
from schemas.models import MatrixRow as MatrixRowRow
from schemas.models import Option as OptionRow
from schemas.models import Page as PageRow
from schemas.models import Question as QuestionRow

LIMITS = ("minimum", "maximum", "minimum_label", "maximum_label", "earliest", "latest", "computed_by", "autocomplete")
FLAGS = ("takes_text", "is_exclusive")  # of an option; said only where they hold


def describe(version: Version) -> dict[str, Any]:
    """The whole version. Empty fields are left out, so two equal versions give equal descriptions."""
    return describe_form(compile_version(version))


def describe_form(form: Form) -> dict[str, Any]:
    return _filled(
        code=form.code, title=form.title, number=form.version, intro=form.intro, instruction=form.instruction,
        source=form.source, pages=[_page(page) for page in form.pages],
    )  # fmt: skip


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _page(page: Page) -> dict[str, Any]:
    questions = [_question(question) for question in page.questions]
    return _filled(code=page.code, title=page.title, intro=page.intro, shown_when=_rule(page.shown_when), questions=questions)


def _question(question: Question) -> dict[str, Any]:
    optional = {} if question.is_required else {"is_required": False}
    return {
        **_filled(code=question.code, kind=str(question.kind), label=question.label, hint=question.hint),
        **optional,
        **_filled(**{name: getattr(question, name) for name in LIMITS}),
        **({"has_no_opinion": True} if question.has_no_opinion else {}),
        **_filled(rows=[_matrix_row(row) for row in question.rows], options=[_option(option) for option in question.options]),
        **_filled(shown_when=_rule(question.shown_when)),
    }


def _option(option: Option) -> dict[str, Any]:
    flags = {flag: True for flag in FLAGS if getattr(option, flag)}
    return {**_filled(code=option.code, label=option.label, hint=option.hint), **flags}


def _matrix_row(row: MatrixRow) -> dict[str, str]:
    return _filled(code=row.code, label=row.label)


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {"needs": "all" if rule.needs_all else "any", "rows": [_row(row) for row in rule.rows]}


def _row(row: Row) -> dict[str, str]:
    return _filled(asked=row.asked, operator=str(row.operator), value=row.value)


# Back into rows ----------------------------------------------------------------------------------------------------


def build(definition: Definition, number: int, data: dict[str, Any]) -> Version:
    """A draft with everything the description says. Call inside a transaction.

    KeyError or TypeError for a description that lacks a code or a kind, or asks about a question it does not have.
    """
    version = Version.objects.create(
        definition=definition, number=number, title=data["title"], intro=data.get("intro", ""),
        instruction=data.get("instruction", ""), source=data.get("source", ""),
    )  # fmt: skip
    pages = PageRow.objects.bulk_create(
        PageRow(version=version, order=order, code=page["code"], title=page["title"], intro=page.get("intro", ""))
        for order, page in enumerate(data["pages"], start=1)
    )
    asked = [(row, place, one) for row, page in zip(pages, data["pages"], strict=True)
             for place, one in enumerate(page.get("questions", []), start=1)]  # fmt: skip
    questions = QuestionRow.objects.bulk_create(_question_row(*one) for one in asked)
    described = [(row, one) for row, (_page, _place, one) in zip(questions, asked, strict=True)]
    _build_parts(described)
    _build_rules([*zip(pages, data["pages"], strict=True), *described], {row.code: row for row in questions})
    return version


def _question_row(page, order, data) -> QuestionRow:
    return QuestionRow(
        page=page, order=order, code=data["code"], kind=data["kind"], label=data.get("label", ""), hint=data.get("hint", ""),
        is_required=data.get("is_required", True), minimum=data.get("minimum"), maximum=data.get("maximum"),
        minimum_label=data.get("minimum_label", ""), maximum_label=data.get("maximum_label", ""),
        has_no_opinion=data.get("has_no_opinion", False), earliest=data.get("earliest", ""), latest=data.get("latest", ""),
        computed_by=data.get("computed_by", ""), autocomplete=data.get("autocomplete", ""),
    )  # fmt: skip


def _build_parts(described) -> None:
    """Options and rows of every question."""
    OptionRow.objects.bulk_create(
        _option_row(row, place, option)
        for row, data in described
        for place, option in enumerate(data.get("options", []), start=1)
    )
    MatrixRowRow.objects.bulk_create(
        MatrixRowRow(question=row, order=place, code=one["code"], label=one["label"])
        for row, data in described
        for place, one in enumerate(data.get("rows", []), start=1)
    )


def _option_row(question, order, data) -> OptionRow:
    flags = {flag: data.get(flag, False) for flag in FLAGS}
    return OptionRow(question=question, order=order, code=data["code"], label=data["label"], hint=data.get("hint", ""), **flags)


def _build_rules(described, questions: dict[str, QuestionRow]) -> None:
    """Conditions of pages and questions. A question asked about twice under one code is the last of them."""
    ruled = [(row, data["shown_when"]) for row, data in described if data.get("shown_when")]
    groups = ConditionGroup.objects.bulk_create(
        ConditionGroup(needs_all=rule.get("needs", "all") == "all", **{"page" if isinstance(row, PageRow) else "question": row})
        for row, rule in ruled
    )
    Condition.objects.bulk_create(
        Condition(group=group, asked=questions[one["asked"]], operator=one["operator"], value=one.get("value", ""))
        for group, (_row, rule) in zip(groups, ruled, strict=True)
        for one in rule["rows"]
    )
