"""One-line Celery tasks that call a verb. Each network is a task of its own: a hanging one keeps no other waiting."""

from celery import shared_task
from django.utils import timezone

from wifi_points.actions import duties, probing
from wifi_points.models import Network


@shared_task
def probe_all():
    for network in probing.probed():
        probe.delay(str(network.pk))


@shared_task
def probe(pk):
    probing.probe(Network.objects.get(pk=pk), moment=timezone.now())


@shared_task
def forget_old():
    probing.forget_old(moment=timezone.now())


@shared_task
def remind_of_ends():
    duties.remind_of_ends(moment=timezone.now())
