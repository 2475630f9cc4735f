"""One-line tasks. The bell calls them at once, beat calls them again for what the bell lost (D4, D5)."""

from celery import shared_task
from django.utils import timezone

from payments.actions import refunds, settling


@shared_task
def handle_events():
    settling.handle_waiting(moment=timezone.now())
    refunds.handle_waiting(moment=timezone.now())


@shared_task
def reconcile():
    settling.reconcile(moment=timezone.now())
    refunds.follow_waiting(moment=timezone.now())


@shared_task
def send_refunds():
    refunds.send_waiting(moment=timezone.now())
