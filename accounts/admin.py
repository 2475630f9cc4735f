"""Accounts of staff on the desk. Residents' accounts are not here: the administrator sees no personal data of theirs."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.adapter import MAIN_FACTORS
from accounts.models import User


class StaffForm(forms.ModelForm):
    """Who it is and what they may do."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"), label=_("Role"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ("email", "name", "position", "groups")

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def validate_unique(self):
        """An address that a resident uses already becomes their account of staff too."""
        if self.instance.pk:
            super().validate_unique()


@admin.register(User)
class StaffAdmin(admin.ModelAdmin):
    form = StaffForm
    list_display = ("name", "position", "email", "roles", "has_second_step", "is_active")
    list_filter = ("groups", "is_active")
    search_fields = ("name", "email", "position")
    ordering = ("name",)
    actions = ("dismiss", "forget_second_step")

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=MAIN_FACTORS)
        staff = super().get_queryset(request).filter(is_staff=True)
        return staff.prefetch_related("groups").annotate(second_step=Exists(factors))

    def get_readonly_fields(self, request, obj=None):
        return ("email",) if obj else ()

    def has_change_permission(self, request, obj=None):
        """S25: nobody edits their own account here."""
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        if not change:
            hired = actions.hire(
                email=data["email"], name=data["name"], position=data["position"], roles=data["groups"], by=request.user
            )
            obj.pk = hired.pk
            obj._state.adding = False
        else:
            super().save_model(request, obj, form, change)
            actions.set_roles(obj, data["groups"], by=request.user)

    def save_related(self, request, form, formsets, change):
        """Roles were set with the account."""

    @admin.display(description=_("role"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "–"  # noqa: RUF001

    @admin.display(description=_("drugi krok"), boolean=True, ordering="second_step")
    def has_second_step(self, user):
        return user.second_step

    @admin.action(description=_("Odbierz dostęp do biurka"), permissions=["change"])
    def dismiss(self, request, queryset):
        self._each(request, queryset, actions.dismiss)

    @admin.action(description=_("Usuń drugi krok (zgubiony telefon, po okazaniu dokumentu)"), permissions=["change"])
    def forget_second_step(self, request, queryset):
        self._each(request, queryset, actions.forget_second_step)

    def _each(self, request, queryset, verb):
        for user in queryset:
            try:
                verb(user, by=request.user)
                self.log_change(request, user, verb.__doc__.partition(".")[0])
            except actions.Refused as why:
                messages.error(request, str(why))
            else:
                messages.success(request, _("Zrobione: %(who)s.") % {"who": user})
