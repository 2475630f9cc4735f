"""The outgoing register and the templates of letters on the desk."""

import re

from django.contrib import admin
from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from eboi import exports, placeholders
from eboi.actions import outgoing, service
from eboi.admin.forms import ArrivalForm, NoticeForm, OutgoingForm, TemplateForm
from eboi.admin.registers import RegisterDesk
from eboi.models import Delivery, LetterTemplate, OutgoingLetter
from office.admin_buttons import Button, DeskAdmin
from office.models import StoredFile

RPO = re.compile(r"(?:RPO/)?(\d{1,9})/(\d{4})", re.IGNORECASE)


def _waits_for_proof(letter, user):
    """Of a call or a decision it is entered in the case, which then goes on."""
    return letter.channel in Delivery.Channel and not (letter.call_id or letter.decision_id or letter.deliveries.all())


class ProofFilter(admin.SimpleListFilter):
    title = _("doręczenie")
    parameter_name = "dowod"

    def lookups(self, request, model_admin):
        return [("brak", _("czeka na dowód")), ("jest", _("doręczone"))]

    def queryset(self, request, queryset):
        if self.value() == "brak":
            return queryset.awaiting_proof()
        return queryset.filter(deliveries__isnull=False) if self.value() == "jest" else queryset


def _may_lie(letter, user):
    return letter.channel in outgoing.WITH_NOTICE and not letter.first_notice_on and not letter.deliveries.all()


@admin.register(OutgoingLetter)
class OutgoingLetterAdmin(RegisterDesk):
    """The kancelaria sees the whole register, other clerks what went out of their units. What a letter says is read in its case."""

    change_form_template = "admin/eboi/outgoing.html"
    change_list_template = "admin/eboi/change_list.html"
    export = ("rejestr-przesylek-wychodzacych", exports.OUTGOING_COLUMNS, exports.outgoing_rows)
    export_people = "person"
    number_shape = RPO
    shown = ["unit", "case__person", "case__unit", "person"]
    purpose = _("prowadzenie rejestru przesyłek wychodzących")
    list_display = ["rpo", "sent", "recipient", "subject", "unit_symbol", "arrived"]
    list_filter = ["kind", "channel", ProofFilter, "sent_on"]
    list_select_related = ["unit", "case"]
    search_fields = ["recipient", "subject", "case__mark"]
    search_help_text = _("Numer RPO, adresat, treść, znak sprawy albo pełny numer PESEL.")
    form = OutgoingForm
    fields = ["unit", "channel", "sent_on", "recipient", "address", "subject"]
    add_title = _("Zarejestruj wysyłkę")
    buttons = [
        Button(_("Wpisz pierwsze zawiadomienie"), outgoing.note_first_notice, form=NoticeForm, needs="eboi.handle_case",
               when=_may_lie),
        Button(_("Wpisz doręczenie"), service.record_arrival, form=ArrivalForm, needs="eboi.handle_case", when=_waits_for_proof,
               initial=lambda letter: {"first_notice_on": letter.first_notice_on}),
    ]  # fmt: skip

    @admin.display(description="RPO", ordering=F("year") * 1_000_000 + F("number"))
    def rpo(self, letter):
        return letter.rpo

    @admin.display(description=_("wysłano"), ordering="sent_on")
    def sent(self, letter):
        return format_html('{} <span class="desk-under">{}</span>', f"{letter.sent_on:%d.%m.%Y}", letter.get_channel_display())

    @admin.display(description=_("komórka, sprawa"), ordering="unit__symbol")
    def unit_symbol(self, letter):
        mark = letter.case.mark if letter.case else ""
        return format_html('{} <span class="desk-under">{}</span>', letter.unit.symbol, mark)

    @admin.display(description=_("doręczono"))
    def arrived(self, letter):
        days = [f"{delivery.effective_on:%d.%m.%Y}" for delivery in letter.deliveries.all()]
        waits = _("brak dowodu") if letter.channel in Delivery.Channel else _("bez dowodu")
        return ", ".join(days) or waits

    def get_queryset(self, request):
        arrived = Prefetch("deliveries", Delivery.objects.only("effective_on", "letter"))
        return super().get_queryset(request).prefetch_related(arrived)

    def get_changeform_initial_data(self, request):
        return {"sent_on": timezone.localdate(), "channel": OutgoingLetter.Channel.POST}

    def save_model(self, request, obj, form, change):
        """The verb stores the entry; the desk only learns its number."""
        stored = outgoing.register_outgoing(**form.cleaned_data, by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def person_of(self, letter):
        return letter.person_id

    def files_of(self, letter):
        return list(StoredFile.objects.filter(proof_of__letter=letter))

    def party_of(self, letter):
        return letter.case and letter.person


@admin.register(LetterTemplate)
class LetterTemplateAdmin(DeskAdmin):
    """Written by managers. Saving refuses a gap that nobody knows; the page shows how the letter will look."""

    may_add = may_change = True
    change_form_template = "admin/eboi/template.html"
    form = TemplateForm
    list_display = ["name", "unit", "is_in_use"]
    list_filter = ["is_in_use"]
    list_select_related = ["unit"]
    search_fields = ["name", "title"]
    fields = ["name", "unit", "is_in_use", "title", "text"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the gaps that there are and, once it is stored, the letter as it will read, on a made-up case."""
        context["gaps"] = placeholders.GAPS
        if obj is not None:
            made_up = placeholders.examples()
            context["preview"] = {name: placeholders.fill(getattr(obj, name), made_up) for name in ("title", "text")}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
