"""Requests for accessibility at the desk, the one due first on top (L32)."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from eboi.actions.accessibility import answer_access, put_off
from eboi.admin.forms import day, text
from eboi.models import AccessibilityRequest
from eboi.words import term_words
from office.admin_buttons import Button, DeskAdmin
from office.working_days import Calendar

ANSWER = "eboi.answer_accessibilityrequest"


class AnswerForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("Rozstrzygnięcie"), choices=[("tak", _("uwzględniam")), ("nie", _("odmawiam"))],
        coerce=lambda value: value == "tak", widget=forms.RadioSelect,
    )  # fmt: skip
    answer = text(
        _("Odpowiedź"),
        help_text=_("Będzie na stronie żądania. Odmowa z uzasadnieniem i z pouczeniem o skardze. "
                    "Kto zostawił telefon albo adres, temu odpowiedz także w ten sposób."),
    )  # fmt: skip


class PutOffForm(forms.Form):
    new_date = day(_("Nowy termin"), help_text=_("Nie później niż dwa miesiące od wpływu."))
    reason = text(_("Powód"), help_text=_("Zobaczy go osoba, która prosi."))


def _waits(request, user):
    return request.answered_at is None


@admin.register(AccessibilityRequest)
class AccessibilityRequestAdmin(DeskAdmin):
    list_display = ["number", "term", "page", "asked_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "kind"]
    search_fields = ["number", "page"]
    fields = ["number", "kind", "page", "problem", "other_way", "name", "contact_by", "contact", "asked_at", "due_on",
              "extended_why", "answered_at", "is_granted", "answer"]  # fmt: skip
    buttons = [
        Button(_("Odpowiedz"), answer_access, form=AnswerForm, needs=ANSWER, when=_waits),
        Button(_("Wyznacz nowy termin"), put_off, form=PutOffForm, needs=ANSWER, when=_waits, tone="secondary"),
    ]

    class Media:
        css = {"all": ["css/eboi_desk.css"]}

    def get_ordering(self, request):
        return ["-answered_at", "due_on"]  # PostgreSQL puts those without an answer first

    def get_fields(self, request, obj=None):
        """What is empty is not shown."""
        return [name for name in self.fields if obj is None or getattr(obj, name) not in (None, "")]

    @admin.display(description=_("termin"), ordering="due_on")
    def term(self, request):
        if request.answered_at:
            return _("odpowiedziano")
        words = term_words(request.due_on, localdate(), is_paused=False, calendar=Calendar.of_office())
        return format_html(
            '<span class="desk-term desk-term--{}">{}</span> <span class="desk-under">{}</span>',
            words.tone,
            words.text,
            f"{request.due_on:%d.%m.%Y}",
        )
