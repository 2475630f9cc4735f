"""The incoming register: every letter gets its RPW number before anyone decides what it is (L9)."""

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.actions.reasons import given
from eboi.models import IncomingLetter, Scan
from eboi.models.filing import LetterChannel
from eboi.statuses import LetterStatus
from office.compiled import insert
from office.files import store
from office.numbering import next_number
from office.transitions import Refused, in_transaction, move
from ui.text import clean_text

SERIES = "RPW"


def register_letter(
    *, channel, received_at, sender=None, sender_name, subject, unit=None, matter=None, submission=None,
    letter_on=None, letter_mark="", attachments_count=0, by, moment=None,
):  # fmt: skip
    """Enter a letter under the next RPW number of the year in which it is registered. `by` is None when the portal does it.

    `received_at` is the moment of arrival, any day of the week (L3); `moment` that of registering, the same if not given.
    The number is taken last, so the counter is locked for the shortest time (D1). An e-mail entered here opens no case (L1).
    """
    moment = moment or received_at
    if received_at > moment:
        raise Refused(_("Data wpływu nie może być z przyszłości."))
    letter = IncomingLetter(
        channel=channel, received_at=received_at, sender=sender, sender_name=clean_text(sender_name), subject=clean_text(subject),
        unit=unit, matter=matter, submission=submission, letter_on=letter_on, letter_mark=clean_text(letter_mark),
        attachments_count=attachments_count, registered_at=moment, registered_by=by.subject if by else None,
        year=localtime(moment).year,
    )  # fmt: skip
    with in_transaction():
        letter.number = next_number(SERIES, letter.year)
        insert(letter)
    return letter


@transaction.atomic
def direct(letter, *, unit, by, moment):
    """Hand the letter to a unit. The RPW number stays; the unit sees it at once."""
    move(letter, LetterStatus.DIRECTED, by=by, note=str(unit), moment=moment)
    letter.unit = unit
    letter.save(update_fields=["unit"])


@transaction.atomic
def give_back(letter, *, reason, by, moment):
    """The unit returns a letter that is not its own to the kancelaria."""
    move(letter, LetterStatus.REGISTERED, by=by, note=given(reason), moment=moment)
    letter.unit = None
    letter.save(update_fields=["unit"])


@keeps_exclusions
@transaction.atomic
def note(letter, *, reason, by, moment):
    """Close the entry without a case, with the reason: an advertisement, a copy for information, a letter for another case."""
    if letter.sender:
        guard_impartial(letter, letter.sender, clerk=by, tried="note", by=by, moment=moment)
    move(letter, LetterStatus.NOTED, by=by, note=given(reason), moment=moment)


@transaction.atomic
def name_sender(letter, *, person, by, moment):
    """Say who of the register of persons wrote a paper letter. Only while no case stands on it."""
    if letter.status not in (LetterStatus.REGISTERED, LetterStatus.DIRECTED) or letter.submission_id:
        raise Refused(_("Nadawcy tej przesyłki nie można już zmienić."))
    letter.sender = person
    letter.save(update_fields=["sender"])


@keeps_exclusions
@transaction.atomic
def add_scan(letter, *, upload, by, moment):
    """Keep a scan with the entry of a letter that did not come through the portal; it opens once found clean (S52).

    Raises ValidationError in words for the clerk when the file can not be taken (office.files).
    """
    if letter.sender:
        guard_impartial(letter, letter.sender, clerk=by, tried="add_scan", by=by, moment=moment)
    if letter.channel == LetterChannel.PORTAL:
        raise Refused(_("Do zgłoszenia z portalu nie dodaje się skanu: jego treść jest już w rejestrze."))
    return Scan.objects.create(letter=letter, file=store(upload, owner=by), added_by=by.subject, added_at=moment)
