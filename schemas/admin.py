"""The builder of forms: a form has versions, a version pages, a page questions, a question options. What is published is only read."""

from django import forms
from django.contrib import admin
from django.contrib.admin import widgets
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from office.admin_buttons import Button, DeskAdmin
from schemas import actions, views
from schemas.comparison import difference, heaviest
from schemas.computed import registered_names
from schemas.conditions import ConditionForm, set_condition
from schemas.consistency import faults, foreign_conditions
from schemas.definition import TODAY, compile_version
from schemas.models import Definition, MatrixRow, Option, Page, Question, Version
from schemas.paper import rule_in_words
from schemas.warnings import warnings
from ui.fields import CleanCharField, day

PUBLISH = "schemas.publish_version"
SENTENCES = ("label", "title", "source")
DAYS = ("earliest", "latest")


class DayLimitField(forms.CharField):
    """A day of the calendar, or „dziś”, which is kept as the word that code knows. Publishing checks the day."""

    def prepare_value(self, value):
        return _("dziś") if value == TODAY else value

    def to_python(self, value):
        typed = super().to_python(value).strip()
        return TODAY if typed.lower() in ("dziś", "dzis") else typed


def version_of(obj) -> Version | None:
    """The version that a page, a question or the version itself belongs to."""
    if isinstance(obj, Question):
        return obj.page.version
    return obj.version if isinstance(obj, Page) else obj


def _roomy(db_field: models.Field) -> forms.Field | None:
    """Sentences get a box in which they can be read; what counts a field is picked from the names that code registers."""
    if db_field.name == "computed_by":
        names = [("", "-"), *((name, name) for name in registered_names())]
        return forms.ChoiceField(label=db_field.verbose_name, choices=names, required=False)
    if db_field.name in DAYS:
        example = _("Dzień, na przykład 2026-05-10, albo „dziś”: dzień wypełniania.")
        return DayLimitField(label=db_field.verbose_name, max_length=10, required=False, help_text=example)
    if db_field.name in SENTENCES:
        return _clean(db_field, widget=widgets.AdminTextareaWidget({"rows": 2, "class": "vLargeTextField"}))
    if isinstance(db_field, models.TextField):
        return _clean(db_field, widget=widgets.AdminTextareaWidget(), multiline=True)
    return None


def _clean(db_field: models.Field, **kwargs) -> forms.Field | None:
    """What a clerk writes is read by everybody who answers, so nothing is hidden in it (S43)."""
    return db_field.formfield(form_class=CleanCharField, **kwargs)


def _narrow(db_field: models.Field) -> forms.Field | None:
    """Codes and sentences that fit in a row of a table."""
    if db_field.name == "code":
        return db_field.formfield(widget=forms.TextInput({"size": 16}))
    return _clean(db_field, widget=forms.Textarea({"rows": 2, "cols": 34})) if db_field.name in ("label", "hint") else None


class DraftOnly:
    """Parts of a version may be changed while it is a draft; the database refuses it afterwards anyway."""

    def _is_open(self, obj) -> bool:
        version = version_of(obj)
        return version is None or version.is_draft

    def has_add_permission(self, request, obj=None):
        return self._is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(obj) and super().has_delete_permission(request, obj)


class PartFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("usuń ten wiersz")


