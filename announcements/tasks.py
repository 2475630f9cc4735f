"""One-line tasks."""

from celery import shared_task
from django.utils import timezone

from announcements.actions import announcements


@shared_task
def send_due():
    announcements.send_due(moment=timezone.now())


@shared_task
def finish_sent():
    announcements.finish_sent(moment=timezone.now())
