"""A desk that keeps a clerk from their own and their household's things, and finds people by a whole PESEL."""

import re

from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eboi.actions.exclusions import Excluded, guard_impartial
from office import audit
from office.admin_buttons import DeskAdmin
from residents.models import Person
from residents.rules import person_of

PESEL = re.compile(r"\d{11}")


class FoundPeople(ChangeList):
    """A list asked for by somebody's name shows those people to the clerk, and that is written down for each of them (S28)."""

    def get_results(self, request):
        super().get_results(request)
        if getattr(request, "is_by_name", False):
            desk = self.model_admin
            people = [desk.person_of(row) for row in self.result_list]
            audit.record_reads(reader=request.user, people=people, what=_("wyszukanie po nazwisku"), purpose=str(desk.purpose))


class ImpartialDesk(DeskAdmin):
    """Opening the page or a file of an own or a close person's case is refused and put on record before anything is shown (L11)."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if refusal := self._kept_out(request, object_id):
            return refusal
        return super().change_view(request, object_id, form_url, extra_context)

    def file_view(self, request, object_id, file_id):
        return self._kept_out(request, str(object_id)) or super().file_view(request, object_id, file_id)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.extra_context(request, obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def extra_context(self, request, obj) -> dict:
        """What the page of one object shows besides its fields."""
        return {}

    def party_of(self, obj):
        """The person whose case or letter it is."""
        raise NotImplementedError

    def _kept_out(self, request, object_id):
        """Outside of the transaction of Django's page: the record must stay. One query for a clerk without a person."""
        if person_of(request.user) is None:
            return None
        obj = self.get_object(request, object_id)
        party = obj and self.party_of(obj)
        if not party:
            return None
        try:
            guard_impartial(obj, party, clerk=request.user, tried="view", by=request.user, moment=timezone.now())
        except Excluded as excluded:
            excluded.entry.save(force_insert=True)
            messages.error(request, str(excluded))
            return HttpResponseRedirect(reverse(f"admin:{self._url_name('changelist')}", current_app=self.admin_site.name))
        return None

    def get_changelist(self, request, **kwargs):
        return FoundPeople

    def by_name(self, request, found):
        """Marks the search as one by a person's name; `found` passes through."""
        request.is_by_name = True
        return found

    def people_with_pesel(self, request, text):
        """People with exactly this PESEL, and the search is written down for each; None when the text is no PESEL."""
        number = re.sub(r"[\s-]", "", text)
        if not PESEL.fullmatch(number):
            return None
        people = list(Person.objects.with_pesel(number).values_list("pk", flat=True))
        audit.record_reads(reader=request.user, people=people, what=_("wyszukanie po numerze PESEL"), purpose=str(self.purpose))
        return people
