"""Two people settle what was held for a reason: admitted or not, before it is listed and without seeing what it says (C36, B10)."""

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations.models import Envelope, Settlement
from consultations.statuses import EnvelopeState
from office.transitions import Refused


@transaction.atomic
def propose(envelope, *, is_admitted: bool, reason: str, whole_cluster: bool = False, by, moment) -> int:
    """The first person says what should be done, with a reason the voter will read. Returns how many envelopes it is about.

    `whole_cluster`: every envelope held for one of the same reasons. Refused without a reason and for what is not held.
    """
    if not reason.strip():
        raise Refused(_("Napisz, dlaczego. Powód przeczyta osoba, która oddała głos."))
    held = _held_with(envelope) if whole_cluster else Envelope.objects.filter(pk=envelope.pk, state=EnvelopeState.HELD)
    waiting = list(held.filter(settlement__isnull=True).select_for_update(of=("self",), no_key=True))
    if not waiting:
        raise Refused(_("Ten głos nie czeka na rozstrzygnięcie albo ktoś już je zaproponował."))
    Settlement.objects.bulk_create(
        Settlement(envelope=one, is_admitted=is_admitted, reason=reason.strip(), proposed_by=by.subject, day=localdate(moment))
        for one in waiting
    )
    return len(waiting)


def _held_with(envelope):
    """Everything held for one of the reasons of this envelope, in the same box."""
    same = Q()
    for code in envelope.held_for:
        same |= Q(held_for__contains=[code])
    held = Envelope.objects.filter(instrument_id=envelope.instrument_id, state=EnvelopeState.HELD)
    return held.filter(same) if same else held.none()


@transaction.atomic
def confirm(envelope, *, whole_cluster: bool = False, by, moment) -> int:
    """The second person agrees: admitted voices wait for the next sealing, the others are closed unread. Returns how many.

    Refused to whoever proposed it, and when there is nothing to confirm.
    """
    held = _held_with(envelope) if whole_cluster else Envelope.objects.filter(pk=envelope.pk, state=EnvelopeState.HELD)
    proposed = held.filter(settlement__confirmed_by__isnull=True, settlement__isnull=False).exclude(
        settlement__proposed_by=by.subject
    )
    ready = list(proposed.select_related("settlement").select_for_update(of=("self",), no_key=True))
    if not ready:
        raise Refused(_("Nie ma tu propozycji innej osoby, którą można potwierdzić."))
    for one in ready:
        one.state = EnvelopeState.ADMITTED if one.settlement.is_admitted else EnvelopeState.REFUSED
        one.sealed = one.sealed if one.settlement.is_admitted else None
    Envelope.objects.bulk_update(ready, ["state", "sealed"], batch_size=1000)
    settled = Settlement.objects.filter(envelope__in=ready)
    settled.update(confirmed_by=by.subject, day=localdate(moment))
    return len(ready)


@transaction.atomic
def withdraw(envelope, *, whole_cluster: bool = False, by, moment) -> int:
    """Take a proposal back, by either person, so that another can be made. Returns how many."""
    held = _held_with(envelope) if whole_cluster else Envelope.objects.filter(pk=envelope.pk, state=EnvelopeState.HELD)
    gone, _kinds = Settlement.objects.filter(envelope__in=held, confirmed_by__isnull=True).delete()
    if not gone:
        raise Refused(_("Nie ma propozycji do wycofania."))
    return gone