class PartInline(DraftOnly, admin.TabularInline):
    """Rows of a table without labels of their own: each box is named by its column."""

    formset = PartFormSet
    extra = 0
    ordering = ["order", "id"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """As in the part's own form, but narrow enough for a row of a table."""
        field = _narrow(db_field) or _roomy(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(db_field.verbose_name)
        return field


class PageInline(PartInline):
    model = Page
    fields = ["order", "code", "title"]
    show_change_link = True


class QuestionInline(PartInline):
    model = Question
    fields = ["order", "code", "kind", "computed_by", "label"]
    show_change_link = True


class OptionInline(PartInline):
    model = Option
    fields = ["order", "code", "label", "hint", "takes_text", "is_exclusive"]


class MatrixRowInline(PartInline):
    """Rows of a table go with the options of its columns: who may change these changes those."""

    model = MatrixRow
    fields = ["order", "code", "label"]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("schemas.view_option")

    def has_add_permission(self, request, obj=None):
        return self._is_open(obj) and request.user.has_perm("schemas.add_option")

    def has_change_permission(self, request, obj=None):
        return self._is_open(obj) and request.user.has_perm("schemas.change_option")

    def has_delete_permission(self, request, obj=None):
        return self._is_open(obj) and request.user.has_perm("schemas.delete_option")


class VersionInline(admin.TabularInline):
    model = Version
    fields = ["number", "published_at", "in_force_from", "withdrawn_at"]
    readonly_fields = ["number", "published_at", "in_force_from", "withdrawn_at"]
    ordering = ["-number"]
    extra = 0
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PublishForm(forms.Form):
    in_force_from = day(
        _("Obowiązuje od"), required=False,
        help_text=_("Puste: od razu. Do tego dnia mieszkańcy wypełniają poprzednią wersję; możesz ją potem wycofać."),
    )  # fmt: skip


class CloneForm(forms.Form):
    title = CleanCharField(label=_("Nazwa nowego wzoru"), max_length=200)
    code = forms.SlugField(
        label=_("Kod nowego wzoru"), max_length=50,
        help_text=_("Małe litery, cyfry i łączniki, na przykład ankieta-2026. Kodu nie da się potem zmienić."),
    )  # fmt: skip


@admin.register(Definition)
class DefinitionAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["title", "code"]
    search_fields = ["title", "code"]
    inlines = [VersionInline]
    buttons = [
        Button(
            _("Załóż pierwszą wersję"),
            actions.first_version,
            needs="schemas.add_version",
            when=lambda definition, user: not definition.versions.exists(),
            done=_("Założono szkic wersji 1."),
        ),
        Button(
            _("Skopiuj jako nowy wzór"),
            actions.clone_definition,
            needs="schemas.add_definition",
            form=CloneForm,
            initial=lambda definition: {"title": definition.title},
            when=lambda definition, user: definition.versions.exists(),
            done=_("Założono nowy wzór ze szkicem wersji 1. Znajdziesz go na liście wzorów."),
            tone="secondary",
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []


class BuilderAdmin(DeskAdmin):
    """A desk of drafts: what is published is shown and not changed."""

    may_change = may_delete = True

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return _roomy(db_field) or super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["title"] = self.opts.verbose_name.capitalize()
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def has_change_permission(self, request, obj=None):
        return (obj is None or version_of(obj).is_draft) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or version_of(obj).is_draft) and super().has_delete_permission(request, obj)


@admin.register(Version)
class VersionAdmin(BuilderAdmin):
    change_form_template = "admin/schemas/version.html"
    list_display = ["definition", "number", "published_at", "in_force_from", "withdrawn_at"]
    list_filter = ["definition"]
    list_select_related = ["definition"]
    fields = ["definition", "number", "title", "intro", "instruction", "source", "published_at", "in_force_from", "withdrawn_at"]
    readonly_fields = ["definition", "number", "published_at", "in_force_from", "withdrawn_at"]
    inlines = [PageInline]
    buttons = [
        Button(
            _("Ogłoś wersję"),
            actions.publish,
            needs=PUBLISH,
            when=lambda version, user: version.is_draft,
            form=PublishForm,
            confirm=_(
                "Po ogłoszeniu wersji nie da się zmienić: odpowiedzi mieszkańców będą się do niej odwoływać. Poprawki to następna wersja."
            ),
            done=_("Wersja jest ogłoszona."),
        ),
        Button(
            _("Załóż następną wersję"),
            actions.next_version,
            needs="schemas.add_version",
            when=lambda version, user: not version.is_draft,
            done=_("Założono szkic następnej wersji. Znajdziesz go wśród innych wersji."),
            tone="secondary",
        ),
        Button(
            _("Wycofaj wersję"),
            actions.withdraw,
            needs=PUBLISH,
            when=lambda version, user: not version.is_draft and version.withdrawn_at is None,
            confirm=_("Nikt już nie zacznie wypełniać tej wersji. Co wypełniono, zostaje. Tego nie da się cofnąć."),
            done=_("Wersja jest wycofana."),
            tone="danger",
        ),
    ]

    def get_urls(self):
        name = "schemas_version"
        ours = [
            path("<uuid:pk>/podglad/", self.admin_site.admin_view(self.preview_view), name=f"{name}_preview"),
            path("<uuid:pk>/papier/", self.admin_site.admin_view(self.paper_view), name=f"{name}_paper"),
            path("<uuid:pk>/papier.pdf", self.admin_site.admin_view(self.paper_pdf_view), name=f"{name}_paper_pdf"),
        ]
        return [*ours, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            others = obj.definition.versions.exclude(pk=obj.pk).order_by("-number")
            context |= {"others": others, "is_draft": obj.is_draft, **(_before_publishing(obj) if obj.is_draft else {})}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _seen_version(self, request: HttpRequest, pk) -> Version:
        """404 for staff who may not see forms, as for a version that is not there."""
        allowed = self.get_queryset(request) if self.has_view_permission(request) else Version.objects.none()
        return get_object_or_404(allowed.select_related("definition"), pk=pk)

    def preview_view(self, request: HttpRequest, pk) -> HttpResponse:
        version = self._seen_version(request, pk)
        back_url = reverse("admin:schemas_version_change", args=[pk])
        return require_http_methods(["GET", "HEAD", "POST"])(views.preview)(request, version, back_url=back_url)

    def paper_view(self, request: HttpRequest, pk) -> HttpResponse:
        version = self._seen_version(request, pk)
        pdf_url = reverse("admin:schemas_version_paper_pdf", args=[pk])
        return require_safe(views.paper_page)(request, compile_version(version), pdf_url=pdf_url)

    def paper_pdf_view(self, request: HttpRequest, pk) -> HttpResponse:
        version = self._seen_version(request, pk)
        return require_safe(lambda request: views.draft_paper_pdf(version))(request)


def _before_publishing(version: Version) -> dict:
    """What the editor reads above a draft: what forbids to publish it, what is doubtful, and what changes for people."""
    form = compile_version(version)
    earlier = [compile_version(one) for one in version.definition.versions.filter(published_at__isnull=False)]
    before = max(earlier, key=lambda old: old.version, default=None)
    changes = difference(before, form) if before else []
    return {
        "reasons": [*foreign_conditions(version), *faults(form, earlier)], "doubts": warnings(form),
        "before": before, "changes": changes, "edit": heaviest(changes),
    }  # fmt: skip


CONDITION = Button(
    _("Kiedy pokazywać"),
    set_condition,
    needs="schemas.change_question",
    form=ConditionForm,
    when=lambda part, user: version_of(part).is_draft,
    done=_("Warunek zapisany."),
    tone="secondary",
)


class PartAdmin(BuilderAdmin):
    """A page or a question: reached from what it belongs to, so it has no place in the menu."""

    change_form_template = "admin/schemas/part.html"
    buttons = [CONDITION]

    def has_module_permission(self, request):
        return False

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            form = compile_version(version_of(obj))
            found = form.questions.get(obj.code) if isinstance(obj, Question) else form.page(obj.code)
            rule = found.shown_when if found else None
            context |= {
                "version": version_of(obj),
                "parent": getattr(obj, "page", None),
                "rule": rule and rule_in_words(form, rule),
            }
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


@admin.register(Page)
class PageAdmin(PartAdmin):
    list_display = ["title", "version"]
    list_select_related = ["version__definition"]
    fields = ["order", "code", "title", "intro"]
    inlines = [QuestionInline]


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    list_display = ["label", "code", "kind", "page"]
    list_select_related = ["page"]
    fieldsets = [
        (None, {"fields": ["order", "code", "kind", "label", "hint", "is_required"]}),
        (
            _("Granice"),
            {
                "fields": [("minimum", "maximum"), ("earliest", "latest")],
                "description": _(
                    "Liczby: dla tekstu ile znaków, dla liczby jej wartość, dla kilku z wielu ile zaznaczeń, dla skali jej końce, "
                    "dla kolejności ile miejsc (puste: wszystkie), dla załącznika ile plików. Dni: tylko dla daty."
                ),
            },
        ),
        (_("Skala"), {"fields": [("minimum_label", "maximum_label"), "has_no_opinion"]}),
        (_("Dla programu"), {"fields": ["computed_by", "autocomplete"]}),
    ]
    inlines = [OptionInline, MatrixRowInline]
