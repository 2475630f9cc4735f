"""What a letter asks of its author: only what the integrity level of the consultation demands, and why (C5, C6, C12)."""

from typing import NamedTuple

from consultations.models import IntegrityLevel


class Asked(NamedTuple):
    """`account`: a confirmed address is needed; `proof`: the town must know that the person lives here; `declares`: name, address
    and a statement. With none of them a letter may be anonymous."""

    account: bool
    proof: bool
    declares: bool


def asked_of(instrument) -> Asked:
    """A statutory planning letter asks for what the statute says and for nothing by level: anybody may write one, at any age (C12)."""
    level = instrument.consultation.integrity
    if instrument.definition_id:
        return Asked(account=False, proof=False, declares=False)
    return Asked(
        account=level in (IntegrityLevel.CONTACT, IntegrityLevel.PROVEN),
        proof=level == IntegrityLevel.PROVEN,
        declares=level == IntegrityLevel.DECLARED,
    )
