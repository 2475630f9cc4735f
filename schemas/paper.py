"""The paper twin: the same version, codes, questions and conditions on sheets to print, fill by hand and bring in (L34).

A sheet carries a mark and a QR code, so that the clerk who types it in opens the very version that was printed.
"""

import hashlib
import io
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from office.pdf import render_pdf
from schemas.checking import canonical
from schemas.choosing import limits_in_words
from schemas.consistency import is_day
from schemas.definition import NO_OPINION, TODAY, Form, Page, Question, Row, Rule, compiled
from schemas.kinds import most_files
from schemas.models import Kind, Operator
from schemas.twin import describe_form
from ui.words import counted, long_date, typo

TEMPLATE = Path(__file__).parent / "pdf" / "paper.typ"
CELLS: dict[str, int] = {Kind.PESEL: 11, Kind.NIP: 10}
LINES: dict[str, int] = {Kind.SHORT_TEXT: 1, Kind.NUMBER: 1, Kind.PHONE: 1, Kind.EMAIL: 1, Kind.POINT: 1, Kind.LONG_TEXT: 4}


def sheet_mark(form: Form) -> str:
    """'DO-1/1/3F9A1C20': code, version, and the beginning of the SHA-256 of everything the version says."""
    digest = hashlib.sha256(canonical(describe_form(form))).hexdigest()[:8]
    return f"{form.code}/{form.version}/{digest}".upper()


def sheet_url(form: Form) -> str:
    return settings.PORTAL_URL + reverse("schemas:paper_of", args=[form.code, form.version])


def sheet(form: Form, sheet_id: str | None = None) -> dict[str, Any]:
    """Everything that is printed, as plain data for both the HTML page and the PDF.

    A place to sign is printed under an instruction („pouczenie”) alone: a survey has none, and nobody is to sign it.
    """
    return {
        "sheet_id": sheet_id or "", "is_signed": bool(form.instruction),
        "code": form.code.upper(), "title": form.title, "version": form.version, "mark": sheet_mark(form), "url": sheet_url(form),
        "intro": form.intro, "instruction": form.instruction.split("\n\n") if form.instruction else [], "source": form.source,
        "pages": [_page(form, page) for page in form.pages],
    }  # fmt: skip


def qr_svg(form: Form) -> str:
    """An SVG to stand in the page; black on nothing, so the page gives it white ground."""
    return segno.make(sheet_url(form), error="m", micro=False).svg_inline(
        omitsize=True, border=2, title=_("Adres tego formularza")
    )


