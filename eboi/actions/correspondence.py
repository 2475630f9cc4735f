"""What is written and added in a case besides rulings. A note is the office's own and never reaches the party (L12)."""

from django.db import transaction
from django.utils.translation import gettext as _

from eboi import mails
from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.models import CaseMessage, Document
from office.files import store
from office.transitions import Refused
from ui.text import clean_text

Kind = CaseMessage.Kind
LONGEST = 8000  # characters


@transaction.atomic
def write_to_office(case, *, text, by, moment):
    """The party writes; the officer finds it on top of the case."""
    return _write(case, Kind.FROM_RESIDENT, text, by, moment)


@keeps_exclusions
@transaction.atomic
def write_to_resident(case, *, text, by, moment):
    """The office writes in the portal; an e-mail says only that something waits. Not a way of service (L16)."""
    guard_impartial(case, case.person, clerk=by, tried="write_to_resident", by=by, moment=moment)
    message = _write(case, Kind.FROM_OFFICE, text, by, moment)
    mails.tell(case, "message")
    return message


@keeps_exclusions
@transaction.atomic
def add_note(case, *, text, by, moment):
    guard_impartial(case, case.person, clerk=by, tried="add_note", by=by, moment=moment)
    return _write(case, Kind.NOTE, text, by, moment)


@keeps_exclusions
@transaction.atomic
def add_document(case, *, title, upload, by, moment, is_from_office=False):
    """Put a file in the case. Raises ValidationError in words for the sender when the file can not be taken (office.files)."""
    if is_from_office:
        guard_impartial(case, case.person, clerk=by, tried="add_document", by=by, moment=moment)
    stored = store(upload, owner=by)
    title = clean_text(title)[:200] or stored.name
    document = Document.objects.create(
        case=case, file=stored, title=title, is_from_office=is_from_office, added_by=by.subject, added_at=moment
    )
    if is_from_office:
        mails.tell(case, "message")
    return document


@transaction.atomic
def mark_read(case, *, by, moment):
    """The reader has seen what the other side wrote: the party the office's messages, the officer the party's."""
    written_by = Kind.FROM_OFFICE if case.person.account_id == by.pk else Kind.FROM_RESIDENT
    return case.messages.filter(kind=written_by, read_at__isnull=True).update(read_at=moment)


def _write(case, kind, text, by, moment):
    text = clean_text(text, multiline=True)
    if not text:
        raise Refused(_("Napisz wiadomość."))
    if len(text) > LONGEST:
        raise Refused(_("Wiadomość może mieć najwyżej %(count)d znaków.") % {"count": LONGEST})
    return CaseMessage.objects.create(case=case, kind=kind, text=text, author=by.subject, at=moment)
