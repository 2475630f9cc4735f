"""What ends with a person: their card after a death (Q20), and everything that names them when they are erased (R91)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office import files
from office.transitions import CLERK, RESIDENT, Refused, move
from resident_card import rules
from resident_card.actions import applying, families, packages
from resident_card.models import (
    Application,
    ApplicationFile,
    CardCheck,
    CardMedium,
    FamilyAct,
    Invitation,
    Membership,
    PackageGrant,
    PartnerUser,
    Photo,
    PlasticOrder,
)
from resident_card.statuses import LIVE, ApplicationStatus, MediumStatus
from residents.models import Person

ENDS = {
    MediumStatus.ACTIVE: MediumStatus.BLOCKED, MediumStatus.UNPAID: MediumStatus.CANCELLED,
    MediumStatus.ORDERED: MediumStatus.CANCELLED, MediumStatus.READY: MediumStatus.CANCELLED,
}  # fmt: skip


@transaction.atomic
def note_death(person: Person, *, by: User, moment: datetime) -> None:
    """The registry says that the person has died: packages and cards end now, and the next adult runs the family account (Q20).

    Refused without the right to keep family accounts, and for the clerk's own family.
    """
    _guard(person, by, "resident_card.manage_family")
    _end_card(person, _("zgon"), by, moment)
    families.ended_by_death(person, moment)


@transaction.atomic
def forget_owner(person: Person, *, by: User, moment: datetime) -> None:
    """The card's part of erasing a person: photo, documents, what applications say, card and family end; counts and masses stay (R91).

    Who may ask for it is decided where all rooms meet. Refused while minors of their family account would stay without anybody. The
    row of the person is the register's (residents): its name is not touched here.
    """
    if member := Membership.objects.standing().filter(person=person).first():
        families.end(member, moment)
    _end_card(person, _("usunięcie danych na żądanie"), by, moment)
    for draft in Application.objects.filter(applicant=person, status=ApplicationStatus.DRAFT).select_related("package", "person"):
        applying.throw_away(draft)
    _forget_photos(person)
    forget_applications(person, moment)
    Invitation.objects.filter(person=person).update(person=None, email=None, email_lookup=None)
    _forget_acts(person)


def _forget_acts(person: Person) -> None:
    """What others did for them, why a clerk gave them a role; who took a card from the desk; their access as a partner's cashier."""
    Membership.objects.filter(person=person).exclude(role_reason="").update(role_reason="")
    Membership.pgh_event_model.objects.filter(person=person).exclude(role_reason="").delete()  # type: ignore[attr-defined]
    FamilyAct.objects.filter(person=person).delete()
    taken = PlasticOrder.objects.filter(medium__person=person)
    taken.update(collected_by="", shown="")
    PlasticOrder.pgh_event_model.objects.filter(pgh_obj__in=taken.values("pk")).delete()  # type: ignore[attr-defined]
    if person.account_id:
        CardCheck.objects.filter(user=person.account_id).delete()
        PartnerUser.objects.filter(user=person.account_id).delete()
        PartnerUser.pgh_event_model.objects.filter(user=person.account_id).delete()  # type: ignore[attr-defined]


def forget_applications(person: Person, moment: datetime) -> None:
    """Applications for the person keep number and dates and lose what was written and attached; those that wait are withdrawn."""
    for application in Application.objects.filter(person=person):
        if application.status in LIVE:
            _withdraw(application, moment)
        for attached in ApplicationFile.objects.filter(application=application).select_related("file"):
            _remove(attached.file)
        Application.objects.filter(pk=application.pk).update(details={}, correction="", decision_reason="", registry_number="")
        Application.pgh_event_model.objects.filter(pgh_obj=application.pk).delete()  # type: ignore[attr-defined]


def _guard(person, by, right):
    if not by.has_perm(right):
        raise Refused(_("To może zrobić tylko urząd."))
    if rules.is_own_or_familys(by, person):
        raise Refused(_("Swoich spraw i spraw rodziny nie załatwia się samemu. Poproś inną osobę z urzędu."))


def _end_card(person, reason, by, moment):
    for given in PackageGrant.objects.filter(person=person, revoked_at__isnull=True, valid_to__gte=localdate(moment)):
        packages.revoke(given, reason=reason, by=by, moment=moment)
    for card in CardMedium.objects.select_for_update().filter(person=person, status__in=ENDS).order_by("pk"):
        card.ended_at, card.end_reason = moment, reason
        move(card, ENDS[MediumStatus(card.status)], by=by, side=CLERK, moment=moment, along=("ended_at", "end_reason"))


def _forget_photos(person):
    for photo in Photo.objects.filter(person=person).select_related("file"):
        Photo.pgh_event_model.objects.filter(pgh_obj=photo.pk).delete()  # type: ignore[attr-defined]
        stored = photo.file
        photo.delete()
        files.remove(stored)


def _withdraw(application, moment):
    move(application, ApplicationStatus.WITHDRAWN, by=None, side=RESIDENT, moment=moment, note=_("dane osoby usunięto"))


def _remove(stored):
    if stored is not None:
        files.remove(stored)
