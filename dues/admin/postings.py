"""What the portal took: a list to carry into the tax system, and what that system has confirmed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from dues import exports
from dues.actions import paying
from dues.models import Posting
from office.admin_buttons import Button, DeskAdmin
from office.exporting_desk import ExportingDesk
from payments.models import zlotys


class IncludedFilter(admin.SimpleListFilter):
    title = _("w systemie podatkowym")
    parameter_name = "ujete"

    def lookups(self, request, model_admin):
        return [("nie", _("jeszcze nie")), ("tak", _("tak"))]

    def queryset(self, request, queryset):
        waiting = {"included_in": None, "included_by": None}
        if self.value() == "nie":
            return queryset.filter(**waiting)
        return queryset.exclude(**waiting) if self.value() == "tak" else queryset


def _waits(posting, user):
    return posting.included_in_id is None and posting.included_by is None


@admin.register(Posting)
class PostingAdmin(ExportingDesk, DeskAdmin):
    purpose = _("rozliczenie wpłat podatkowych")
    export = ("wplaty-z-portalu", exports.POSTING_COLUMNS, exports.posting_rows)
    export_people = "entry__payment__payer"
    list_display = ["day", "mark", "liability", "principal", "interest", "is_included"]
    list_display_links = ["mark"]
    list_filter = [IncludedFilter, "day"]
    list_select_related = ["entry__payment", "instalment__liability"]
    search_fields = ["entry__payment__mark__exact", "instalment__liability__number__exact"]
    search_help_text = _("Numer płatności albo należności, w całości.")
    fields = ["instalment", "day", "principal", "interest", "posted_at", "included_in"]
    readonly_fields = ["principal", "interest"]
    buttons = [
        Button(_("Wpłata jest już w systemie podatkowym"), paying.include, needs="dues.include_posting", when=_waits,
               confirm=_("Zrób to tylko wtedy, gdy widzisz tę wpłatę w systemie podatkowym, a plik importu nie podaje jej numeru.")),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.entry.payment.payer_id

    @admin.display(description=_("płatność"))
    def mark(self, one):
        return one.entry.payment.mark

    @admin.display(description=_("należność"))
    def liability(self, one):
        return str(one.instalment)

    @admin.display(description=_("na należność główną"))
    def principal(self, one):
        return zlotys(one.principal_grosze)

    @admin.display(description=_("na odsetki"))
    def interest(self, one):
        return zlotys(one.interest_grosze)

    @admin.display(description=_("ujęte"), boolean=True)
    def is_included(self, one):
        return not _waits(one, None)
