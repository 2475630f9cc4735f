from residents.models.consents import Consent, Terms, TermsAcceptance
from residents.models.people import DeskCode, Household, HouseholdMember, IdentityConfirmation, IdentityLevel, Person
from residents.models.places import AddressPoint, Dwelling
from residents.models.residency import ResidencyProof

__all__ = [
    "AddressPoint",
    "Consent",
    "DeskCode",
    "Dwelling",
    "Household",
    "HouseholdMember",
    "IdentityConfirmation",
    "IdentityLevel",
    "Person",
    "ResidencyProof",
    "Terms",
    "TermsAcceptance",
]
