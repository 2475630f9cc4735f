"""What the point forgets (Q24, R91): who came, after 13 months; a dispute's words, 13 months after its answer. Masses and entries stay."""

from office.retention import Removal
from pszok.models import Dispute, Visit


def visits_of_people_before(moment):
    return Visit.objects.filter(opened_at__lt=moment, person__isnull=False)


def forget_who_came(visit: Visit) -> None:
    """The dwelling's entry stays; neither the row nor the copies that triggers made of it name anybody."""
    Visit.objects.filter(pk=visit.pk).update(person=None, medium=None)
    Visit.pgh_event_model.objects.filter(pgh_obj=visit.pk).update(person=None, medium=None)  # type: ignore[attr-defined]


def disputes_answered_before(moment):
    """One that nobody has answered is never removed, however old."""
    return Dispute.objects.filter(answered_at__lt=moment)


def forget_dispute(dispute: Dispute) -> None:
    number = dispute.pk  # a deleted row forgets it
    dispute.delete()
    Dispute.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]


REMOVALS = [
    Removal("waste_visit_person", visits_of_people_before, forget_who_came),
    Removal("waste_dispute", disputes_answered_before, forget_dispute),
]
