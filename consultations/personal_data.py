"""Traces of personal data in what people write: a help to the two who release a text (C26), never a replacement for them.

Finds what has a shape: e-mail addresses, telephone and identity numbers, street addresses with a flat. Names have none.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from stdnum.pl import pesel

SHAPES = [
    (_("adres e-mail"), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (_("numer konta"), re.compile(r"\b(?:PL ?)?\d{2}(?: ?\d{4}){6}\b")),
    (_("numer PESEL"), re.compile(r"\b\d{11}\b")),
    (_("numer dokumentu"), re.compile(r"\b[A-Z]{3} ?\d{6}\b")),
    (_("numer telefonu"), re.compile(r"(?<![\d.,])(?:\+ ?48[ -]?)?(?:\d{3}[ -]?\d{3}[ -]?\d{3}|\(?\d{2}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2})(?![\d.,]\d)")),
    (_("dokładny adres"), re.compile(r"\b(?:ul|al|os|pl)\.\s?[^\d\n,;]{2,40}\s\d{1,4}[a-zA-Z]?\s?(?:/|m\.?\s?)\s?\d{1,4}\b")),
    (_("adres profilu"), re.compile(r"https?://\S*(?:facebook|instagram|tiktok|linkedin)\S*", re.IGNORECASE)),
]  # fmt: skip


class Trace(NamedTuple):
    what: str
    text: str
    start: int


def traces(text: str) -> list[Trace]:
    """What looks like personal data, in order of place; places do not overlap."""
    found: list[Trace] = []
    for what, shape in SHAPES:
        for hit in shape.finditer(text):
            if not any(one.start < hit.end() and hit.start() < one.start + len(one.text) for one in found):
                found.append(Trace(str(what), hit[0], hit.start()))
    return sorted(found, key=lambda trace: trace.start)


def without_traces(text: str) -> str:
    """The text with each trace replaced by what stood there, for the first person to start from."""
    parts, end = [], 0
    for trace in traces(text):
        what = "numer PESEL" if pesel.is_valid(trace.text) else trace.what
        parts += [text[end : trace.start], f"[{what}]"]
        end = trace.start + len(trace.text)
    return "".join([*parts, text[end:]])
