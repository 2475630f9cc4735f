"""Who may write, release and read; what an announcement needs before it may go out."""

from announcements.audience import points_within
from announcements.models import Announcement, Area, SenderMember
from announcements.statuses import AnnouncementStatus

RELEASES = {Announcement.Kind.ALERT: 2}  # L48: two different people


def speaks_for(user, sender) -> bool:
    """Whether the clerk belongs to the sender. What they may do there their role says."""
    return SenderMember.objects.filter(user=user, sender=sender).exists()


def releases_needed(announcement) -> int:
    return RELEASES.get(announcement.kind, 1)


def permission_to_release(announcement) -> str:
    is_alert = announcement.kind == Announcement.Kind.ALERT
    return "announcements.release_alert" if is_alert else "announcements.release_announcement"


def lacks(announcement, moment) -> list[str]:
    """What is missing before it may go to review, in words for its writer; nothing when it is whole."""
    missing = []
    if not announcement.sender.is_active:
        missing.append("Ten nadawca już nie wysyła komunikatów.")
    if not announcement.sender.topics.filter(pk=announcement.topic_id).exists():
        missing.append("Ten nadawca nie pisze na ten temat.")
    areas = list(announcement.areas.all())
    if not areas:
        missing.append("Wybierz, kogo komunikat dotyczy: całe miasto, ulice, adresy albo miejsce z promieniem.")
    if announcement.expires_at and announcement.expires_at <= max(moment, announcement.scheduled_for or moment):
        missing.append("Komunikat wygasłby, zanim zostanie wysłany. Popraw dzień i godzinę.")
    if announcement.kind == Announcement.Kind.ALERT and not announcement.sender.may_alert:
        missing.append("Ten nadawca nie wydaje ostrzeżeń.")
    if any(area.kind == Area.Kind.CIRCLE and not points_within(area) for area in areas):
        missing.append("W tym promieniu nie ma żadnego adresu z rejestru. Powiększ promień albo wybierz ulice.")
    behind = [one.tongue.name for one in announcement.translations.select_related("announcement") if one.is_behind]
    if behind:
        missing.append(
            f"Polski tekst zmienił się po tłumaczeniu ({', '.join(behind)}). Popraw tłumaczenie albo zaznacz, że jest aktualne."
        )
    return missing


def may_be_followed_up(announcement) -> bool:
    """Only what was sent and stands can be updated or cancelled, and once: the next one follows that one."""
    return announcement.status in (AnnouncementStatus.SENDING, AnnouncementStatus.SENT) and not hasattr(
        announcement, "followed_by"
    )
