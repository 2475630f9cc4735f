"""The desk of the town's answers: drafts that wait for a second person, approved ones."""

from django.contrib import admin
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.actions import rulings
from consultations.admin.written_forms import ReasonForm, RulingForm
from consultations.models import Ruling
from consultations.statuses import RulingStatus
from office.admin_buttons import Button, DeskAdmin

APPROVE = "consultations.approve_ruling"
WRITE = "consultations.write_ruling"


def _is_anothers(ruling, user):
    return ruling.author != user.subject


def _is_draft(ruling, user):
    return ruling.status == RulingStatus.DRAFT


def _rewrite(ruling, *, outcome, reasons, by):
    return rulings.rule(ruling.voice or ruling.group, outcome=outcome, reasons=reasons, by=by)


@admin.register(Ruling)
class RulingAdmin(DeskAdmin):
    change_form_template = "admin/consultations/ruling.html"
    list_display = ["subject", "outcome", "short", "status", "approved_at"]
    list_filter = ["status", "outcome", "consultation"]
    list_select_related = ["voice", "group"]
    search_fields = ["reasons", "group__title"]
    fields = ["consultation", "outcome", "reasons"]
    ordering = ["status", "pk"]
    buttons = [
        Button(_("Zatwierdź"), rulings.approve, to=RulingStatus.APPROVED, needs=APPROVE, when=_is_anothers),
        Button(_("Popraw"), _rewrite, form=RulingForm, needs=WRITE, when=_is_draft, name="popraw", tone="secondary",
               initial=lambda ruling: {"outcome": ruling.outcome, "reasons": ruling.reasons}),
        Button(_("Otwórz ponownie"), rulings.reopen, to=RulingStatus.DRAFT, form=ReasonForm, needs=APPROVE, tone="secondary"),
        Button(_("Usuń projekt"), rulings.discard, needs=WRITE, when=_is_draft, tone="danger", confirm=_("Głos znów będzie bez stanowiska.")),
    ]  # fmt: skip
    actions = ["approve_chosen"]  # type: ignore[assignment]  # the desk has none unless it says so

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    @admin.display(description=_("wobec"))
    def subject(self, ruling):
        return ruling.group.title if ruling.group else _now("głos %(mark)s") % {"mark": ruling.voice.mark}

    @admin.display(description=_("uzasadnienie"))
    def short(self, ruling):
        return Truncator(ruling.reasons).words(15)

    def get_actions(self, request):
        chosen = super().get_actions(request)
        chosen.pop("delete_selected", None)
        return chosen if request.user.has_perm(APPROVE) else {}

    @admin.action(description=_("Zatwierdź (te, które napisał ktoś inny)"))
    def approve_chosen(self, request, queryset):
        count = rulings.approve_all(queryset, by=request.user, moment=timezone.now())
        self.message_user(request, _now("Zatwierdzono stanowisk: %(count)d.") % {"count": count})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["voices"] = [obj.voice] if obj.voice else obj.group.voices.select_related("paragraph")[:50]
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
