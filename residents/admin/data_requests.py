"""What people ask about their data, by the day of answer (L21)."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from residents import actions, rules
from residents.models import DataRequest
from ui.fields import CleanCharField
from ui.words import days_left, days_tone

ANSWER = "residents.answer_data_request"


class AnswerForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("Rozstrzygnięcie"),
        choices=[("tak", _("uwzględniam")), ("nie", _("odmawiam"))],
        coerce=lambda value: value == "tak",
        widget=forms.RadioSelect,
    )
    answer = CleanCharField(
        label=_("Odpowiedź"), multiline=True, max_length=8000, help_text=_("Przeczyta ją mieszkaniec. Odmowa z uzasadnieniem.")
    )


class ExtendForm(forms.Form):
    reason = CleanCharField(
        label=_("Powód"), multiline=True, max_length=2000,
        help_text=_("Przeczyta go mieszkaniec. Termin można przesunąć raz, o tyle miesięcy, ile mówią zasady kartoteki (RODO art. 12 ust. 3)."),
    )  # fmt: skip


def _waits(request, user):
    return request.answered_at is None


def _may_wait(request, user):
    return _waits(request, user) and not request.extended_why and request.due_on >= localdate()


@admin.register(DataRequest)
class DataRequestAdmin(DeskAdmin):
    list_display = ["kind", "term", "person", "asked_at", "is_granted"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "kind"]
    list_select_related = ["person"]
    fields = ["kind", "person", "level", "text", "asked_at", "due_on", "extended_why", "is_granted", "answer", "answered_at"]
    readonly_fields = ["level"]
    purpose = _("odpowiedź na żądanie dotyczące danych")
    buttons = [
        Button(_("Odpowiedz"), actions.answer_data_request, needs=ANSWER, form=AnswerForm, when=_waits),
        Button(
            _("Przesuń odpowiedź"), actions.extend_data_request, needs=ANSWER, form=ExtendForm, when=_may_wait, tone="secondary",
        ),
    ]  # fmt: skip

    class Media:
        css = {"all": ["css/residents.css"]}

    def get_ordering(self, request):
        return ["-answered_at", "due_on"]  # PostgreSQL puts those without an answer first: the overdue on top

    @admin.display(description=_("termin"), ordering="due_on")
    def term(self, obj):
        """The one-month timer in words (GDPR art. 12)."""
        if obj.answered_at:
            return _("odpowiedziano")
        left = (obj.due_on - localdate()).days
        return format_html(
            '<span class="desk-term desk-term--{}">{}</span> <span>{}</span>',
            days_tone(left),
            days_left(left),
            f"{obj.due_on:%d.%m.%Y}",
        )

    def person_of(self, obj):
        return obj.person_id

    @admin.display(description=_("Tożsamość"))
    def level(self, obj):
        return rules.identity_level(obj.person).label
