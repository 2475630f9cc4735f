from residents.models.consents import Consent, Purpose, Terms, TermsAcceptance
from residents.models.copies import DataCopy
from residents.models.people import (
    DeskCode,
    DeskCodeTry,
    Household,
    HouseholdMember,
    IdentityConfirmation,
    IdentityLevel,
    Person,
    mask_pesel,
    pesel_lookup,
)
from residents.models.places import AddressPoint, Dwelling, StreetPlace
from residents.models.policy import RegisterPolicy
from residents.models.requests import DataRequest
from residents.models.residency import ResidencyProof

__all__ = [
    "AddressPoint",
    "Consent",
    "DataCopy",
    "DataRequest",
    "DeskCode",
    "DeskCodeTry",
    "Dwelling",
    "Household",
    "HouseholdMember",
    "IdentityConfirmation",
    "IdentityLevel",
    "Person",
    "Purpose",
    "RegisterPolicy",
    "ResidencyProof",
    "StreetPlace",
    "Terms",
    "TermsAcceptance",
    "mask_pesel",
    "pesel_lookup",
]
