"""Telling by e-mail those who asked for it: an address is written to only after its owner has confirmed it, and leaves by one link.

The secret of a follower's links is derived from the look-up key and never stored, so a stolen database writes to nobody and unsubscribes nobody.
"""

import base64
import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.encryption import lookup
from consultations.models import Consultation, Follower, FollowersTold
from consultations.statuses import ConsultationStatus
from office import outbox
from ui.words import long_date

LAST_DAYS = timedelta(days=3)
FRESH = timedelta(days=1)  # later than this after the opening nobody is told that it has begun


class Occasion(TextChoices):
    OPENED = "opened"
    LAST_DAYS = "last_days"
    EXTENDED = "extended"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    REPORT = "report"


def email_mark(email: str) -> bytes:
    """By what a follower is found again; capitals and spaces around do not make another address."""
    return lookup(email.strip().lower(), "consultations.follower_email")


def secret_of(follower_id: UUID) -> str:
    """The unguessable part of the confirm and leave links."""
    return base64.urlsafe_b64encode(lookup(str(follower_id), "consultations.follower")).decode().rstrip("=")


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def follow(consultation, *, email: str, moment: datetime, is_proven: bool = False) -> Follower:
    """Ask the address whether it wants our letters; `is_proven`: its owner is signed in with it, so there is nothing to ask.

    Says the same to who follows already, so the page tells nobody whose address is known here. A confirmed one is not written to again.
    """
    follower = _found_or_new(consultation, email.strip(), moment)
    if is_proven and not follower.confirmed_at:
        _confirm(follower, moment)
    elif not follower.confirmed_at:
        _post(follower, "confirm", consultation)
    return follower


def _found_or_new(consultation, email, moment) -> Follower:
    mark = email_mark(email)
    if found := Follower.objects.filter(consultation=consultation, email_lookup=mark).first():
        return found
    new = Follower(id=uuid4(), consultation=consultation, email=email, email_lookup=mark, asked_at=moment)
    new.token_hash = _hash(secret_of(new.pk))
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # asked twice at the same moment
        return Follower.objects.get(consultation=consultation, email_lookup=mark)
    return new


def found_by(secret: str) -> Follower | None:
    """The follower whose links hold this secret; None for a made-up one and for who has left."""
    return Follower.objects.filter(token_hash=_hash(secret)).select_related("consultation").first()


@transaction.atomic
def confirm(follower, *, moment: datetime) -> None:
    """Safe to repeat."""
    if not follower.confirmed_at:
        _confirm(follower, moment)


def _confirm(follower, moment) -> None:
    follower.confirmed_at = moment
    follower.save(update_fields=["confirmed_at"])


def leave(follower) -> None:
    """The address is forgotten at once."""
    Follower.objects.filter(pk=follower.pk).delete()


# Telling


@transaction.atomic
def tell(consultation, occasion: str, *, moment: datetime, mark: str = "") -> int:
    """Write to all who confirmed, once for this occasion (and `mark`, e.g. the closing day). Returns how many letters were written."""
    name = f"{occasion}:{mark or moment.isoformat()}"
    _row, is_new = FollowersTold.objects.get_or_create(consultation=consultation, occasion=name, defaults={"at": moment})
    if not is_new:
        return 0
    told = list(consultation.followers.confirmed())
    for follower in told:
        _post(follower, occasion, consultation)
    return len(told)


def tell_all(*, moment: datetime) -> int:
    """What time alone brings: a consultation has opened, or its last three days have begun. For beat; safe to repeat."""
    return sum(_tell_of_time(consultation, moment) for consultation in Consultation.objects.open_now())


def _tell_of_time(consultation, moment) -> int:
    """An opening is written down as told although nobody follows yet, so that who comes an hour later gets no stale letter."""
    if consultation.opens_at > moment - FRESH:
        return tell(consultation, Occasion.OPENED, moment=moment, mark="once")
    if consultation.closes_at <= moment + LAST_DAYS:
        return tell(consultation, Occasion.LAST_DAYS, moment=moment, mark=str(localdate(consultation.last_moment)))
    return 0


def tell_report(consultation, *, moment: datetime, number: int) -> int:
    """For the verb that publishes report `number`."""
    return tell(consultation, Occasion.REPORT, moment=moment, mark=str(number))


def _post(follower, event, consultation) -> None:
    secret = secret_of(follower.pk)
    leave_path = reverse("consultations:follow_leave", args=[secret])
    outbox.post(
        event=f"consultations/{event}",
        to=follower.email,
        context={
            "title": consultation.title,
            "last_day": long_date(consultation.last_moment) if consultation.closes_at else "",
            "path": reverse("consultations:consultation", args=[consultation.slug]),
            "confirm_path": reverse("consultations:follow_confirm", args=[secret]),
            "leave_path": leave_path,
        },
        leave_path=leave_path,
    )


# Removal


def unconfirmed_before(moment: datetime):
    """Asked for by somebody and never confirmed by the owner of the address."""
    return Follower.objects.filter(confirmed_at__isnull=True, asked_at__lt=moment)


def of_finished_before(moment: datetime):
    """Nothing is left to tell: archived or cancelled, and long ago."""
    over = [ConsultationStatus.ARCHIVED, ConsultationStatus.CANCELLED]
    return Follower.objects.filter(consultation__status__in=over, consultation__closes_at__lt=moment)