def paper_pdf(form: Form, sheet_id: str | None = None) -> bytes:
    """The sheets as tagged PDF (PDF/UA-1, PDF/A-3a), in Polish. `sheet_id`: „Nr arkusza” printed on the first page and in every foot."""
    picture = io.BytesIO()
    segno.make(sheet_url(form), error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return render_pdf(TEMPLATE, {**_bound(sheet(form, sheet_id)), "qr": picture.getvalue().decode()})


@lru_cache(maxsize=16)
def published_pdf(version_id: UUID) -> bytes:
    """`paper_pdf` of a published version, drawn once per process; not for drafts, which change."""
    return paper_pdf(compiled(version_id))


def _bound(value: Any, key: str = "") -> Any:
    """The same data with non-breaking spaces where Polish print wants them; addresses and codes stay as they are."""
    if isinstance(value, Mapping):
        return {name: _bound(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_bound(item) for item in value]
    return typo(value) if isinstance(value, str) and key not in ("url", "code", "mark", "kind", "sheet_id") else value


def _page(form: Form, page: Page) -> dict[str, Any]:
    condition = page.shown_when and _("Wypełnij tę część, jeśli %(rule)s.") % {"rule": rule_in_words(form, page.shown_when)}
    return {
        "title": page.title, "intro": page.intro, "condition": condition or "",
        "questions": [_question(form, question) for question in page.questions],
    }  # fmt: skip


def _question(form: Form, question: Question) -> dict[str, Any]:
    return {
        "number": question.number, "code": question.code, "label": question.label, "kind": str(question.kind),
        "hint": _hint(question), "condition": _condition(form, question), "is_optional": question.is_asked and not question.is_required,
        "boxes": _boxes(question), "cells": CELLS.get(question.kind, 0), "lines": LINES.get(question.kind, 0),
        "scale": _scale(question) if question.kind == Kind.SCALE else None,
        "rows": [{"code": row.code, "label": row.label} for row in question.rows],
    }  # fmt: skip


def _scale(question: Question) -> dict[str, Any]:
    return {
        "numbers": [str(number) for number in question.scale], "least": question.minimum_label, "most": question.maximum_label,
        "no_opinion": _("nie mam zdania") if question.has_no_opinion else "",
    }  # fmt: skip


def _hint(question: Question) -> str:
    if question.kind != Kind.FILE:
        return " ".join(filter(None, [question.hint, limits_in_words(question), _days_in_words(question)]))
    most = counted(most_files(question), _("dokument"), _("dokumenty"), _("dokumentów"))
    return _("Dołącz kopie do formularza, najwyżej %(most)s, i wpisz ich nazwy.") % {"most": most}


def _days_in_words(question: Question) -> str:
    """The limits of a date, for whom no page can tell them when they err."""
    words = {"earliest": _limit(question.earliest), "latest": _limit(question.latest)}
    if question.earliest and question.latest:
        return _("Najwcześniej: %(earliest)s, najpóźniej: %(latest)s") % words
    if question.earliest:
        return _("Najwcześniej: %(earliest)s") % words
    return _("Najpóźniej: %(latest)s") % words if question.latest else ""


def _limit(limit: str) -> str:
    if limit == TODAY:
        return _("dzień wypełnienia")
    return long_date(date.fromisoformat(limit)) if is_day(limit) else limit


def _boxes(question: Question) -> list[dict[str, Any]]:
    """Boxes to tick, each with its code: what the clerk chooses when typing the sheet in."""
    if question.kind == Kind.YES_NO:
        answers = (("yes", _("tak")), ("no", _("nie")))
        return [{"code": code, "label": label, "hint": "", "takes_text": False} for code, label in answers]
    return [
        {"code": option.code, "label": option.label, "hint": option.hint, "takes_text": option in question.with_text}
        for option in question.options
    ]


def _condition(form: Form, question: Question) -> str:
    if question.shown_when is None:
        return ""
    words = {"rule": rule_in_words(form, question.shown_when)}
    return _("Dotyczy, jeśli %(rule)s.") % words if question.kind == Kind.NOTE else _("Wypełnij, jeśli %(rule)s.") % words


def rule_in_words(form: Form, rule: Rule) -> str:
    """'w pytaniu 3 zaznaczono „tak” i w pytaniu 4 wpisano co najmniej 2'."""
    return (_(" i ") if rule.needs_all else _(" albo ")).join(_row(form.questions[row.asked], row) for row in rule.rows)


def _row(asked: Question, row: Row) -> str:
    named = {"number": asked.number, "value": _value(asked, row.value)}
    if row.operator == Operator.ANSWERED:
        return (_("zaznaczono punkt %(number)d") if asked.kind == Kind.STATEMENT else _("wypełniono pytanie %(number)d")) % named
    return _phrases(asked)[row.operator] % named


def _phrases(asked: Question) -> dict[str, str]:
    if asked.kind == Kind.SCALE:
        return {
            Operator.IS: _("w pytaniu %(number)d zaznaczono %(value)s"),
            Operator.IS_NOT: _("w pytaniu %(number)d zaznaczono co innego niż %(value)s"),
            Operator.AT_LEAST: _("w pytaniu %(number)d zaznaczono co najmniej %(value)s"),
            Operator.AT_MOST: _("w pytaniu %(number)d zaznaczono najwyżej %(value)s"),
        }  # fmt: skip
    if asked.kind == Kind.DATE:
        return {
            Operator.IS: _("w pytaniu %(number)d wpisano datę %(value)s"),
            Operator.IS_NOT: _("w pytaniu %(number)d wpisano inną datę niż %(value)s"),
            Operator.AT_LEAST: _("w pytaniu %(number)d wpisano datę %(value)s albo późniejszą"),
            Operator.AT_MOST: _("w pytaniu %(number)d wpisano datę %(value)s albo wcześniejszą"),
        }  # fmt: skip
    if asked.kind == Kind.NUMBER:
        return {
            Operator.IS: _("w pytaniu %(number)d wpisano %(value)s"),
            Operator.IS_NOT: _("w pytaniu %(number)d wpisano inną liczbę niż %(value)s"),
            Operator.AT_LEAST: _("w pytaniu %(number)d wpisano co najmniej %(value)s"),
            Operator.AT_MOST: _("w pytaniu %(number)d wpisano najwyżej %(value)s"),
        }  # fmt: skip
    return {
        Operator.IS: _("w pytaniu %(number)d zaznaczono „%(value)s”"),
        Operator.IS_NOT: _("w pytaniu %(number)d zaznaczono co innego niż „%(value)s”"),
        Operator.INCLUDES: _("w pytaniu %(number)d zaznaczono „%(value)s”"),
    }


def _value(asked: Question, value: str) -> str:
    if value == NO_OPINION and asked.kind == Kind.SCALE:
        return _("„nie mam zdania”")
    if asked.kind == Kind.YES_NO:
        return {"yes": _("tak"), "no": _("nie")}.get(value, value)
    if asked.kind == Kind.DATE:
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value
    option = asked.option(value)
    return option.label if option else value
