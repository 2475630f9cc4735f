"""The portal's Celery: workers answer the bell, beat finds what the bell lost (D4, D5)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pruszcz_portal.settings")

app = Celery("pruszcz_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _every(seconds, task):
    """A sweep that nobody took before the next one is due is dropped, so that a worker coming back finds no pile."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds)}}


app.conf.beat_schedule = {
    "send waiting messages": _every(10, "office.tasks.relay"),
    "scan waiting files": _every(20, "office.tasks.scan_waiting"),
}
