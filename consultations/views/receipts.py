"""What a voter gets and anybody may check: that a commitment is in the box and where it stands. Never what it says."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import ballot_box, chain, suspicion
from consultations.merkle import path
from consultations.models import Envelope
from consultations.statuses import EnvelopeState
from consultations.views.instruments import load, unnamed

LENGTH = 64  # hexadecimal digits
STAGES = {
    EnvelopeState.WAITING: ("good", "przyjęty"),
    EnvelopeState.ADMITTED: ("good", "przyjęty"),
    EnvelopeState.HELD: ("warn", "do wyjaśnienia"),
    EnvelopeState.LISTED: ("good", "policzony"),
    EnvelopeState.REFUSED: ("urgent", "niedopuszczony"),
}


@require_safe
@unnamed
def sent(request, slug, code):
    """„Twój głos przyjęto”: to be printed, copied or photographed. The address without a receipt leads nowhere."""
    instrument = load(slug, code)
    envelope = ballot_box.find(instrument, _digits(request))
    if envelope is None:
        raise Http404
    return render(request, "consultations/survey_sent.html", _told(instrument, envelope))


@require_safe
@unnamed
def receipt(request, slug, code):
    """Is my voice in the box? For whoever types or pastes a receipt; open to everybody."""
    instrument, digits = load(slug, code), _digits(request)
    envelope = ballot_box.find(instrument, digits) if len(digits) == LENGTH else None
    page = _told(instrument, envelope) if envelope else {"instrument": instrument, "consultation": instrument.consultation}
    return render(request, "consultations/receipt.html", {**page, "typed": request.GET.get("p", "")[:200], "digits": digits})


@require_safe
@unnamed
def proof(request, slug, code):
    """The path of one receipt to the published root, for whoever computes it themselves (RFC 6962)."""
    instrument, digits = load(slug, code), _digits(request)
    envelope = ballot_box.find(instrument, digits)
    if envelope is None or envelope.state != EnvelopeState.LISTED:
        raise Http404
    batch = envelope.batch
    leaves = sorted(bytes(one) for one in Envelope.objects.filter(batch=batch).values_list("commitment", flat=True))
    index = leaves.index(bytes(envelope.commitment))
    answer = {
        "commitment": digits, "batch": batch.number, "index": index, "size": len(leaves), "root": batch.commitments_root,
        "path": [one.hex() for one in path(leaves, index)], "head": batch.head,
    }  # fmt: skip
    return JsonResponse(answer)


def _digits(request) -> str:
    """Spaces and line ends of a copied receipt do no harm."""
    return "".join(request.GET.get("p", "").split()).lower()[:LENGTH]


def _told(instrument, envelope) -> dict:
    tone, word = STAGES[EnvelopeState(envelope.state)]
    settlement = getattr(envelope, "settlement", None) if envelope.state == EnvelopeState.REFUSED else None
    hex_digits = bytes(envelope.commitment).hex()
    return {
        "instrument": instrument, "consultation": instrument.consultation, "envelope": envelope, "tone": tone, "word": word,
        "commitment": hex_digits, "groups": [hex_digits[at : at + 4] for at in range(0, LENGTH, 4)],
        "reasons": suspicion.in_words(envelope.held_for), "settlement": settlement, "chain_head": chain.head(instrument.consultation),
    }  # fmt: skip
