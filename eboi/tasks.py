"""What e-BOI does each night."""

from celery import shared_task
from django.utils import timezone

from eboi.actions import rulings


@shared_task
def make_final():
    rulings.make_final_all(moment=timezone.now())
