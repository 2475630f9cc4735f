"""The card desk: applications by their day, the next verb as the largest button, papers and the photo beside the answers."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.kept import typed_at_desk
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused
from office.working_days import Calendar
from resident_card import rules, steps
from resident_card.actions import paper, reviewing
from resident_card.forms import desk as forms
from resident_card.models import Application, PackageType
from resident_card.readable import answers_in_words, basis_in_words, countdown
from resident_card.statuses import ApplicationStatus as Status
from resident_card.statuses import PhotoStatus
from residents.models import Person

DECIDE, PAPER = "resident_card.decide_application", "resident_card.enter_paper_application"


def _has_photo_to_judge(application, user):
    photo = application.newest_photo
    return application.status == Status.IN_REVIEW and photo is not None and photo.status == PhotoStatus.PENDING


def _lacks_no_photo(application, user):
    """Accepting is offered once the photo is accepted, or where none is needed; the verb itself decides."""
    return application.newest_photo is None or application.newest_photo.status == PhotoStatus.ACCEPTED


def _takes_photo(application, user):
    return application.is_paper and application.status in (Status.SUBMITTED, Status.IN_REVIEW, Status.NEEDS_CORRECTION)


def _is_on_paper(application, user):
    return application.is_paper


def _has_bases(application, user):
    return application.status == Status.IN_REVIEW and bool(application.bases.all())


class Queue(ChangeList):
    """Puts the term of each row in words, with one calendar for the whole page."""

    def get_results(self, request):
        super().get_results(request)
        calendar, today = Calendar.of_office(), localdate()
        for one in self.result_list:
            one.term = countdown(one, today, calendar)


class StateFilter(admin.SimpleListFilter):
    """Without a choice: what waits for the office."""

    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("wszystkie", _("wszystkie")), *[one for one in Status.choices if one[0] != Status.DRAFT]]

    def choices(self, changelist):
        waiting = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=[self.parameter_name]),
                   "display": _("do rozpatrzenia")}  # fmt: skip
        return [waiting, *list(super().choices(changelist))[1:]]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset if request.GET.get("q") else queryset.awaiting_clerk()
        return queryset if self.value() == "wszystkie" else queryset.filter(status=self.value())


class MineFilter(admin.SimpleListFilter):
    title = _("sprawdza")
    parameter_name = "kto"

    def lookups(self, request, model_admin):
        return [("ja", _("ja")), ("nikt", _("jeszcze nikt"))]

    def queryset(self, request, queryset):
        chosen = {"ja": {"officer": request.user}, "nikt": {"officer": None}}.get(self.value())
        return queryset.filter(**chosen) if chosen else queryset


@admin.register(Application)
class ApplicationAdmin(DeskAdmin):
    """Drafts are nobody's business but their author's; a clerk's own, family's and household's are not shown to them at all (R7)."""

    change_form_template = "admin/resident_card/application.html"
    change_list_template = "admin/resident_card/applications.html"
    purpose = _("rozpatrzenie wniosku o kartę")
    list_display = ["mark", "term", "who", "status", "officer"]
    list_filter = [StateFilter, MineFilter, "package", "is_paper"]
    list_select_related = ["person", "package", "officer"]
    search_fields = ["mark"]
    search_help_text = _("Numer wniosku albo z rejestru, nazwisko i imię, pełny numer PESEL.")
    fields = ["submitted_at", "decided_at", "decision_reason", "correction"]
    buttons = [
        Button(_("Weź do sprawdzenia"), reviewing.take, to=Status.IN_REVIEW, needs=DECIDE),
        Button(_("Przyjmij zdjęcie"), reviewing.accept_photo, form=forms.AcceptPhotoForm, needs=DECIDE, when=_has_photo_to_judge),
        Button(_("Odrzuć zdjęcie"), reviewing.refuse_photo, form=forms.RefusePhotoForm, needs=DECIDE, when=_has_photo_to_judge),
        Button(_("Przyjmij wniosek"), reviewing.approve, to=Status.APPROVED, needs=DECIDE, when=_lacks_no_photo,
               confirm=_("Osoba dostanie to, o co prosi: kartę i pakiet od dziś. Wnioskodawca dostanie e-mail.")),
        Button(_("Przyjmij okazane dokumenty"), reviewing.record_correction, needs=DECIDE,
               when=lambda one, user: one.is_paper and one.status == Status.NEEDS_CORRECTION,
               confirm=_("To, co było do poprawy, okazano w urzędzie i jest dobre.")),
        Button(_("Poproś o poprawkę"), reviewing.ask_correction, to=Status.NEEDS_CORRECTION, form=forms.CorrectionForm, needs=DECIDE),
        Button(_("Odnotuj okazanie oryginału"), reviewing.record_original, form=forms.OriginalForm, needs=DECIDE, when=_has_bases,
               tone="secondary"),
        Button(_("Dodaj zdjęcie"), paper.add_photo, form=forms.PhotoUploadForm, needs=PAPER, when=_takes_photo, tone="secondary"),
        Button(_("Oddaj do kolejki"), reviewing.put_back, needs=DECIDE, when=lambda one, user: one.status == Status.IN_REVIEW,
               tone="secondary"),
        Button(_("Odrzuć wniosek"), reviewing.reject, to=Status.REJECTED, form=forms.RejectForm, needs=DECIDE, tone="danger"),
    ]  # fmt: skip

    def get_queryset(self, request):
        close = rules.close_to(request.user, localdate())
        sent = super().get_queryset(request).exclude(mark="").select_related("package", "person", "applicant", "officer")
        return sent.exclude(Q(person__in=close) | Q(applicant__in=close)) if close else sent

    def get_ordering(self, request):
        return [F("due_on").asc(nulls_last=True), "submitted_at"]

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text:
            return queryset, False
        people = Person.objects.search(text).values("pk")
        return queryset.filter(Q(mark__iexact=text) | Q(registry_number__iexact=text) | Q(person__in=people)), False

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.newest_photo = steps.newest_photo(found.person) if found.package.is_base else None
            found.papers = list(found.files.select_related("file").order_by("pk"))
        return found

    def get_fields(self, request, obj=None):
        """What is empty is not shown."""
        return [name for name in self.fields if obj is None or getattr(obj, name) not in (None, "")]

    def person_of(self, application):
        return application.person_id

    def files_of(self, application):
        photo = application.newest_photo
        return [one.file for one in application.papers if one.file] + ([photo.file] if photo else [])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._beside(obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _beside(self, application):
        today = localdate()
        photo = application.newest_photo
        seen = photo and photo.file.is_clean
        return {
            "term": countdown(application, today, Calendar.of_office()), "photo": photo, "papers": application.papers,
            "photo_url": reverse("admin:resident_card_application_file", args=[application.pk, photo.file_id]) if seen else "",
            "bases": [(one, basis_in_words(one)) for one in application.bases.all()], "age": steps.age_of(application.person, today),
            "sections": answers_in_words(application, rules.policy(today), today), "substitute": application.details.get("substitute", ""),
        }  # fmt: skip

    # Paper

    def get_urls(self):
        view = self.admin_site.admin_view(self.paper_view)
        return [path("papierowy/", view, name="resident_card_application_paper"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_enter_paper": request.user.has_perm(PAPER), **(extra_context or {})})

    def paper_view(self, request):
        return require_http_methods(["GET", "HEAD", "POST"])(self._paper)(request)

    def _paper(self, request):
        if not request.user.has_perm(PAPER):
            raise PermissionDenied
        form = forms.PaperApplicationForm(request.POST if request.method == "POST" else typed_at_desk(request))
        if request.method == "POST" and form.is_valid() and (entered := self._entered(request, form)):
            self.message_user(request, _("Wpisano wniosek %(mark)s.") % {"mark": entered.mark})
            return HttpResponseRedirect(reverse("admin:resident_card_application_change", args=[entered.pk]))
        context = {**self.admin_site.each_context(request), "title": _("Wniosek papierowy"), "opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/resident_card/paper.html", context, status=422 if form.errors else 200)

    def _entered(self, request, form):
        """The application, or None with the reason beside the form."""
        data = form.cleaned_data
        given = {"registry_number": data["registry_number"], "applicant_pesel": data["applicant_pesel"], "seen": data["seen"]}
        try:
            return paper.enter(
                PackageType.objects.get(is_base=True), person=form.person(), details=form.details(), photo=request.FILES.get("photo"),
                by=request.user, moment=timezone.now(), **given,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("photo", error)
        except Refused as why:
            form.add_error(None, str(why))
        return None

    @admin.display(description=_("termin"), ordering="due_on")
    def term(self, application):
        due = f"{application.due_on:%d.%m.%Y}" if application.due_on else ""
        words = '<span class="desk-term desk-term--{}">{}</span> <span class="desk-under">{}</span>'
        return format_html(words, application.term.tone, application.term.text, due)

    @admin.display(description=_("dla kogo"), ordering="person__search")
    def who(self, application):
        under = _("%(package)s, na papierze") % {"package": application.package} if application.is_paper else application.package
        return format_html(
            '{} {} <span class="desk-under">{}</span>', application.person.last_name, application.person.first_name, under
        )
