"""The desk of packages: what packages exist and by what rules, who holds them, taking one back. The policy of the card as dated data."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from resident_card.actions import packages
from resident_card.forms.desk_cards import PackageForm, RevokeForm
from resident_card.models import CardPolicy, PackageGrant, PackageType

REVOKE, RENEW = "resident_card.revoke_grant", "resident_card.decide_application"


@admin.register(PackageType)
class PackageTypeAdmin(DeskAdmin):
    """A package is a row: one that is added works from the next night on (R40). The code of one that stands never changes."""

    may_add = may_change = True
    form = PackageForm
    list_display = ["name", "code", "grant", "validity", "condition", "least_age", "most_age", "is_offered", "needs_confirmation"]
    list_filter = ["grant", "is_offered", "needs_confirmation"]
    fields = [*PackageForm.Meta.fields]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(PackageGrant)
class PackageGrantAdmin(DeskAdmin):
    purpose = _("pakiety Karty mieszkańca")
    list_display = ["person", "package", "valid_from", "valid_to", "is_revoked"]
    list_filter = ["package", "valid_to"]
    list_select_related = ["person", "package"]
    date_hierarchy = "valid_to"
    search_fields = ["person__search"]
    search_help_text = _("Nazwisko i imię małymi literami.")
    ordering = ["-granted_at"]
    fields = ["person", "package", "valid_from", "valid_to", "application", "granted_at", "revoked_at", "revoked_reason"]
    buttons = [
        Button(_("Przedłuż po sprawdzeniu w rejestrze"), packages.renew_by_register, needs=RENEW, when=packages.may_renew_by_register,
               confirm=_("Potwierdzasz, że osoba nadal jest zameldowana na pobyt stały w mieście.")),
        Button(_("Odbierz pakiet"), packages.revoke, needs=REVOKE, form=RevokeForm, tone="danger",
               when=lambda given, user: given.revoked_at is None),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.person_id

    @admin.display(description=_("odebrany"), boolean=True)
    def is_revoked(self, given):
        return given.revoked_at is not None


@admin.register(CardPolicy)
class CardPolicyAdmin(DeskAdmin):
    """New rules are a new row, dated ahead; of old ones only the end and the confirmation change."""

    may_add = may_change = True
    list_display = ["valid_from", "valid_to", "duplicate_fee_grosze", "decision_working_days", "needs_confirmation"]
    fields = [
        "card_age", "invitation_days", "decision_working_days", "duplicate_fee_grosze",
        "pit_year_before_until_month", "reversal_minutes", "notice_days", "valid_from", "valid_to", "source", "needs_confirmation",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in ("valid_to", "needs_confirmation")] if obj else []
