"""Kinds, rates and terms: a new row for each change; of one that stands only its end and its confirmation change."""

from django.contrib import admin

from dues.models import InterestRate, InterestTerms, Kind
from office.admin_buttons import DeskAdmin

DATED = ["valid_from", "valid_to", "source", "needs_confirmation"]
STILL_CHANGES = {"valid_to", "needs_confirmation", "source"}


class DatedDesk(DeskAdmin):
    may_add = may_change = True
    changes_too: set[str] = set()

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in STILL_CHANGES | self.changes_too] if obj else []


@admin.register(Kind)
class KindAdmin(DatedDesk):
    changes_too = {"name", "legal_basis", "purpose", "order"}
    list_display = ["name", "code", "purpose", "bears_interest", "needs_confirmation"]
    fields = ["code", "name", "legal_basis", "purpose", "bears_interest", "order", *DATED]


@admin.register(InterestRate)
class InterestRateAdmin(DatedDesk):
    list_display = ["percent", *DATED]
    list_filter = ["needs_confirmation"]
    fields = ["percent", *DATED]


@admin.register(InterestTerms)
class InterestTermsAdmin(DatedDesk):
    list_display = ["letter_grosze", "letters", "rounding_grosze", "year_days", "term_moves", *DATED]
    list_display_links = ["letter_grosze"]
    fields = ["letter_grosze", "letters", "rounding_grosze", "year_days", "term_moves", *DATED]
