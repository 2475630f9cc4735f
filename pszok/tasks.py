"""One-line tasks. Beat calls them; a lost call costs nothing, the next one finds the same visits."""

from celery import shared_task
from django.utils import timezone

from pszok.actions import visits


@shared_task
def abandon_old():
    visits.abandon_old(moment=timezone.now())
