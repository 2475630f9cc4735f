"""What the card removes when its period is over (L22, R26). The fact of a basis stays as long as its application: kind, year, result, who checked it."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import files
from office.retention import Removal
from office.transitions import Refused
from resident_card.actions.applying import throw_away
from resident_card.models import Application, ApplicationFile, Offer, OfferCount, PackageGrant, Photo, Redemption
from resident_card.statuses import ApplicationStatus, PhotoStatus

DRAFT, DOCUMENT, PHOTO = "card_draft", "card_document", "card_refused_photo"
APPLICATION, REDEMPTION = "card_application", "card_redemption"


def _start_of(moment: datetime) -> datetime:
    """The last day is whole: what was decided on the day of `moment`, in Warsaw, stays until tomorrow."""
    return timezone.make_aware(datetime.combine(localdate(moment), time.min))


def drafts_older_than(moment: datetime):
    return Application.objects.filter(status=ApplicationStatus.DRAFT, saved_at__lt=_start_of(moment))


@transaction.atomic
def expire_draft(draft: Application) -> None:
    """Refused when it was sent meanwhile."""
    related = ("package", "person")
    locked = Application.objects.select_for_update(of=("self",)).select_related(*related).filter(pk=draft.pk).first()
    if locked is None or locked.status != ApplicationStatus.DRAFT:
        raise Refused(_("Ten wniosek został w międzyczasie wysłany."))
    throw_away(locked)


def documents_older_than(moment: datetime):
    """Papers of applications decided or withdrawn before."""
    return ApplicationFile.objects.filter(file__isnull=False, application__decided_at__lt=_start_of(moment)).select_related(
        "file"
    )


@transaction.atomic
def remove_document(attached: ApplicationFile) -> None:
    stored, attached.file, attached.deleted_on = attached.file, None, localdate()
    attached.save(update_fields=["file", "deleted_on"])
    if stored:
        files.remove(stored)


def refused_photos_older_than(moment: datetime):
    """Of no use to anybody; an accepted photo lives with the card."""
    return Photo.objects.filter(status=PhotoStatus.REFUSED, reviewed_at__lt=_start_of(moment)).select_related("file")


@transaction.atomic
def remove_photo(photo: Photo) -> None:
    stored = photo.file
    photo.delete()
    files.remove(stored)


def applications_ended_before(moment: datetime):
    """Decided or withdrawn long ago, and no package that came of them still works."""
    start = _start_of(moment)
    works = PackageGrant.objects.filter(application=OuterRef("pk"), revoked_at=None, valid_to__gte=localdate(moment))
    return Application.objects.filter(~Exists(works), decided_at__lt=start)


@transaction.atomic
def remove_application(application: Application) -> None:
    """With papers, bases and the copies that triggers made; packages that it gave keep their days."""
    number = application.pk  # a deleted row forgets it
    for attached in application.files.select_related("file"):
        remove_document(attached)
    application.grants.update(application=None)
    application.delete()
    Application.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]


def counts_ended_before(moment: datetime):
    """Not of what may be used once for good: its count is the very thing that says so."""
    unused = ~Exists(Redemption.objects.filter(count=OuterRef("pk")))
    return OfferCount.objects.filter(unused, period__lt=localdate(moment)).exclude(offer__limit_period=Offer.Period.ONCE)


REMOVALS = [
    Removal(DRAFT, drafts_older_than, expire_draft),
    Removal(DOCUMENT, documents_older_than, remove_document),
    Removal(PHOTO, refused_photos_older_than, remove_photo),
    Removal(APPLICATION, applications_ended_before, remove_application),
    Removal(REDEMPTION, lambda moment: Redemption.objects.filter(at__lt=moment)),
    Removal(REDEMPTION, counts_ended_before),
]
