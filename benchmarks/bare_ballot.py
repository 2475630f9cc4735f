"""The baseline of a vote: a bare post behind the same middleware and session that inserts the same rows by the ORM."""

import os

from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import include, path

from consultations.models import Envelope, Instrument, Participation


def bare_ballot(request):
    assert request.user.is_authenticated
    if not BOX:
        BOX.append(Instrument.objects.get())
    with transaction.atomic():
        Envelope.objects.create(
            instrument=BOX[0], token_mark=os.urandom(32), commitment=os.urandom(32), sealed=os.urandom(1052), channel="online"
        )
        marks = (Participation(instrument=BOX[0], face=face, nullifier=os.urandom(32)) for face in ("person", "particulars"))
        Participation.objects.bulk_create(marks)
    return HttpResponseRedirect("/przyjeto/")


BOX: list[Instrument] = []
urlpatterns = [path("bare/ballot/", bare_ballot), path("", include("pruszcz_portal.urls"))]
