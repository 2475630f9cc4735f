"""By what one person may be known: each face becomes a nullifier, all are taken at once, so portal, paper and e-mail meet (C34).

The texts here live only in memory on their way into `ballot_box.accept`, which keeps a keyed mark of each.
"""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from consultations.models import Participation
from office.compiled import compiled
from office.polish import fold
from residents.models import HouseholdMember, Person
from residents.models.places import address_key

Face = Participation.Face
Faces = list[tuple[Face, str]]
NO_PART = frozenset({"ul.", "ulica", "ul", "m.", "m", "lok.", "nr", "pruszcz", "gdanski"})  # of an address in one line
POST_CODE = re.compile(r"\d\d-\d{3}")


def faces_of(person: Person | None, email: str | None = None, particulars: dict[str, Any] | None = None) -> Faces:
    """(face, normalised identifier) of everything that is known of one voter.

    `particulars`: {"name": "Anna Kowalska", "street", "number", "flat"} or {"name", "address": in one line}; with "born_year" when it
    was asked. Without a name or an address they say too little of a person and give no face.
    """
    faces: Faces = []
    if person is not None:
        faces.append((Face.PERSON, str(_standing(person).pk)))
    if email:
        faces.append((Face.CONTACT, normal_email(email)))
    if text := normal_particulars(particulars or {}):
        faces.append((Face.PARTICULARS, text))
    return faces


def _standing(person: Person) -> Person:
    while person.merged_into is not None:
        person = person.merged_into
    return person


def normal_email(email: str) -> str:
    """One mailbox, one text: letter case and what stands after a plus do not make another person."""
    name, _at, host = email.strip().lower().rpartition("@")
    name = name.split("+", 1)[0]
    return f"{name.replace('.', '')}@gmail.com" if host in ("gmail.com", "googlemail.com") else f"{name}@{host}"


def normal_particulars(given: dict[str, Any]) -> str:
    """„Kowalska Anna” and „anna kowalska” are one; so are „ul. Batorego 12A m. 3” and „Batorego 12a/3”."""
    name = " ".join(sorted(fold(str(given.get("name") or "")).replace("-", " ").split()))
    address = _address(given)
    if not name or not address:
        return ""
    return "|".join([name, address, str(given.get("born_year") or "")])


def _address(given: dict[str, Any]) -> str:
    if given.get("street") and given.get("number"):
        flat = fold(str(given.get("flat") or "")).replace(" ", "")
        return address_key(str(given["street"]), str(given["number"])) + (f" {flat}" if flat else "")
    line = fold(str(given.get("address") or "")).replace(",", " ").replace("/", " ")
    return " ".join(word for word in line.split() if word not in NO_PART and not POST_CODE.fullmatch(word))


def particulars_of(person: Person, day: date) -> dict[str, Any]:
    """Name and home of a person of the register; empty when no home is recorded."""
    home = next(_homes(person=person.pk, day=day), None)
    if home is None:
        return {}
    dwelling = home.household.dwelling
    return {
        "name": str(person), "street": dwelling.address.street, "number": dwelling.address.number, "flat": dwelling.flat,
        "born_year": person.born_on.year if person.born_on else None,
    }  # fmt: skip


@compiled
def _homes(*, person: UUID, day: date) -> QuerySet[HouseholdMember]:
    lived_in = HouseholdMember.objects.on(day).filter(person=person)
    return lived_in.select_related("household__dwelling__address").order_by("-since")[:1]
