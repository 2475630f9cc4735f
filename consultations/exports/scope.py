"""What a file is about: instrument, profile and day. A box is read up to the batches of that day, whatever is sealed meanwhile."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from consultations.models import Ballot, Batch, Consultation, Export, Instrument, InstrumentKind, TextCorrection
from schemas.definition import Form, compiled

Profile = Export.Profile


@dataclass(frozen=True)
class Scope:
    instrument: Instrument
    profile: str
    as_of: date

    @property
    def consultation(self) -> Consultation:
        return self.instrument.consultation

    @property
    def is_full(self) -> bool:
        return self.profile == Profile.FULL

    @property
    def is_public(self) -> bool:
        return self.profile == Profile.PUBLIC

    @property
    def is_budget(self) -> bool:
        return self.instrument.kind == InstrumentKind.BUDGET

    @cached_property
    def batches(self) -> list[Batch]:
        """Read once: a sealing in mid-export changes nothing of this file."""
        return list(Batch.objects.filter(instrument=self.instrument, day__lte=self.as_of).order_by("number"))

    @cached_property
    def batch_numbers(self) -> dict[UUID, int]:
        return {batch.pk: batch.number for batch in self.batches}

    @cached_property
    def forms(self) -> dict[UUID, Form]:
        """Versions of the questions approved by that day, oldest first."""
        approved = self.instrument.versions.filter(approved_at__date__lte=self.as_of).order_by("approved_at", "id")
        answered = self.ballots().exclude(version=None).order_by().values_list("version", flat=True).distinct()
        used = dict.fromkeys([*approved.values_list("version", flat=True), *answered])
        return {pk: compiled(pk) for pk in used}

    @property
    def count(self) -> int:
        return sum(batch.count for batch in self.batches)

    def ballots(self) -> QuerySet[Ballot]:
        """In the order of their random ids, which says nothing of when they came."""
        return Ballot.objects.filter(instrument=self.instrument, batch__in=list(self.batch_numbers)).order_by("id")


def title_on(consultation: Consultation, day: date) -> str:
    """The title as it was that day: a correction made later is in its history."""
    later = TextCorrection.objects.filter(consultation=consultation, field="title", at__date__gt=day).order_by("at").first()
    return later.old if later else consultation.title
