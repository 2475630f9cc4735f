"""Accounts of staff on the desk. Residents' accounts are not here: the administrator sees no personal data of theirs."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.adapter import MAIN_FACTORS
from accounts.desk import ShowsTyped
from accounts.models import RoleGrant, User


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
class StaffAdmin(ShowsTyped, admin.ModelAdmin):
    form = StaffForm
    list_display = ("name", "position", "email", "roles", "has_second_step", "is_active")
    list_filter = ("groups", "is_active")
    search_fields = ("name", "email", "position")
    ordering = ("name",)
    actions = ("dismiss", "forget_second_step")

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=MAIN_FACTORS)
        staff = super().get_queryset(request).filter(is_staff=True)
        waiting = Prefetch("role_grants", RoleGrant.objects.waiting().select_related("group"), to_attr="waiting_grants")
        return staff.prefetch_related("groups", waiting).annotate(second_step=Exists(factors))

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
                email=data["email"], name=data["name"], position=data["position"], roles=data["groups"], by=request.user,
                moment=timezone.now(),
            )  # fmt: skip
            obj.pk = hired.pk
            obj._state.adding = False
        else:
            super().save_model(request, obj, form, change)
            actions.set_roles(obj, data["groups"], by=request.user, moment=timezone.now())
        if waiting := ", ".join(str(grant.group) for grant in obj.role_grants.waiting().select_related("group")):
            messages.warning(request, _("Czeka na potwierdzenie przez drugą osobę: %(roles)s.") % {"roles": waiting})

    def save_related(self, request, form, formsets, change):
        """Roles were set with the account."""

    @admin.display(description=_("role"))
    def roles(self, user):
        held = [group.name for group in user.groups.all()]
        waiting = [_("%(role)s (czeka na potwierdzenie)") % {"role": grant.group} for grant in user.waiting_grants]
        return ", ".join([*held, *waiting]) or "–"  # noqa: RUF001

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


class DecidedFilter(admin.SimpleListFilter):
    """What waits comes first; the log is asked for."""

    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("wszystkie", _("wszystkie")), ("potwierdzone", _("potwierdzone")), ("odrzucone", _("odrzucone"))]

    def choices(self, changelist):
        waiting = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=[self.parameter_name]),
                   "display": _("czekające")}  # fmt: skip
        return [waiting, *list(super().choices(changelist))[1:]]

    def queryset(self, request, queryset):
        decided = {"potwierdzone": True, "odrzucone": False}
        if self.value() in decided:
            return queryset.filter(decided_at__isnull=False, is_confirmed=decided[self.value()])
        return queryset if self.value() else queryset.waiting()


@admin.register(RoleGrant)
class RoleGrantAdmin(admin.ModelAdmin):
    """Roles that wait for a second person, and who gave and confirmed each one before (S25)."""

    list_display = ("user", "group", "asked", "decided")
    list_display_links = None
    list_filter = (DecidedFilter,)
    list_select_related = ("user", "group")
    actions = ("confirm", "refuse")

    def get_queryset(self, request):
        return super().get_queryset(request).with_names()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_confirm_permission(self, request):
        return request.user.has_perm("accounts.confirm_rolegrant")

    @admin.display(description=_("kto nadaje"), ordering="asked_at")
    def asked(self, grant):
        return f"{grant.asked_name}, {localtime(grant.asked_at):%d.%m.%Y %H:%M}"

    @admin.display(description=_("kto rozstrzygnął"), ordering="decided_at")
    def decided(self, grant):
        if grant.decided_at is None:
            return _("czeka na drugą osobę")
        word = _("potwierdza") if grant.is_confirmed else _("odrzuca")
        return f"{word}: {grant.decided_name}, {localtime(grant.decided_at):%d.%m.%Y %H:%M}"

    @admin.action(description=_("Potwierdź wybrane role"), permissions=["confirm"])
    def confirm(self, request, queryset):
        self._each(request, queryset, actions.confirm_role)

    @admin.action(description=_("Odrzuć wybrane role"), permissions=["confirm"])
    def refuse(self, request, queryset):
        self._each(request, queryset, actions.refuse_role)

    def _each(self, request, queryset, verb):
        for grant in queryset:
            try:
                verb(grant, by=request.user, moment=timezone.now())
            except actions.Refused as why:
                messages.error(request, f"{grant}: {why}")
            else:
                messages.success(request, _("Zrobione: %(who)s.") % {"who": grant})
