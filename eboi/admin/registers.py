"""What the two registers of the kancelaria have in common: who sees which entries, how one is found, who enters one."""

import re
from typing import ClassVar

from eboi.admin.impartial import ImpartialDesk
from eboi.rules import may_see_register
from office.exporting_desk import ExportingDesk


class RegisterDesk(ExportingDesk, ImpartialDesk):
    """The kancelaria sees the whole register, other clerks the entries of their units. Each desk says what its numbers look like
    (`number_shape`: number, year), whose an entry is (`export_people`), and what its page shows (`shown`)."""

    number_shape: ClassVar[re.Pattern]
    shown: ClassVar[list[str]]
    may_add = True

    def get_queryset(self, request):
        entries = super().get_queryset(request)
        return entries if may_see_register(request.user) else entries.in_units_of(request.user)

    def get_object(self, request, object_id, from_field=None):
        """With everything the page shows, in one query."""
        try:
            return self.get_queryset(request).select_related(*self.shown).get(pk=object_id)
        except (self.model.DoesNotExist, ValueError, TypeError):
            return None

    def get_search_results(self, request, queryset, search_term):
        if found := self.number_shape.fullmatch(search_term.strip()):
            return queryset.filter(number=int(found[1]), year=int(found[2])), False
        people = self.people_with_pesel(request, search_term)
        if people is not None:
            return queryset.filter(**{f"{self.export_people}__in": people}), False
        found = super().get_search_results(request, queryset, search_term)
        return self.by_name(request, found) if search_term.strip() else found

    def has_add_permission(self, request):
        return request.user.has_perm("eboi.register_letter")

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": self.add_title, **(extra_context or {})})
