"""The archivist's desk: what is past its archive category, who agreed, what was destroyed. Marks and days, never what a case holds."""

from pathlib import Path

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from eboi.actions import disposal as verbs
from eboi.admin.forms import ReasonForm
from eboi.models import Disposal
from eboi.statuses import DisposalStatus
from office.admin_buttons import Button, DeskAdmin
from office.exports import as_csv
from office.pdf import render_pdf
from ui.fields import CleanCharField, day
from ui.words import long_date

LIST, APPROVE = "eboi.list_disposal", "eboi.approve_disposal"
TEMPLATE = Path(__file__).parents[1] / "pdf" / "disposal.typ"
COLUMNS = ["Lp.", "Znak sprawy", "Klasa JRWA", "Kategoria", "Podstawa", "Założona", "Zakończona", "Przechowywana do końca", "Plików",
           "Zniszczono"]  # fmt: skip
SHOWN = 200  # on the page; the whole list is a file


class ConsentForm(forms.Form):
    archive = CleanCharField(label=_("Które archiwum państwowe"), max_length=120, initial="Archiwum Państwowe w Gdańsku")
    number = CleanCharField(label=_("Znak zgody"), max_length=80)
    consent_on = day(_("Zgoda z dnia"))
    expertise = CleanCharField(
        label=_("Znak ekspertyzy"), max_length=80, required=False, help_text=_("Potrzebny, gdy w spisie są akta kategorii BE.")
    )


class NewListForm(forms.ModelForm):
    """Nothing to type: everything past its category today goes on the list."""

    class Meta:
        model = Disposal
        fields: list[str] = []

    def clean(self):
        if not verbs.past(timezone.localdate()).exists():
            raise ValidationError(_("Dziś nie ma spraw, którym minął okres przechowywania."))
        return super().clean()


def _is_not_mine(disposal, user):
    return disposal.listed_by != user.subject


def rows(disposal):
    """Of the protocol: the same rows whenever it is made."""
    for place, item in enumerate(disposal.items.order_by("mark").iterator(chunk_size=2000), start=1):
        destroyed_on = timezone.localdate(item.destroyed_at) if item.destroyed_at else None
        yield [place, item.mark, item.jrwa, item.category, item.source, item.opened_on, item.ended_on, item.kept_until, item.files,
               destroyed_on]  # fmt: skip


@admin.register(Disposal)
class DisposalAdmin(DeskAdmin):
    may_add = True
    purpose = _("brakowanie akt")
    change_form_template = "admin/eboi/disposal.html"
    form = NewListForm
    fields = []
    list_display = ["__str__", "listed_on", "status", "progress"]
    list_filter = ["status"]
    buttons = [
        Button(_("Zatwierdź spis"), verbs.approve, to=DisposalStatus.APPROVED, needs=APPROVE, when=_is_not_mine,
               confirm=_("Sprawdź każdy znak. Po zgodzie archiwum akta znikną na zawsze i nikt ich nie odtworzy."), tone="danger"),
        Button(_("Wpisz zgodę archiwum"), verbs.record_consent, to=DisposalStatus.CONSENTED, form=ConsentForm, needs=LIST,
               tone="danger"),
        Button(_("Odstąp"), verbs.drop, to=DisposalStatus.DROPPED, form=ReasonForm, needs=LIST, tone="secondary"),
    ]  # fmt: skip

    def has_add_permission(self, request):
        return request.user.has_perm(LIST)

    def get_queryset(self, request):
        gone = Count("items", filter=Q(items__destroyed_at__isnull=False))
        return super().get_queryset(request).annotate(listed=Count("items"), gone=gone)

    @admin.display(description=_("zniszczono spraw"), ordering=F("gone"))
    def progress(self, disposal):
        return _("%(gone)d z %(listed)d") % {"gone": disposal.gone, "listed": disposal.listed}

    def save_model(self, request, obj, form, change):
        """The verb makes the list; the desk only learns its number."""
        stored = verbs.list_past(by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def add_view(self, request, form_url="", extra_context=None):
        title = {"title": _("Sporządź spis akt do zniszczenia"), "past": verbs.past(timezone.localdate()).count()}
        return super().add_view(request, form_url, {**title, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            people = User.objects.filter(subject__in=[one for one in (obj.listed_by, obj.approved_by) if one])
            names = {user.subject: str(user) for user in people}
            context |= {"rows": obj.items.order_by("mark")[:SHOWN], "shown": SHOWN, "listed": obj.listed, "gone": obj.gone,
                        "listed_by": names.get(obj.listed_by), "approved_by": names.get(obj.approved_by)}  # fmt: skip
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def get_urls(self):
        view = self.admin_site.admin_view(self.protocol_view)
        return [path("<uuid:object_id>/protokol.<slug:kind>", view, name="eboi_disposal_protocol"), *super().get_urls()]

    def protocol_view(self, request, object_id, kind):
        return require_safe(self._protocol)(request, object_id, kind)

    def _protocol(self, request, object_id, kind):
        found = self.get_object(request, str(object_id))
        if found is None or not self.has_view_permission(request, found) or kind not in ("csv", "pdf"):
            raise Http404
        name = f"protokol-{slugify(str(found).replace('/', '-'))}"
        return as_csv(name, COLUMNS, rows(found)) if kind == "csv" else _as_pdf(found, name)


def protocol_data(disposal):
    """What the PDF says. The same list gives the same bytes: its day is that of its last step, not of printing."""
    last = disposal.done_on or disposal.consent_on or disposal.approved_on or disposal.listed_on
    is_done = disposal.status == DisposalStatus.DONE
    facts = [
        ("Sporządzono", long_date(disposal.listed_on)),
        ("Zatwierdzono", long_date(disposal.approved_on) if disposal.approved_on else "nie"),
        ("Zgoda archiwum", f"{disposal.archive}, {disposal.consent_number}, {long_date(disposal.consent_on)}" if disposal.consent_on else "nie"),
        ("Ekspertyza", disposal.expertise or "nie dotyczy"),
        ("Zniszczono", long_date(disposal.done_on) if disposal.done_on else "nie wszystko" if disposal.consent_on else "nie"),
    ]  # fmt: skip
    return {
        "title": "Protokół zniszczenia akt" if is_done else "Spis akt do zniszczenia", "number": str(disposal), "iso_day": last.isoformat(),
        "facts": [{"name": name, "value": value} for name, value in facts], "columns": COLUMNS,
        "rows": [["" if cell is None else str(cell) for cell in row] for row in rows(disposal)],
    }  # fmt: skip


def _as_pdf(disposal, name):
    response = HttpResponse(render_pdf(TEMPLATE, protocol_data(disposal)), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response
