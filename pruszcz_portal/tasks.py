"""What happens each night, and copies of people's data."""

from celery import shared_task
from django.utils import timezone

from office import audit, files, retention
from pruszcz_portal.my_data import write_copy
from pruszcz_portal.removals import REMOVALS
from residents.actions import copies


@shared_task
def remove_old():
    retention.run(REMOVALS, moment=timezone.now())


@shared_task
def seal_audit():
    audit.seal(today=timezone.localdate())


@shared_task
def sweep_files():
    files.sweep()


@shared_task
def make_copy(pk):
    copies.make_copy(pk, write=write_copy, moment=timezone.now())


@shared_task
def sweep_copies():
    copies.sweep_copies(write=write_copy, moment=timezone.now())
