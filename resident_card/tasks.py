"""What the card does by itself."""

from celery import shared_task
from django.utils import timezone

from resident_card.actions import discounts, invitations


@shared_task
def expire_invitations():
    invitations.expire_all(moment=timezone.now())


@shared_task
def forget_checks():
    discounts.forget_checks(moment=timezone.now())
