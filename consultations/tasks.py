"""What consultations do by themselves. Opening and closing are not here: the clock of the database decides them (C17, B7)."""

from celery import shared_task
from django.utils import timezone

from consultations import attachments, ballot_box, drafts
from consultations.actions import exports, followers


@shared_task
def tell_followers():
    followers.tell_all(moment=timezone.now())


@shared_task
def seal_boxes():
    ballot_box.seal_all(timezone.now())
    drafts.remove_closed()
    attachments.remove_unsent()


@shared_task
def run_export(pk):
    exports.run(pk, moment=timezone.now())


@shared_task
def sweep_exports():
    exports.sweep(moment=timezone.now())


@shared_task
def prepare_open_data():
    exports.prepare_open_data(moment=timezone.now())
