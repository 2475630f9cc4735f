"""The document that people remark on: its paragraphs, read from a pasted text. Fixed once the consultation is announced."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import ConsultedDocument, Paragraph
from consultations.statuses import ConsultationStatus
from office.transitions import Refused
from ui.text import clean_text

NUMBER = re.compile(r"^(§\s*\d+[a-z]?(?:\s+ust\.\s*\d+[a-z]?)?(?:\s+pkt\s*\d+[a-z]?)?)[.:)]?\s*(.*)$")


@transaction.atomic
def paste(document: ConsultedDocument, *, content: str, by) -> list[Paragraph]:
    """Replace the paragraphs by those of the text. Refused once announced, with remarks on them, and without any „§”."""
    if document.instrument.consultation.status != ConsultationStatus.DRAFT:
        raise Refused(_("Dokument zmienia się tylko w projekcie konsultacji."))
    if document.paragraphs.filter(voices__isnull=False).exists():
        raise Refused(_("Do tych jednostek są już uwagi."))
    read = list(paragraphs_in(content))
    if not read:
        raise Refused(_("Nie znaleźliśmy żadnej jednostki. Zacznij ją w nowym wierszu od „§ 1”."))
    numbers = [number for number, _heading, _text in read]
    if twice := next((number for number in numbers if numbers.count(number) > 1), None):
        raise Refused(_("Oznaczenie %(number)s jest dwa razy.") % {"number": twice})
    document.paragraphs.all().delete()
    return Paragraph.objects.bulk_create(
        Paragraph(document=document, order=order, number=number, heading=heading, text=text)
        for order, (number, heading, text) in enumerate(read, start=1)
    )


def paragraphs_in(content: str):
    """(number, heading, text) of each unit. A short first line without a stop is the heading, the rest is the text."""
    number: str = ""
    lines: list[str] = []
    for line in [*clean_text(content, multiline=True).split("\n"), "§ 0"]:
        if opened := NUMBER.match(line.strip()):
            if number:
                yield number, *_parted(lines)
            number, lines = re.sub(r"\s+", " ", opened[1].replace("§", "§ ")).strip(), [opened[2]]
        elif line.strip():
            lines.append(line.strip())


def _parted(lines):
    first, rest = lines[0].strip(), "\n".join(lines[1:]).strip()
    is_heading = bool(first) and len(first) <= 120 and not first.endswith((".", ";", ",")) and bool(rest)
    return (first, rest) if is_heading else ("", "\n".join(filter(None, [first, rest])))
