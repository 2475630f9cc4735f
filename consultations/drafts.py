"""Answers saved before they are sent, readable only with the key of the consultation and, of a link, only with the link itself.

A draft carries the one-time token of its form, so that a form sent twice is one voice whatever happened in between.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from consultations import keys
from consultations.models import SurveyDraft
from consultations.statuses import ConsultationStatus

SECRET_LENGTH = 43  # characters of token_urlsafe(32)
COLLECTING = (ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED)


@dataclass(frozen=True)
class Holder:
    """Whose draft: of an account by its subject, or of whoever has the secret of the link. One of the two is set."""

    subject: str = ""
    secret: str = ""

    @property
    def name(self) -> str:
        return f"owner\0{self.subject}" if self.subject else f"link\0{self.secret}"

    def mark(self, instrument) -> dict[str, Any]:
        column = "owner_mark" if self.subject else "resume_mark"
        return {column: keys.mark(instrument.consultation_id, keys.DRAFT, f"mark\0{instrument.pk}\0{self.name}")}

    def key(self, instrument) -> bytes:
        return keys.mark(instrument.consultation_id, keys.DRAFT, f"key\0{instrument.pk}\0{self.name}")


@dataclass
class Draft:
    version_id: UUID | None  # none of a budget card
    answers: dict[str, Any]
    token: str
    saved_on: date | None = None
    to_confirm: list[str] = field(default_factory=list)  # questions that changed since they were answered


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def begin(version_id: UUID) -> Draft:
    """Nothing is stored before something is answered."""
    return Draft(version_id=version_id, answers={}, token=secrets.token_urlsafe(32))


def load(instrument, holder: Holder) -> Draft | None:
    row = SurveyDraft.objects.filter(instrument=instrument, **holder.mark(instrument)).first()
    if row is None:
        return None
    try:
        inside = json.loads(keys.open_up(holder.key(instrument), bytes(row.sealed), instrument.pk.bytes))
    except keys.Unreadable:
        return None
    return Draft(row.version_id, inside["answers"], inside["token"], row.saved_on, inside["to_confirm"])


def keep(instrument, holder: Holder, draft: Draft, *, day: date) -> None:
    """The last save stands: answers of one screen replace those of the same screen typed elsewhere."""
    content = json.dumps({"answers": draft.answers, "token": draft.token, "to_confirm": draft.to_confirm}).encode()
    sealed = keys.close(holder.key(instrument), content, instrument.pk.bytes)
    stored = {"version_id": draft.version_id, "sealed": sealed, "saved_on": day}
    SurveyDraft.objects.update_or_create(instrument=instrument, **holder.mark(instrument), defaults=stored)
    draft.saved_on = day


def forget(instrument, holder: Holder) -> None:
    mine = SurveyDraft.objects.filter(instrument=instrument, **holder.mark(instrument))
    mine._raw_delete(mine.db)  # nothing hangs on a draft


def remove_closed() -> int:
    """Drafts that can not be sent any more, by the clock of the database. Returns how many."""
    collecting = Q(instrument__consultation__status__in=COLLECTING, instrument__consultation__closes_at__gt=Now())
    return SurveyDraft.objects.exclude(pk__in=SurveyDraft.objects.filter(collecting).values("pk")).delete()[0]
