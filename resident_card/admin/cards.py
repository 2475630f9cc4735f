"""The desk of cards: blocking, duplicates, batches for the printer, collection. A look at a card is written down for its holder."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from office import audit
from office.admin_buttons import Button, DeskAdmin
from office.exports import as_csv
from office.transitions import Refused
from resident_card import printing
from resident_card.actions import media, plastic
from resident_card.forms.desk_cards import BlockForm, CollectForm, ReplaceForm
from resident_card.models import CardMedium, PlasticOrder, PrintBatch
from resident_card.numbers import in_fours
from resident_card.statuses import MediumStatus

PLASTIC = CardMedium.Kind.PLASTIC
ISSUE, BLOCK = "resident_card.issue_plastic", "resident_card.block_card"


def order_again(medium, *, reason, by, moment):
    return plastic.order(medium.person, reason=reason, by=by, moment=moment)


def order_first(medium, *, by, moment):
    return plastic.order(medium.person, reason=PlasticOrder.Reason.FIRST, by=by, moment=moment)


def _may_order_again(medium, user):
    return medium.kind == PLASTIC and medium.status in (MediumStatus.ACTIVE, MediumStatus.BLOCKED)


def _may_order_first(medium, user):
    return medium.status == MediumStatus.ACTIVE and plastic.may_be_first(medium.person)


def _unbroken(number) -> str:
    """In fours that stay on one line of a list."""
    return in_fours(number).replace(" ", "\u00a0")


@admin.register(CardMedium)
class CardMediumAdmin(DeskAdmin):
    purpose = _("obsługa Karty mieszkańca")
    list_display = ["in_fours", "person", "kind", "status", "made_at", "ended_at"]
    list_filter = ["kind", "status"]
    list_select_related = ["person"]
    search_fields = ["number", "person__search"]
    search_help_text = _("Numer karty bez spacji albo nazwisko i imię małymi literami.")
    ordering = ["-made_at"]
    fields = ["in_fours", "person", "kind", "status", "made_at", "activated_at", "device", "has_phone", "ended_at", "end_reason"]
    readonly_fields = ["in_fours", "has_phone"]
    buttons = [
        Button(_("Zamów plastikową"), order_first, needs=ISSUE, when=_may_order_first),
        Button(_("Zamów duplikat"), order_again, needs=ISSUE, form=ReplaceForm, when=_may_order_again),
        Button(_("Zablokuj"), media.block, to=MediumStatus.BLOCKED, needs=BLOCK, form=BlockForm, tone="danger"),
    ]

    def person_of(self, obj):
        return obj.person_id

    @admin.display(description=_("numer"), ordering="number")
    def in_fours(self, medium):
        return _unbroken(medium.number)

    @admin.display(description=_("powiązana z telefonem"), boolean=True)
    def has_phone(self, medium):
        return medium.public_key is not None


@admin.register(PlasticOrder)
class PlasticOrderAdmin(DeskAdmin):
    """Orders. Those chosen in the list become a batch; each card is given out on its own page."""

    purpose = _("druk i wydanie Karty mieszkańca")
    actions = ["put_into_batch"]  # type: ignore[assignment]  # the desk has none unless it says so
    list_display = ["person", "number", "reason", "state", "has_photo", "batch", "ordered_at"]
    list_filter = ["medium__status", "reason", "batch"]
    list_select_related = ["medium__person", "batch", "payment"]
    search_fields = ["medium__number", "medium__person__search"]
    search_help_text = _("Numer karty bez spacji albo nazwisko i imię małymi literami.")
    ordering = ["-ordered_at"]
    fields = ["person", "number", "state", "reason", "payment", "batch", "ordered_at", "collected_at", "collected_by", "shown"]
    readonly_fields = ["person", "number", "state"]
    buttons = [
        Button(_("Wydaj kartę"), plastic.collect, needs=ISSUE, form=CollectForm, when=lambda order, user: order.medium.status == MediumStatus.READY),
        Button(_("Przyszła z drukarni"), plastic.came_from_print, needs=ISSUE, tone="secondary",
               when=lambda order, user: order.batch_id and order.medium.status == MediumStatus.ORDERED),
        Button(_("Anuluj zamówienie"), plastic.cancel, needs=ISSUE, tone="danger", confirm=_("Karta nie zostanie wydana."),
               when=lambda order, user: order.medium.status in plastic.OPEN),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.medium.person_id

    @admin.display(description=_("osoba"), ordering="medium__person__search")
    def person(self, order):
        return order.medium.person

    @admin.display(description=_("numer karty"))
    def number(self, order):
        return _unbroken(order.medium.number)

    @admin.display(description=_("stan"), ordering="medium__status")
    def state(self, order):
        return order.medium.get_status_display()

    @admin.display(description=_("zdjęcie"), boolean=True)
    def has_photo(self, order):
        return order.has_photo

    def get_queryset(self, request):
        return plastic.with_photo(super().get_queryset(request))

    @admin.action(description=_("Zbierz w partię do druku"), permissions=["issue"])
    def put_into_batch(self, request, queryset):
        try:
            batch = plastic.make_batch([one.pk for one in queryset], by=request.user, moment=timezone.now())
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return
        url = reverse("admin:resident_card_printbatch_change", args=[batch.pk])
        self.message_user(
            request, format_html(_('Partia <a href="{}">{}</a> jest gotowa do druku.'), url, batch.number), messages.SUCCESS
        )

    def has_issue_permission(self, request):
        return request.user.has_perm(ISSUE)


@admin.register(PrintBatch)
class PrintBatchAdmin(DeskAdmin):
    """A batch with its two files for the printer. Taking a file along is a look at everybody in it."""

    change_form_template = "admin/resident_card/batch.html"
    purpose = _("druk Kart mieszkańca")
    list_display = ["number", "made_at", "size"]
    fields = ["number", "made_at"]
    buttons = [
        Button(
            _("Partia przyszła z drukarni"),
            plastic.mark_ready,
            needs=ISSUE,
            when=lambda batch, user: plastic.waits_for_print(batch),
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("orders")

    def get_urls(self):
        view = self.admin_site.admin_view(self.printer_view)
        return [path("<uuid:pk>/karty.<slug:kind>", view, name="resident_card_printbatch_print"), *super().get_urls()]

    def printer_view(self, request, pk, kind):
        return require_safe(self._for_printer)(request, pk, kind)

    def _for_printer(self, request, pk, kind):
        batch = self.get_object(request, str(pk))
        if batch is None or kind not in ("pdf", "csv") or not request.user.has_perm(ISSUE):
            raise Http404
        people = batch.orders.values_list("medium__person", flat=True)
        audit.record_reads(reader=request.user, people=people, what=_("partia do druku"), purpose=str(self.purpose))
        name = f"karty-partia-{batch.number}"
        if kind == "csv":
            return as_csv(name, [str(title) for title in printing.COLUMNS], printing.batch_rows(batch))
        answer = HttpResponse(printing.batch_pdf(batch), content_type="application/pdf")
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
        answer["Cache-Control"] = "private, no-store"
        return answer

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {"orders": obj.orders.select_related("medium__person").order_by("medium__person__search")}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("kart"))
    def size(self, batch):
        return len(batch.orders.all())
