"""Who speaks for the town and about what: kept by the head of communication."""

from django.contrib import admin

from announcements.admin.forms import CLEAN
from announcements.models import Sender, SenderMember, Topic
from office.admin_buttons import DeskAdmin


class MemberRows(admin.TabularInline):
    model = SenderMember
    extra = 1
    autocomplete_fields = ["user"]


@admin.register(Sender)
class SenderAdmin(DeskAdmin):
    may_add = may_change = True
    formfield_overrides = CLEAN
    list_display = ["name", "contact", "may_alert", "accepts_replies", "is_active"]
    fields = ["code", "name", "contact", "topics", "may_alert", "accepts_replies", "is_active"]
    filter_horizontal = ["topics"]
    inlines = [MemberRows]

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
