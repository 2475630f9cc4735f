"""The public page of a box: what was sealed day by day, under which roots. Of what the voices say, nothing before the report."""

from django.db.models import Sum
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import chain
from consultations.manifest import commitment_line
from consultations.models import ChainEntry, Envelope
from consultations.views.instruments import load, unnamed


@require_safe
@unnamed
def box(request, slug, code):
    instrument = load(slug, code)
    batches = list(instrument.batches.order_by("-number"))
    page = {
        "instrument": instrument, "consultation": instrument.consultation, "batches": batches, "today": timezone.localdate(),
        "total": instrument.batches.aggregate(total=Sum("count"))["total"] or 0, "head": chain.head(instrument.consultation),
        "events": ChainEntry.objects.filter(consultation=instrument.consultation).count(),
    }  # fmt: skip
    return render(request, "consultations/box.html", page)


@require_safe
@unnamed
def commitments(request, slug, code):
    """Every listed commitment, a line each: number of the batch, then 64 digits. Sorted, so the order tells nothing."""
    instrument = load(slug, code)
    listed = Envelope.objects.filter(instrument=instrument, batch__isnull=False).order_by("batch__number", "commitment")
    rows = listed.values_list("batch__number", "commitment").iterator(chunk_size=2000)
    lines = (commitment_line(number, bytes(commitment)) + b"\n" for number, commitment in rows)
    response = StreamingHttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="potwierdzenia-{instrument.code}.txt"'
    return response
