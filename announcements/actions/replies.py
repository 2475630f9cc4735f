"""A resident writes back, a moderator answers."""

from django.db import transaction
from django.utils.translation import gettext as _

from announcements import mails
from announcements.models import Reply
from announcements.statuses import ReplyStatus
from office import files
from office.transitions import Refused, move


@transaction.atomic
def reply(announcement, *, person, text, photo=None, by, moment) -> Reply:
    """Kept for the moderator, never shown to others. Refused where the sender takes no replies and after the end of the message.

    ValidationError names a photo that can not be taken; nothing is kept then.
    """
    if not (announcement.accepts_replies and announcement.sender.accepts_replies):
        raise Refused(_("Na ten komunikat nie można odpowiedzieć. Zadzwoń lub napisz do nadawcy."))
    if announcement.expires_at and announcement.expires_at <= moment:
        raise Refused(_("Ten komunikat już wygasł."))
    stored = files.store(photo, owner=by, kinds=(files.JPEG, files.PNG)) if photo else None
    return Reply.objects.create(announcement=announcement, person=person, text=text, photo=stored, sent_at=moment)


@transaction.atomic
def answer(written, *, answer, by, moment) -> None:
    written.answer, written.answered_at = answer, moment
    move(written, ReplyStatus.ANSWERED, by=by, moment=moment, along=["answer", "answered_at"])
    mails.answered(written)


@transaction.atomic
def close(written, *, by, moment) -> None:
    move(written, ReplyStatus.CLOSED, by=by, moment=moment)
