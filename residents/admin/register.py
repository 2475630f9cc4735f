"""Rows of rules: a new one is added, of an old one only the end and the confirmation may change."""

from django.contrib import admin

from office.admin_buttons import DeskAdmin
from residents.models import Purpose, RegisterPolicy, Terms

MAY_CHANGE = ("valid_to", "needs_confirmation")


class DatedAdmin(DeskAdmin):
    may_add = may_change = True

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in MAY_CHANGE] if obj else []


@admin.register(Terms)
class TermsAdmin(DatedAdmin):
    list_display = ["kind", "version", "valid_from", "valid_to", "needs_confirmation"]
    list_filter = ["kind", "needs_confirmation"]
    fields = ["kind", "version", "text", "valid_from", "valid_to", "source", "needs_confirmation"]


@admin.register(Purpose)
class PurposeAdmin(DatedAdmin):
    """L19: the register of processing purposes."""

    list_display = ["name", "legal_basis", "needs_consent", "valid_from", "valid_to", "needs_confirmation"]
    list_filter = ["needs_consent", "needs_confirmation"]
    fields = [
        "code", "name", "legal_basis", "needs_consent", "wording", "valid_from", "valid_to", "source", "needs_confirmation",
    ]  # fmt: skip


@admin.register(RegisterPolicy)
class RegisterPolicyAdmin(DatedAdmin):
    list_display = ["valid_from", "desk_code_days", "desk_code_tries", "consent_age", "answer_months", "needs_confirmation"]
    fields = [
        "desk_code_days", "desk_code_tries", "consent_age", "answer_months", "valid_from", "valid_to", "source",
        "needs_confirmation",
    ]  # fmt: skip
