"""What happens to packages by themselves each night. Every verb is safe to repeat and catches up after nights that were missed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from office.transitions import Refused
from resident_card import card_mails, rules
from resident_card.actions import packages
from resident_card.models import PackageGrant, PackageNotice, PackageType, SeenCode
from residents.models import Person

CODES_KEPT = timedelta(days=1)  # a code is refused by its age after a minute; a day is generous


def grant_what_comes_by_itself(*, day, moment) -> int:
    """R36, R37, R39: for everyone whose base works or waits. A person whom a rule refuses does not stop the others. Returns how many grants."""
    holders = PackageGrant.objects.filter(package__is_base=True, revoked_at__isnull=True, valid_to__gte=day).values("person")
    made = 0
    for person in Person.objects.standing().filter(pk__in=holders).iterator():
        try:
            made += len(packages.grant_automatic(person, day=day, moment=moment))
        except Refused:
            continue
    return made


def remind_of_ends(*, day, moment) -> int:
    """R41: a letter 60, 30 and 7 days before an end, each once. Returns how many letters.

    A missed night is caught up the next one: of several due notices only the nearest goes out. Nobody is reminded of what is prolonged already,
    goes on by itself or ends together with the base.
    """
    notices = sorted(rules.policy(day).notice_days)
    ending = _ending(day, max(notices, default=0))
    return sum(_remind(one, notices, day, moment) for one in ending)


def forget_seen_codes(*, moment) -> int:
    """Nonces that no clock would believe any more."""
    return SeenCode.objects.filter(seen_at__lt=moment - CODES_KEPT).delete()[0]


def _ending(day, within):
    later = PackageGrant.objects.filter(
        person=OuterRef("person"), package=OuterRef("package"), revoked_at__isnull=True, valid_from__gt=OuterRef("valid_to")
    )
    ending = PackageGrant.objects.filter(revoked_at__isnull=True, valid_to__gte=day, valid_to__lte=day + timedelta(days=within))
    ending = ending.exclude(package__validity=PackageType.Validity.WITH_BASE).filter(~Exists(later))
    return ending.select_related("package", "person__account").order_by("valid_to", "pk")


def _remind(ending, notices, day, moment) -> bool:
    if packages.goes_on_by_itself(ending):
        return False
    granted_with = ending.valid_to - ending.valid_from
    due = [n for n in notices if ending.valid_to - day <= timedelta(days=n) <= granted_with]
    return bool(due) and _posted(ending, due, moment)


@transaction.atomic
def _posted(ending, due, moment) -> bool:
    """The nearest notice is claimed by its row before the letter is written: two sweeps at once post one."""
    rows = [PackageNotice(grant=ending, days_before=n, posted_at=moment) for n in due]
    if PackageNotice.objects.filter(grant=ending, days_before=due[0]).exists() or not card_mails.reachable_address(ending.person):
        return False
    _row, is_new = PackageNotice.objects.get_or_create(grant=ending, days_before=due[0], defaults={"posted_at": moment})
    if not is_new:
        return False
    PackageNotice.objects.bulk_create(rows, ignore_conflicts=True)
    return card_mails.tell(ending.person, "package_ends", about=ending, path=card_mails.packages_path())
