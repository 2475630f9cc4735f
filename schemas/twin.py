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
    questions: dict[str, QuestionRow] = {}
    pages = [_build_page(version, order, page, questions) for order, page in enumerate(data["pages"], start=1)]
    for row, page in zip(pages, data["pages"], strict=True):
        _build_rule({"page": row}, page.get("shown_when"), questions)
        for question in page.get("questions", []):
            _build_rule({"question": questions[question["code"]]}, question.get("shown_when"), questions)
    return version


def _build_page(version, order, page, questions) -> PageRow:
    row = PageRow.objects.create(
        version=version, order=order, code=page["code"], title=page["title"], intro=page.get("intro", "")
    )
    for place, question in enumerate(page.get("questions", []), start=1):
        questions[question["code"]] = _build_question(row, place, question)
    return row


def _build_question(page, order, data) -> QuestionRow:
    question = QuestionRow.objects.create(
        page=page, order=order, code=data["code"], kind=data["kind"], label=data.get("label", ""), hint=data.get("hint", ""),
        is_required=data.get("is_required", True), minimum=data.get("minimum"), maximum=data.get("maximum"),
        minimum_label=data.get("minimum_label", ""), maximum_label=data.get("maximum_label", ""),
        has_no_opinion=data.get("has_no_opinion", False), earliest=data.get("earliest", ""), latest=data.get("latest", ""),
        computed_by=data.get("computed_by", ""), autocomplete=data.get("autocomplete", ""),
    )  # fmt: skip
    options, rows = enumerate(data.get("options", []), start=1), enumerate(data.get("rows", []), start=1)
    OptionRow.objects.bulk_create(_build_option(question, place, option) for place, option in options)
    MatrixRowRow.objects.bulk_create(
        MatrixRowRow(question=question, order=place, code=row["code"], label=row["label"]) for place, row in rows
    )
    return question


def _build_option(question, order, data) -> OptionRow:
    flags = {flag: data.get(flag, False) for flag in FLAGS}
    return OptionRow(question=question, order=order, code=data["code"], label=data["label"], hint=data.get("hint", ""), **flags)


def _build_rule(target, rule, questions) -> None:
    if rule:
        group = ConditionGroup.objects.create(needs_all=rule.get("needs", "all") == "all", **target)
        for row in rule["rows"]:
            asked = questions[row["asked"]]
            Condition.objects.create(group=group, asked=asked, operator=row["operator"], value=row.get("value", ""))
