"""The portal's Celery: workers answer the bell, beat finds what the bell lost (D4, D5)."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init

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
    "send announcements whose moment has come": _every(10, "announcements.tasks.send_due"),
    "finish announcements that are out": _every(60, "announcements.tasks.finish_sent"),
    "remind of days of waste": _every(60, "announcements.tasks.remind_of_waste"),
    "seal yesterday's audit": {"task": "pruszcz_portal.tasks.seal_audit", "schedule": crontab(hour=0, minute=20)},
    "tell followers of consultations": _every(600, "consultations.tasks.tell_followers"),
    "make files that wait": _every(30, "consultations.tasks.sweep_exports"),
    "make open data": _every(600, "consultations.tasks.prepare_open_data"),
    "make copies of people's data that wait": _every(30, "pruszcz_portal.tasks.sweep_copies"),
    "abandon visits left open": _every(300, "pszok.tasks.abandon_old"),
    "knock at captive pages": _every(300, "wifi_points.tasks.probe_all"),
    "forget old knocks": {"task": "wifi_points.tasks.forget_old", "schedule": crontab(hour=3, minute=25)},
    "remind of ends of duties and warranties": {
        "task": "wifi_points.tasks.remind_of_ends",
        "schedule": crontab(hour=7, minute=35),
    },
    "seal the ballot boxes": {"task": "consultations.tasks.seal_boxes", "schedule": crontab(hour=0, minute=10)},
    "handle messages of the payment provider": _every(20, "payments.tasks.handle_events"),
    "order released refunds": _every(60, "payments.tasks.send_refunds"),
    "ask about payments begun online": _every(300, "payments.tasks.reconcile"),
    "send paid duplicates of cards to print": _every(60, "resident_card.tasks.send_paid_duplicates_to_print"),
    "give, prolong and announce packages": {
        "task": "resident_card.tasks.packages_of_the_night",
        "schedule": crontab(hour=0, minute=30),
    },
    "check and load files of the tax system": _every(30, "dues.tasks.sweep_imports"),
    "post what came for dues": _every(60, "dues.tasks.settle_entries"),
    "remind of dues": {"task": "dues.tasks.remind", "schedule": crontab(hour=8, minute=5)},
    "make unappealed decisions final": {"task": "eboi.tasks.make_final", "schedule": crontab(hour=0, minute=40)},
    "remove what is past its period": {"task": "pruszcz_portal.tasks.remove_old", "schedule": crontab(hour=2, minute=10)},
    "forget unanswered invitations": {"task": "resident_card.tasks.expire_invitations", "schedule": crontab(hour=0, minute=5)},
    "forget looks at cards": {"task": "resident_card.tasks.forget_checks", "schedule": crontab(hour=3, minute=20)},
    "forget ended sessions": {"task": "accounts.tasks.forget_the_ended", "schedule": crontab(hour=3, minute=5)},
    "sweep files without a row": {"task": "pruszcz_portal.tasks.sweep_files", "schedule": crontab(hour=2, minute=40)},
}


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs):
    """An exit and not an exception: Celery's signals swallow those and the worker would go on."""
    from pruszcz_portal import checks

    if found := checks.problems():
        raise SystemExit(checks.refusal(found))
