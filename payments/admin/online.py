"""What comes and goes through the provider: baskets, refunds by two people, and the messages as they came."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused
from payments.actions import refunds, settling
from payments.models import Checkout, ProviderEvent, Refund, zlotys
from payments.statuses import CheckoutStatus, RefundStatus

BOOK, RELEASE = "payments.book_entry", "payments.release_refund"


def ask_provider(basket, *, by, moment):
    if not settling.ask(basket, moment=moment):
        raise Refused(_("Operator nie odpowiada. Spróbuj za chwilę."))


def ask_about_refund(refund, *, by, moment):
    """Says in the history nothing but what changed; when it did not end, the page shows it as it was."""
    refunds.follow(refund, moment=moment)


def _is_there(basket, user):
    return bool(basket.token) and basket.status != CheckoutStatus.PAID


def _is_anothers(refund, user):
    return refund.asked_by != user.subject


def _is_sent(refund, user):
    return refund.status == RefundStatus.SENT


class TroubleFilter(admin.SimpleListFilter):
    title = _("co się nie zgadza")
    parameter_name = "klopot"

    def lookups(self, request, model_admin):
        return [("tak", _("coś się nie zgadza"))]

    def queryset(self, request, queryset):
        return queryset.exclude(trouble="") if self.value() == "tak" else queryset


@admin.register(Checkout)
class CheckoutAdmin(DeskAdmin):
    purpose = _("rozliczenie płatności")
    list_display = ["__str__", "payer", "amount", "status", "begun_at", "paid_at", "order_id", "trouble"]
    list_filter = ["status", TroubleFilter, "begun_at"]
    list_select_related = ["payer"]
    search_fields = ["confirmation", "order_id__exact", "payer__search", "lines__payment__mark"]
    search_help_text = _("Numer potwierdzenia, numer u operatora, numer płatności albo nazwisko małymi literami.")
    fields = [
        "confirmation",
        "payer",
        "amount",
        "what_for",
        "begun_at",
        "registered_at",
        "asked_at",
        "paid_at",
        "order_id",
        "trouble",
    ]
    readonly_fields = ["amount", "what_for"]
    buttons = [Button(_("Zapytaj operatora"), ask_provider, needs=BOOK, when=_is_there)]

    def person_of(self, obj):
        return obj.payer_id

    @admin.display(description=_("kwota"), ordering="amount_grosze")
    def amount(self, basket):
        return zlotys(basket.amount_grosze)

    @admin.display(description=_("za co"))
    def what_for(self, basket):
        lines = basket.lines.select_related("payment")
        return "; ".join(f"{one.payment.mark} {one.payment.title}, {zlotys(one.amount_grosze)}" for one in lines)


@admin.register(Refund)
class RefundAdmin(DeskAdmin):
    """Who asked sees no button to release: two people give money back."""

    purpose = _("zwrot płatności")
    list_display = ["mark", "payer", "amount", "reason", "status", "asked_at", "trouble"]
    list_display_links = ["mark"]
    list_filter = ["status", TroubleFilter]
    list_select_related = ["line__payment__payer"]
    search_fields = ["line__payment__mark", "line__checkout__confirmation", "line__payment__payer__search"]
    fields = ["mark", "payer", "amount", "reason", "who_asked", "asked_at", "who_released", "sent_at", "done_at", "trouble"]
    readonly_fields = ["mark", "payer", "amount", "who_asked", "who_released"]
    buttons = [
        Button(_("Zatwierdź zwrot"), refunds.release, to=RefundStatus.RELEASED, needs=RELEASE, when=_is_anothers,
               confirm=_("Pieniądze wrócą do wpłacającego. Po zatwierdzeniu nie da się tego cofnąć.")),
        Button(_("Zapytaj operatora"), ask_about_refund, needs=BOOK, when=_is_sent),
        Button(_("Wycofaj zwrot"), refunds.withdraw, to=RefundStatus.WITHDRAWN, needs="payments.ask_refund", tone="secondary"),
        Button(_("Zamknij jako nieudany"), refunds.call_failed, to=RefundStatus.REJECTED, needs=RELEASE, tone="danger",
               when=lambda refund, user: bool(refund.trouble),
               confirm=_("Tylko gdy w panelu operatora nie ma tego zwrotu. Potem można zlecić nowy.")),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.line.payment.payer_id

    @admin.display(description=_("płatność"))
    def mark(self, refund):
        return refund.line.payment.mark

    @admin.display(description=_("komu"))
    def payer(self, refund):
        return refund.line.payment.payer

    @admin.display(description=_("kwota"), ordering="amount_grosze")
    def amount(self, refund):
        return zlotys(refund.amount_grosze)

    @admin.display(description=_("kto zlecił"))
    def who_asked(self, refund):
        return _name(refund.asked_by)

    @admin.display(description=_("kto zatwierdził"))
    def who_released(self, refund):
        return _name(refund.released_by)


def _name(subject) -> str:
    return User.objects.filter(subject=subject).values_list("name", flat=True).first() or "–" if subject else "–"  # noqa: RUF001


@admin.register(ProviderEvent)
class ProviderEventAdmin(DeskAdmin):
    """Messages as they came, what did not fit in view. Names nobody."""

    list_display = ["received_at", "kind", "order_id", "sum_in_words", "currency", "outcome", "handled_at", "attempts"]
    list_filter = ["outcome", "kind", "received_at"]
    search_fields = ["order_id__exact", "session"]
    fields = [
        "received_at",
        "provider",
        "kind",
        "session",
        "order_id",
        "sum_in_words",
        "currency",
        "outcome",
        "handled_at",
        "attempts",
    ]
    readonly_fields = ["sum_in_words"]

    @admin.display(description=_("kwota"), ordering="grosze")
    def sum_in_words(self, event):
        return zlotys(event.grosze)
