"""One-line tasks."""

from celery import shared_task
from django.utils import timezone

from accounts import actions


@shared_task
def forget_the_ended():
    actions.forget_the_ended(moment=timezone.now())
