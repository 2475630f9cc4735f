"""What people ask about their data, by the day of answer (L21)."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from residents import actions, rules
from residents.models import DataRequest
from ui.fields import CleanCharField


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


def _waits(request, user):
    return request.answered_at is None


@admin.register(DataRequest)
class DataRequestAdmin(DeskAdmin):
    list_display = ["kind", "person", "asked_at", "due_on", "answered_at", "is_granted"]
    list_filter = ["kind", ("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person"]
    fields = ["kind", "person", "level", "text", "asked_at", "due_on", "is_granted", "answer", "answered_at"]
    readonly_fields = ["level"]
    purpose = _("odpowiedź na żądanie dotyczące danych")
    buttons = [
        Button(_("Odpowiedz"), actions.answer_data_request, needs="residents.answer_data_request", form=AnswerForm, when=_waits)
    ]

    def person_of(self, obj):
        return obj.person_id

    @admin.display(description=_("Tożsamość"))
    def level(self, obj):
        return rules.identity_level(obj.person).label
