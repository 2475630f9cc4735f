"""What the resident card stores, one module a noun."""

from resident_card.models.applications import Application, ApplicationFile, Basis, Photo
from resident_card.models.cards import CardMedium, PlasticOrder, PrintBatch, SeenCode
from resident_card.models.families import Family, FamilyAct, Invitation, Membership
from resident_card.models.packages import PackageGrant, PackageNotice, PackageType
from resident_card.models.partners import CardCheck, Offer, OfferCount, Partner, PartnerPoint, PartnerUser, Redemption
from resident_card.models.policy import CardPolicy

__all__ = [
    "Application",
    "ApplicationFile",
    "Basis",
    "CardCheck",
    "CardMedium",
    "CardPolicy",
    "Family",
    "FamilyAct",
    "Invitation",
    "Membership",
    "Offer",
    "OfferCount",
    "PackageGrant",
    "PackageNotice",
    "PackageType",
    "Partner",
    "PartnerPoint",
    "PartnerUser",
    "Photo",
    "PlasticOrder",
    "PrintBatch",
    "Redemption",
    "SeenCode",
]
