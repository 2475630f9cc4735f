"""What consultations do by themselves. Opening and closing are not here: the clock of the database decides them (C17, B7)."""

from celery import shared_task
from django.utils import timezone

from consultations import ballot_box, drafts
from consultations.actions import followers


@shared_task
def tell_followers():
    followers.tell_all(moment=timezone.now())


@shared_task
def seal_boxes():
    ballot_box.seal_all(timezone.now())
    drafts.remove_closed()
