"""Legal bases: dated rows. The next one is added; of one in force only its end and its confirmation change."""

from django import forms
from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from consultations.models import ActivityKind, AnnouncedIn, CollectingChannel, LegalBasis
from office.admin_buttons import DeskAdmin

GROUPS = 3
STILL_OPEN = ("valid_to", "needs_confirmation")


def _boxes(label, choices):
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class LegalBasisForm(forms.ModelForm):
    """Groups of which one each is needed are three rows of boxes, so that nobody has to write lists of lists."""

    announced_in = _boxes(_("Gdzie trzeba ogłosić"), AnnouncedIn.choices)
    forms_1, forms_2, forms_3 = (_boxes(_("Formy, jedna z grupy"), ActivityKind.choices) for _group in range(GROUPS))
    channels_1, channels_2, channels_3 = (
        _boxes(_("Drogi, jedna z grupy"), CollectingChannel.Kind.choices) for _g in range(GROUPS)
    )

    class Meta:
        model = LegalBasis
        fields = [
            "code", "kind", "title", "minimum_days", "notice_days", "announced_in", "report_days", "is_binding", "effect",
            "valid_from", "valid_to", "source", "needs_confirmation",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for prefix, groups in (("forms", self.instance.activity_groups), ("channels", self.instance.needed_channels)):
            for number, group in enumerate(groups[:GROUPS], start=1):
                self.initial.setdefault(f"{prefix}_{number}", group)

    def groups(self, prefix) -> list[list[str]]:
        typed = [self.cleaned_data.get(f"{prefix}_{number}") for number in range(1, GROUPS + 1)]
        return [group for group in typed if group]


@admin.register(LegalBasis)
class LegalBasisAdmin(DeskAdmin):
    may_add = may_change = True
    form = LegalBasisForm
    list_display = ["title", "kind", "minimum_days", "valid_from", "valid_to", "source", "needs_confirmation"]
    list_filter = ["kind", "needs_confirmation"]
    fieldsets = [
        (None, {"fields": ["code", "kind", "title", "source", "valid_from", "valid_to", "needs_confirmation"]}),
        (_("Terminy"), {"fields": ["minimum_days", "notice_days", "report_days"]}),
        (_("Ogłoszenie"), {"fields": ["announced_in"]}),
        (_("Wymagane formy i drogi"), {"fields": ["forms_1", "forms_2", "forms_3", "channels_1", "channels_2", "channels_3"]}),
        (_("Co znaczy wynik"), {"fields": ["is_binding", "effect"]}),
    ]

    def _is_in_force(self, obj):
        return obj is not None and obj.valid_from <= localdate()

    def get_form(self, request, obj=None, change=False, **kwargs):
        if self._is_in_force(obj) or not self.has_change_permission(request, obj):
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if not self._is_in_force(obj) and self.has_change_permission(request, obj):
            return self.fieldsets
        shown = [
            name for _title, part in self.fieldsets for name in part["fields"] if not name.startswith(("forms_", "channels_"))
        ]
        return [(None, {"fields": [*shown, "forms_in_words", "channels_in_words"]})]

    def get_readonly_fields(self, request, obj=None):
        if not self._is_in_force(obj):
            return []
        return [name for name in self.get_fieldsets(request, obj)[0][1]["fields"] if name not in STILL_OPEN]

    def save_model(self, request, obj, form, change):
        if isinstance(form, LegalBasisForm):
            obj.activity_groups, obj.needed_channels = form.groups("forms"), form.groups("channels")
        super().save_model(request, obj, form, change)

    @admin.display(description=_("wymagane formy"))
    def forms_in_words(self, obj):
        return _in_words(obj.activity_groups, ActivityKind)

    @admin.display(description=_("wymagane drogi"))
    def channels_in_words(self, obj):
        return _in_words(obj.needed_channels, CollectingChannel.Kind)


def _in_words(groups, kinds):
    return "; ".join(" albo ".join(str(kinds(one).label) for one in group) for group in groups) or "-"
