"""Who speaks for the town and about what: kept by the head of communication."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model

from announcements.admin.forms import CLEAN
from announcements.models import Sender, SenderMember, Topic
from office.admin_buttons import DeskAdmin
from office.admin_rows import NamedRows


class MemberRows(NamedRows):
    """Of whoever keeps the sender. A plain menu of the clerks: one can choose without a script."""

    model = SenderMember
    extra = 1

    def has_view_permission(self, request, obj=None):
        return True  # the page itself is guarded

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("announcements.change_sender")

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        clerks = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, queryset=clerks, **kwargs)


@admin.register(Sender)
class SenderAdmin(DeskAdmin):
    may_add = may_change = True
    formfield_overrides = CLEAN
    list_display = ["name", "contact", "may_alert", "accepts_replies", "is_active"]
    fields = ["code", "name", "contact", "topics", "may_alert", "accepts_replies", "is_active"]
    inlines = [MemberRows]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple(), **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    may_add = may_change = True
    formfield_overrides = CLEAN
    list_display = ["name", "summary", "order", "is_statutory", "is_offered"]
    fields = ["code", "name", "summary", "order", "is_statutory", "why_statutory", "is_offered"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []
