"""What announcements remove when its period is over (L22): what residents wrote back, codes sent to telephones."""

from announcements.models import Reply
from announcements.models.followers import PhoneCode
from announcements.statuses import ReplyStatus
from office import files
from office.retention import Removal

REPLY, CODE = "announcement_reply", "phone_code"


def replies_settled_before(moment):
    """One that nobody has settled is never removed, however old."""
    return Reply.objects.exclude(status=ReplyStatus.NEW).filter(sent_at__lt=moment)


def forget_reply(reply: Reply) -> None:
    number, photo = reply.pk, reply.photo  # a deleted row forgets it
    reply.delete()
    Reply.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]
    if photo:
        files.remove(photo)


REMOVALS = [
    Removal(REPLY, replies_settled_before, forget_reply),
    Removal(CODE, lambda moment: PhoneCode.objects.filter(sent_at__lt=moment)),
]
