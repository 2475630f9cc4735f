"""One-line tasks. The bell calls them at once, beat calls them again for what the bell lost (D4, D5)."""

from celery import shared_task

from office import relay as postman
from office import scanning


@shared_task
def relay():
    postman.drain()


@shared_task
def scan(pk):
    scanning.scan(pk)


@shared_task
def scan_waiting():
    scanning.scan_waiting()
