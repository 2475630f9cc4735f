"""What beat rings for. Each task calls a verb; missing one is caught up by the next."""

from celery import shared_task
from django.utils import timezone

from resident_card.actions import discounts, invitations, nightly, plastic


@shared_task
def expire_invitations():
    invitations.expire_all(moment=timezone.now())


@shared_task
def forget_checks():
    discounts.forget_checks(moment=timezone.now())


@shared_task
def packages_of_the_night():
    day, moment = timezone.localdate(), timezone.now()
    nightly.grant_what_comes_by_itself(day=day, moment=moment)
    nightly.remind_of_ends(day=day, moment=moment)
    nightly.forget_seen_codes(moment=moment)


@shared_task
def send_paid_duplicates_to_print():
    plastic.settle_paid(moment=timezone.now())
