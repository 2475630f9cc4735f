import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pruszcz_portal.settings")

app = Celery("pruszcz_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
