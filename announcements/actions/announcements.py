"""The verbs of an announcement from draft to sent, and of the one that updates or cancels it."""

from django.db import transaction
from django.utils.translation import gettext as _

from announcements import banner, fan_out, rules, ways
from announcements.models import Announcement, Attachment, Release
from announcements.statuses import AnnouncementStatus
from office import bell, files
from office.models.outbox import WAITING
from office.transitions import Refused, StaleStatus, move

SEND_DUE = "announcements.tasks.send_due"
MOST_FILES = 5
CARRIED_OVER = [
    "kind", "sender", "topic", "severity", "urgency", "certainty", "category", "is_exercise", "accepts_replies", "expires_at",
]  # fmt: skip


@transaction.atomic
def hand_in(announcement, *, by, moment) -> None:
    """The draft goes to review. Refused while something is missing, each thing named, and for who does not speak for the sender."""
    _guard_speaker(announcement, by)
    if missing := rules.lacks(announcement, moment):
        raise Refused(" ".join(missing))
    Announcement.objects.filter(pk=announcement.pk).update(review_note="")
    move(announcement, AnnouncementStatus.REVIEW, by=by, moment=moment)


@transaction.atomic
def send_back(announcement, *, note, by, moment) -> None:
    """Back to its writer with a remark; releases given so far are void, for the text will change."""
    if not note.strip():
        raise Refused(_("Napisz, co poprawić."))
    announcement.releases.all().delete()
    announcement.review_note = note[:500]
    move(announcement, AnnouncementStatus.DRAFT, by=by, note=note, moment=moment, along=["review_note"])


@transaction.atomic
def release(announcement, *, by, moment) -> bool:
    """One person lets it out. True once enough have: it is then scheduled, or due at once when no moment was set.

    Refused to who wrote it and to who released it already: an alert needs two others (L48). Two people at once stand in line by the lock.
    """
    announcement = Announcement.objects.select_for_update(of=("self",)).select_related("sender", "topic").get(pk=announcement.pk)
    if announcement.status != AnnouncementStatus.REVIEW:
        raise StaleStatus(_("Ktoś był szybszy: komunikat nie czeka już na sprawdzenie. Odśwież stronę."))
    if announcement.written_by_id == by.pk:
        raise Refused(_("Komunikat wypuszcza inna osoba niż ta, która go napisała."))
    if missing := rules.lacks(announcement, moment):
        raise Refused(" ".join(missing))
    _release, is_first = Release.objects.get_or_create(announcement=announcement, by=by, defaults={"at": moment})
    if not is_first:
        raise Refused(_("Ta osoba już wypuściła ten komunikat. Potrzebna jest jeszcze jedna, inna."))
    if announcement.releases.count() < rules.releases_needed(announcement):
        return False
    announcement.scheduled_for = max(announcement.scheduled_for or moment, moment)
    move(announcement, AnnouncementStatus.SCHEDULED, by=by, moment=moment, along=["scheduled_for"])
    bell.ring_on_commit(SEND_DUE)
    return True


@transaction.atomic
def attach(announcement, *, file, caption, by, moment) -> Attachment:
    """A photo or a PDF of the draft; residents see it once a scan found it clean. Refused for what is no draft any more.

    ValidationError names a file that can not be taken; nothing is kept then.
    """
    _guard_speaker(announcement, by)
    if announcement.status != AnnouncementStatus.DRAFT:
        raise Refused(_("Pliki dodaje się do szkicu."))
    if announcement.attachments.count() >= MOST_FILES:
        raise Refused(_("Komunikat może mieć najwyżej %(count)d plików.") % {"count": MOST_FILES})
    stored = files.store(file, owner=by, kinds=(files.JPEG, files.PNG, files.PDF))
    return Attachment.objects.create(announcement=announcement, file=stored, caption=caption)


@transaction.atomic
def drop(announcement, *, by, moment) -> None:
    """It will not be sent. Nothing is lost: the draft stays to be read."""
    _guard_speaker(announcement, by)
    move(announcement, AnnouncementStatus.DROPPED, by=by, moment=moment)


def send_due(*, moment) -> int:
    """Everything whose moment has come, alerts first; the clock that decides is the caller's. One failing hinders no other."""
    due = Announcement.objects.due(moment).order_by("-kind", "scheduled_for").values_list("pk", flat=True)
    return sum(send(pk, moment=moment) for pk in list(due))


@transaction.atomic
def send(pk, *, moment) -> int:
    """Freeze the audience and queue its messages, once: of two workers the slower finds it sent already. Returns 1 or 0."""
    rows = Announcement.objects.select_for_update(skip_locked=True, of=("self",)).select_related("sender", "topic", "references")
    announcement = rows.due(moment).filter(pk=pk).first()
    if announcement is None:
        return 0
    ways.follow_accounts()
    announcement.audience = fan_out.queue(announcement, moment=moment)
    announcement.sent_at = moment
    move(announcement, AnnouncementStatus.SENDING, by=None, moment=moment, along=["audience", "sent_at"])
    _end_the_one_before(announcement, moment)
    banner.forget_on_commit()
    return 1


def _end_the_one_before(announcement, moment):
    before = announcement.references
    if before is None:
        return
    is_cancelled = announcement.message_type == Announcement.MessageType.CANCEL
    if before.status == AnnouncementStatus.SENDING:
        move(before, AnnouncementStatus.SENT, by=None, moment=moment)
    move(before, AnnouncementStatus.CANCELLED if is_cancelled else AnnouncementStatus.SUPERSEDED, by=None, moment=moment)


def finish_sent(*, moment) -> int:
    """Sendings of which no message waits any more are done. Returns how many."""
    done = [one for one in Announcement.objects.filter(status=AnnouncementStatus.SENDING) if not _waits(one)]
    for announcement in done:
        move(announcement, AnnouncementStatus.SENT, by=None, moment=moment)
    return len(done)


def _waits(announcement):
    return fan_out.deliveries_of(announcement).filter(state__in=WAITING).exists()


@transaction.atomic
def follow_up(announcement, *, message_type, by, moment) -> Announcement:
    """A draft that updates or cancels what was sent: the same words and areas, to be changed before it is handed in.

    What was sent is never edited (L48). Refused while another one follows it already.
    """
    _guard_speaker(announcement, by)
    announcement = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if not rules.may_be_followed_up(announcement):
        raise Refused(_("Tego komunikatu nie można już zmienić: nie został wysłany albo ma już następny."))
    carried = {name: getattr(announcement, name) for name in CARRIED_OVER}
    draft = Announcement.objects.create(
        **carried, title=announcement.title, text=announcement.text, short_text=announcement.short_text, references=announcement,
        message_type=message_type, written_by=by, created_at=moment,
    )  # fmt: skip
    for area in announcement.areas.all():
        area.pk, area.announcement = None, draft
        area.save(force_insert=True)
    return draft


def _guard_speaker(announcement, by):
    if not rules.speaks_for(by, announcement.sender):
        raise Refused(_("Piszesz za innego nadawcę. Poproś osobę, która do niego należy."))
