"""The treasurer's desk: payments with the verbs of the till, the ledger that only grows, and the accounts of the town.

Who books money does not set the account it goes to: accounts are another role's (docs/permissions.md).
"""

from django.contrib import admin
from django.db.models import Q, Sum
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from office.admin_buttons import Button, DeskAdmin
from office.exporting_desk import ExportingDesk
from payments import actions, exports, rules
from payments.actions import refunds
from payments.forms import CashForm, RefundForm, ReverseForm, TransferForm
from payments.models import DutyExemption, Entry, Payment, StampDuty, TownAccount, zlotys
from payments.statuses import PaymentStatus

BOOK = "payments.book_entry"


def book_cash(payment, *, amount_grosze, received_on, evidence, by, moment):
    typed = {"amount_grosze": amount_grosze, "received_on": received_on, "evidence": evidence}
    return actions.book(payment, kind=Entry.Kind.CASH, **typed, by=by, moment=moment)


def book_transfer(payment, *, amount_grosze, received_on, evidence, by, moment):
    typed = {"amount_grosze": amount_grosze, "received_on": received_on, "evidence": evidence}
    return actions.book(payment, kind=Entry.Kind.TRANSFER, **typed, by=by, moment=moment)


def reverse_entry(payment, *, entry, reason, by, moment):
    return actions.reverse(entry, reason=reason, by=by, moment=moment)


def ask_refund(payment, *, line, amount_grosze, reason, by, moment):
    return refunds.ask(line, amount_grosze=amount_grosze, reason=reason, by=by, moment=moment)


def _has_refundable_line(payment, user):
    return any(refunds.left(line) for line in payment.lines.refundable())


def _takes_money(payment, user):
    return payment.status != PaymentStatus.CANCELLED


def _has_standing_entry(payment, user):
    return payment.entries.standing().exists()


def _has_no_money(payment, user):
    return not rules.received(payment)


class OwedFilter(admin.SimpleListFilter):
    """What a treasurer looks for besides the state: part of the money, too much of it, a term that has passed."""

    title = _("wpłaty")
    parameter_name = "wplaty"

    def lookups(self, request, model_admin):
        return [("czesc", _("wpłacono część")), ("nadplata", _("nadpłata")), ("po-terminie", _("po terminie"))]

    def queryset(self, request, queryset):
        if self.value() == "po-terminie":
            return queryset.overdue_on(localdate())
        sets = {"czesc": queryset.paid_in_part, "nadplata": queryset.overpaid}
        return sets[self.value()]() if self.value() in sets else queryset


@admin.register(Payment)
class PaymentAdmin(DeskAdmin):
    change_form_template = "admin/payments/payment.html"
    purpose = _("rozliczenie płatności")
    list_display = ["mark", "title", "payer", "amount", "came_in", "status", "due_on"]
    list_filter = ["status", OwedFilter, "purpose", "due_on"]
    list_select_related = ["payer"]
    search_fields = ["mark", "title", "payer__search", "entries__evidence"]
    search_help_text = _("Numer z tytułu przelewu, za co, nazwisko i imię małymi literami albo dowód księgowy.")
    fields = ["mark", "title", "purpose", "payer", "account", "due_on", "asked_at"]
    buttons = [
        Button(_("Zaksięguj przelew"), book_transfer, needs=BOOK, form=TransferForm, when=_takes_money),
        Button(_("Zaksięguj gotówkę"), book_cash, needs=BOOK, form=CashForm, when=_takes_money),
        Button(_("Zleć zwrot"), ask_refund, needs="payments.ask_refund", form=RefundForm, when=_has_refundable_line, tone="secondary"),
        Button(_("Wystornuj zapis"), reverse_entry, needs=BOOK, form=ReverseForm, when=_has_standing_entry, tone="secondary"),
        Button(_("Anuluj płatność"), actions.cancel, to=PaymentStatus.CANCELLED, needs=BOOK, when=_has_no_money, tone="danger",
               confirm=_("Nic nie będzie już do zapłaty. Tego nie da się cofnąć.")),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).with_received()

    def person_of(self, obj):
        return obj.payer_id

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {"entries": _with_names(obj.entries.all()), "came_in": zlotys(obj.received_grosze)}
            context |= {"amount": zlotys(obj.amount_grosze), "owed": _owed_in_words(obj)}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("kwota"), ordering="amount_grosze")
    def amount(self, payment):
        return zlotys(payment.amount_grosze)

    @admin.display(description=_("wpłynęło"), ordering="received_grosze")
    def came_in(self, payment):
        under = _owed_in_words(payment)
        return format_html('{} <span class="desk-under">{}</span>', zlotys(payment.received_grosze), under)


