"""One-line tasks."""

from celery import shared_task
from django.utils import timezone

from announcements.actions import announcements, reminding


@shared_task
def send_due():
    announcements.send_due(moment=timezone.now())


@shared_task
def finish_sent():
    announcements.finish_sent(moment=timezone.now())


@shared_task
def remind_of_waste():
    reminding.remind_due(moment=timezone.now())
