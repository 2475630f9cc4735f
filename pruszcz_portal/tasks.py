"""What happens each night."""

from celery import shared_task
from django.utils import timezone

from office import audit, files, retention
from pruszcz_portal.removals import REMOVALS


@shared_task
def remove_old():
    retention.run(REMOVALS, moment=timezone.now())


@shared_task
def seal_audit():
    audit.seal(today=timezone.localdate())


@shared_task
def sweep_files():
    files.sweep()