def _owed_in_words(payment) -> str:
    if surplus := rules.surplus(payment):
        return _("nadpłata %(sum)s") % {"sum": zlotys(surplus)}
    owed = rules.outstanding(payment)
    return _("brakuje %(sum)s") % {"sum": zlotys(owed)} if owed and payment.received_grosze else ""


def _with_names(entries):
    """Entries with the names of those who booked them, in two queries."""
    found = list(entries.select_related("reversed_by"))
    names = dict(User.objects.filter(subject__in={one.by for one in found}).values_list("subject", "name"))
    return [{"entry": one, "who": names.get(one.by, _("portal")), "sum": zlotys(one.amount_grosze)} for one in found]


@admin.register(Entry)
class EntryAdmin(ExportingDesk, DeskAdmin):
    """The ledger. A day or a month is picked above the list; the sums and the files are of what the list shows."""

    change_list_template = "admin/payments/ledger.html"
    purpose = _("rozliczenie płatności")
    export = ("ksiega-wplat", exports.LEDGER_COLUMNS, exports.ledger_rows)
    export_people = "payment__payer"
    list_display = ["received_on", "mark", "kind", "evidence", "amount", "reason", "at"]
    list_display_links = ["mark"]
    list_filter = ["kind", "received_on", "payment__purpose"]
    list_select_related = ["payment"]
    date_hierarchy = "received_on"
    ordering = ["-received_on", "-at"]
    search_fields = ["evidence", "payment__mark"]
    search_help_text = _("Dowód księgowy albo numer płatności.")
    fields = ["payment", "kind", "sum_in_words", "received_on", "evidence", "reverses", "reason", "at"]
    readonly_fields = ["sum_in_words"]

    def person_of(self, obj):
        return obj.payment.payer_id

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if shown := getattr(answer, "context_data", {}).get("cl"):
            answer.context_data["sums"] = sums_of(shown.queryset)
        return answer

    @admin.display(description=_("płatność"), ordering="payment__asked_at")
    def mark(self, entry):
        return entry.payment.mark

    @admin.display(description=_("kwota"), ordering="amount_grosze")
    def amount(self, entry):
        return zlotys(entry.amount_grosze)

    @admin.display(description=_("kwota"))
    def sum_in_words(self, entry):
        return zlotys(entry.amount_grosze)


def sums_of(entries) -> list[tuple[str, str]]:
    """Cash, transfers, reversals of each, what came and went online, and what is left: with what a till is closed for the day."""
    single = ("cash", "transfer", "online", "refund")
    kinds = {kind: Q(kind=kind) for kind in single}
    kinds |= {"cash_back": Q(reverses__kind=Entry.Kind.CASH), "transfer_back": Q(reverses__kind=Entry.Kind.TRANSFER), "all": Q()}
    sums = entries.order_by().aggregate(**{name: Sum("amount_grosze", filter=which) for name, which in kinds.items()})
    labels = {"cash": _("gotówka"), "cash_back": _("storna gotówki"), "transfer": _("przelewy"),
              "transfer_back": _("storna przelewów"), "online": _("przez internet"), "refund": _("zwroty"),
              "all": _("razem")}  # fmt: skip
    return [(str(label), zlotys(sums[name] or 0)) for name, label in labels.items()]


class DatedDesk(DeskAdmin):
    """A new sum is a new row; of one that stands only its end and its confirmation change."""

    may_add = may_change = True

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in ("valid_to", "needs_confirmation")] if obj else []


@admin.register(StampDuty)
class StampDutyAdmin(DatedDesk):
    list_display = ["name", "code", "sum_in_words", "valid_from", "valid_to", "source", "needs_confirmation"]
    list_filter = ["needs_confirmation"]
    fields = ["code", "name", "amount_grosze", "pay_days", "valid_from", "valid_to", "source", "needs_confirmation"]

    @admin.display(description=_("kwota"), ordering="amount_grosze")
    def sum_in_words(self, duty):
        return zlotys(duty.amount_grosze)


@admin.register(DutyExemption)
class DutyExemptionAdmin(DatedDesk):
    list_display = ["name", "duty", "code", "valid_from", "valid_to", "source", "needs_confirmation"]
    list_filter = ["duty", "needs_confirmation"]
    fields = ["duty", "code", "name", "valid_from", "valid_to", "source", "needs_confirmation"]


@admin.register(TownAccount)
class TownAccountAdmin(DatedDesk):
    """A new account is a new row; of one that stands only its end and its confirmation change."""

    list_display = ["purpose", "number", "owner", "valid_from", "valid_to", "source", "needs_confirmation", "is_sample"]
    list_filter = ["purpose", "needs_confirmation", "is_sample"]
    fields = ["purpose", "number", "owner", "short_owner", "valid_from", "valid_to", "source", "needs_confirmation", "is_sample"]
