"""What people owe the town by its tax system, what the portal took for it, and who may see that."""

from dues.models.imports import Change, Import
from dues.models.liabilities import Instalment, Liability
from dues.models.payers import LinkCode, Payer, PayerLink
from dues.models.posting import Included, PostedEntry, Posting, Quote, QuoteLine, with_postings
from dues.models.reminders import Preference, Reminder
from dues.models.tables import InterestRate, InterestTerms, Kind

__all__ = [
    "Change",
    "Import",
    "Included",
    "Instalment",
    "InterestRate",
    "InterestTerms",
    "Kind",
    "Liability",
    "LinkCode",
    "Payer",
    "PayerLink",
    "PostedEntry",
    "Posting",
    "Preference",
    "Quote",
    "QuoteLine",
    "Reminder",
    "with_postings",
]
