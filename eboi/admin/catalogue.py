"""Units, classes, matters, service cards, rates and the calendar. A dated row adds to the past and never changes it."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eboi.actions import catalogue
from eboi.actions.terms import recompute_deadlines
from eboi.models import Exclusion, JrwaClass, MatterDuty, MatterTerms, MatterType, TermRule, TreeRule, Unit, UnitMember, WasteRate
from office.admin_buttons import Button, DeskAdmin
from office.models import HolidayOverride
from ui.fields import CleanCharField, day

DATES = ["valid_from", "valid_to", "source", "needs_confirmation"]


class DatedAdmin(DeskAdmin):
    """The next row is added; of one already in force only its end and its confirmation may change (house rule on dated data)."""

    may_add = may_change = True
    list_filter = ["needs_confirmation"]
    still_open = ("valid_to", "needs_confirmation")

    def get_readonly_fields(self, request, obj=None):
        if obj is None or obj.valid_from > timezone.localdate():
            return []
        return [name for name in self.get_fields(request) if name not in self.still_open]

    def get_fields(self, request, obj=None):
        return self.fields


@admin.register(JrwaClass)
class JrwaClassAdmin(DatedAdmin):
    list_display = ["symbol", "name", "category", *DATES]
    search_fields = ["symbol", "name"]
    fields = ["symbol", "name", "category", *DATES]


class NextCardForm(forms.Form):
    valid_from = day(_("Obowiązuje od"), help_text=_("Najwcześniej od jutra. Poprzednia karta skończy się dzień wcześniej."))
    source = CleanCharField(label=_("Podstawa zmiany"), max_length=300)


@admin.register(MatterTerms)
class MatterTermsAdmin(DatedAdmin):
    list_display = ["matter", "term_count", "term_unit", "appeal_days", *DATES]
    list_filter = ["matter", "needs_confirmation"]
    list_select_related = ["matter"]
    fields = [
        "matter", "legal_basis", "who", "documents", "fee", "fee_grosze", "fee_account", "resident_term", "term_count", "term_unit",
        "term_note", "appeal", "appeal_days", "authority", "decision_instruction", "delay_instruction", "suspension_instruction", "privacy", "letter_opening",
        *DATES,
    ]  # fmt: skip
    buttons = [
        Button(
            _("Nowa karta od dnia"),
            catalogue.next_card,
            needs="eboi.add_matterterms",
            form=NextCardForm,
            initial=lambda card: {"source": card.source},
            done=_("Założono nową kartę. Znajdziesz ją na liście i możesz ją poprawiać do dnia, od którego obowiązuje."),
        ),
    ]


@admin.register(MatterDuty)
class MatterDutyAdmin(DatedAdmin):
    """Which filings carry stamp duty; how much it is stands under „Opłaty skarbowe”."""

    list_display = ["__str__", "duty", "question", "answer", *DATES]
    list_filter = ["duty", "needs_confirmation"]
    list_select_related = ["matter"]
    fields = ["matter", "duty", "question", "answer", "exempting", *DATES]


@admin.register(TermRule)
class TermRuleAdmin(DatedAdmin):
    list_display = ["short_name", "act", *DATES]
    list_filter = ["act", "needs_confirmation"]
    fields = ["act", "short_name", "days", "weeks", "months", "years", "day_off", "in_time", "note", *DATES]


@admin.register(TreeRule)
class TreeRuleAdmin(DatedAdmin):
    list_display = ["group", "limit", *DATES]
    list_filter = ["group", "needs_confirmation"]
    fields = ["group", "limit", *DATES]


@admin.register(WasteRate)
class WasteRateAdmin(DatedAdmin):
    list_display = ["method", "grosze", "compost_relief_grosze", "is_sample", *DATES]
    list_filter = ["method", "is_sample", "needs_confirmation"]
    fields = ["method", "grosze", "compost_relief_grosze", "is_sample", *DATES]


class UnitMemberInline(admin.TabularInline):
    model = UnitMember
    extra = 1
    fields = ["user"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(is_staff=True, is_active=True)
        return field


@admin.register(Unit)
class UnitAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["symbol", "name", "contact"]
    fields = ["symbol", "name", "contact"]
    inlines = [UnitMemberInline]

    def get_readonly_fields(self, request, obj=None):
        return ["symbol"] if obj else []  # it stands in the marks of cases


@admin.register(MatterType)
class MatterTypeAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["name", "code", "theme", "unit", "jrwa", "is_offered"]
    list_filter = ["theme", "unit", "is_offered"]
    list_select_related = ["unit", "jrwa"]
    fields = ["name", "code", "theme", "summary", "keywords", "form", "unit", "jrwa", "takes_faults", "is_offered"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "form"] if obj else []


@admin.register(HolidayOverride)
class HolidayOverrideAdmin(DeskAdmin):
    """A change of the calendar moves the open terms in the same transaction (L4)."""

    may_add = may_change = may_delete = True
    list_display = ["day", "name", "is_day_off", "source"]
    fields = ["day", "is_day_off", "name", "source"]

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._tell(request, recompute_deadlines(by=request.user, moment=timezone.now()))

    @transaction.atomic
    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._tell(request, recompute_deadlines(by=request.user, moment=timezone.now()))

    def _tell(self, request, moved):
        self.message_user(request, f"Przeliczono terminy. Zmieniło się: {moved}.")


@admin.register(Exclusion)
class ExclusionAdmin(DeskAdmin):
    """The record of attempts at own and close people's cases (L11). Nobody changes it."""

    list_display = ["at", "clerk", "tried_by", "tried", "case", "letter"]
    list_filter = ["tried", "at"]
    list_select_related = ["case", "letter"]
    search_fields = ["clerk__exact", "case__mark"]
    fields = ["at", "clerk", "tried_by", "tried", "case", "letter"]
