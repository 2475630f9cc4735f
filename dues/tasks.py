"""What beat and the bell ring for. Each task calls a verb; missing one is caught up by the next."""

from celery import shared_task
from django.utils import timezone

from dues.actions import imports, paying, reminding


@shared_task
def run_import(pk):
    imports.run(pk, moment=timezone.now())


@shared_task
def sweep_imports():
    imports.sweep(moment=timezone.now())


@shared_task
def settle_entries():
    paying.settle_entries(moment=timezone.now())


@shared_task
def remind():
    reminding.remind_all(moment=timezone.now())
