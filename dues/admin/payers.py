"""Payers at the desk. Nobody leafs through them: an officer looks somebody up, and that person reads who did (L42, L37)."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dues import story
from dues.actions import links
from dues.forms import CodeForm, LookUpForm
from dues.models import Liability, Payer, with_postings
from dues.rules import Table
from office.admin_buttons import Button, DeskAdmin
from office.audit import record_read, record_reads
from office.shown_once import ShownOnce
from residents.rules import is_own_or_family

MOST = 30
LINK = "dues.link_payer"


def _is_other(payer, user):
    """L11, KPA art. 24, Ordynacja art. 130: neither one's own payer nor that of one's household."""
    found = payer.links.standing().select_related("person").first()
    return found is None or not is_own_or_family(user, found.person, localdate())


def _is_unlinked(payer, user):
    return not payer.links.standing().exists()


def _is_linked(payer, user):
    return payer.links.standing().exists() and _is_other(payer, user)


def note_look(request, payer: Payer, what: str, purpose: str) -> None:
    """For the payer's own list of looks, and for the person when one is linked (S28)."""
    person = payer.links.standing().values_list("person", flat=True).first()
    record_read(reader=request.user, person=person or payer.pk, what=what, purpose=purpose, about=payer)


@admin.register(Payer)
class PayerAdmin(ShownOnce, DeskAdmin):
    purpose = _("prowadzenie spraw podatkowych")
    change_form_template = "admin/dues/payer.html"
    fields = ["number", "name"]
    code_hint = _("Wpisze go w portalu: „Moje należności”, „Wpisz kod z urzędu”.")
    once = [
        Button(_("Wydaj kod do należności"), links.issue_code, needs=LINK, form=CodeForm, when=_is_unlinked,
               confirm=_("Przepisz imię i nazwisko z dokumentu, który masz przed sobą. Kod zobaczysz tylko raz; wcześniejsze stracą ważność.")),
    ]  # fmt: skip
    buttons = [
        Button(_("Odłącz konto"), links.end_link, needs=LINK, when=_is_linked, tone="danger",
               confirm=_("Właściciel konta przestanie widzieć te należności. Nowe konto połączy nowy kod.")),
    ]  # fmt: skip

    def record_read(self, request, obj, *, what):
        note_look(request, obj, what, str(self.purpose))

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = LookUpForm(request.POST if request.method == "POST" else None)
        found = self._looked_up(request, form) if form.is_bound and form.is_valid() else None
        page = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _t("Płatnicy"), "most": MOST, "found": found,
            "form": LookUpForm() if found is not None else form, "shown": (found or [])[:MOST], "is_cut": len(found or []) > MOST,
        }  # fmt: skip
        return TemplateResponse(request, "admin/dues/look_up.html", page, status=422 if form.is_bound and form.errors else 200)

    def _looked_up(self, request, form):
        found = list(
            Payer.objects.search(form.cleaned_data["text"]).order_by("search", "number").prefetch_related("links")[: MOST + 1]
        )
        linked = {one.pk: link.person_id for one in found for link in one.links.all() if link.ended_at is None}
        record_reads(
            reader=request.user, people=[linked.get(one.pk, one.pk) for one in found[:MOST]], purpose=str(self.purpose),
            what=_t("wynik wyszukania płatnika"),
        )  # fmt: skip
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            day, rows = localdate(), []
            table = Table.on(day)
            for liability in obj.liabilities.select_related("kind").order_by("kind__order", "-period"):
                for one in with_postings(liability.instalments.all()):
                    one.liability = liability
                    rows.append(story.line_of(one, day, table))
            context |= {"lines": rows, "links": obj.links.select_related("person").order_by("-since")}
            context["owed"] = sum(one.owed_grosze for one in rows)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


@admin.register(Liability)
class LiabilityAdmin(DeskAdmin):
    """Reached from its payer; there is no list to leaf through."""

    purpose = _("prowadzenie spraw podatkowych")
    change_form_template = "admin/dues/liability.html"
    fields = ["number", "kind", "period", "subject", "decision"]

    def record_read(self, request, obj, *, what):
        note_look(request, obj.payer, what, str(self.purpose))

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:dues_payer_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            day = localdate()
            table, lines = Table.on(day), []
            for one in with_postings(obj.instalments.all()):
                one.liability = obj
                lines.append(story.line_of(one, day, table))
            context |= {
                "lines": lines,
                "changes": story.told_changes(obj),
                "postings": story.postings_of(obj),
                "payer": obj.payer,
            }
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
