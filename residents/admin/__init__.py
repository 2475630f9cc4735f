from residents.admin.data_requests import DataRequestAdmin
from residents.admin.people import PersonAdmin
from residents.admin.places import AddressPointAdmin
from residents.admin.register import PurposeAdmin, RegisterPolicyAdmin, TermsAdmin
from residents.admin.streets import StreetPlaceAdmin

__all__ = [
    "AddressPointAdmin",
    "DataRequestAdmin",
    "PersonAdmin",
    "PurposeAdmin",
    "RegisterPolicyAdmin",
    "StreetPlaceAdmin",
    "TermsAdmin",
]
