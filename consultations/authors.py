"""What a letter asks of its author: only what the integrity level of the consultation demands, and why (C5, C6, C12)."""

from typing import NamedTuple

from consultations.models import IntegrityLevel


class Asked(NamedTuple):
    """`contact`: an address shown to be one's own, by an account or by a code; `account`: an account; `proof`: the town must know
    that the person lives here; `declares`: name, address and a statement. With none of them a letter may be anonymous."""

    contact: bool
    account: bool
    proof: bool
    declares: bool


def asked_of(instrument) -> Asked:
    """A statutory planning letter asks for what the statute says and for nothing by level: anybody may write one, at any age (C12)."""
    level = instrument.consultation.integrity
    if instrument.definition_id:
        return Asked(contact=False, account=False, proof=False, declares=False)
    return Asked(
        contact=level == IntegrityLevel.CONTACT,
        account=level == IntegrityLevel.PROVEN,
        proof=level == IntegrityLevel.PROVEN,
        declares=level == IntegrityLevel.DECLARED,
    )
