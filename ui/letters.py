"""The HTML twin of a plain-text letter: same words, an indented line stands out as a code, a lone link becomes a button."""

import re

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ui.words import typo

LINK = re.compile(r"https?://\S+")


def html_of(text: str) -> SafeString:
    """Paragraphs of a plain letter as HTML for mail programs. Everything typed is escaped."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]
    return mark_safe("\n".join(_block(block) for block in blocks))  # noqa: S308  each block is rendered by an escaping template


def _block(block: str) -> str:
    kind = "code" if block.startswith("    ") else "button" if LINK.fullmatch(block.strip()) else "paragraph"
    lines = [line.strip() for line in block.strip().splitlines()]
    return render_to_string("emails/block.html", {"kind": kind, "lines": lines, "text": lines[0]})


def linked(line: str) -> SafeString:
    """One line, escaped, with its addresses as links."""
    parts = (_part(piece) for piece in re.split(r"(https?://\S+)", line))
    return mark_safe("".join(parts))  # noqa: S308  both branches escape


def _part(piece: str) -> str:
    if LINK.fullmatch(piece):
        address, end = piece.rstrip(".,;)"), piece[len(piece.rstrip(".,;)")) :]
        return f'<a href="{conditional_escape(address)}" style="color:#0b5a6b">{conditional_escape(address)}</a>{conditional_escape(end)}'
    return conditional_escape(typo(piece))
