"""The verbs of the register of persons. Each is one transaction, refuses with plain Polish (Refused), knows no HTTP."""

from residents.actions.consents import accept_terms, give_consent, withdraw_consent
from residents.actions.data_requests import answer_data_request, ask_about_data, extend_data_request
from residents.actions.homes import (
    dwelling_at,
    end_residency,
    grant_residency,
    join_household,
    leave_household,
)
from residents.actions.identity import (
    confirm_identity_at_desk,
    detach_account,
    issue_desk_code,
    redeem_desk_code,
    revoke_confirmation,
)
from residents.actions.people import correct_person, declare_person, reveal_pesel

__all__ = [
    "accept_terms",
    "answer_data_request",
    "ask_about_data",
    "confirm_identity_at_desk",
    "correct_person",
    "declare_person",
    "detach_account",
    "dwelling_at",
    "end_residency",
    "extend_data_request",
    "give_consent",
    "grant_residency",
    "issue_desk_code",
    "join_household",
    "leave_household",
    "redeem_desk_code",
    "reveal_pesel",
    "revoke_confirmation",
    "withdraw_consent",
]
