"""Places of streets at the desk: one by hand, many from a file. Who changed what stays in the history of the rows."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from office import sheets
from office.admin_buttons import DeskAdmin
from office.polish import fold
from office.transitions import Refused
from residents import streets
from residents.models import StreetPlace
from residents.models.places import street_key
from residents.whereabouts import rounded, why_not_here
from ui.fields import CleanCharField


class DegreesField(CleanCharField):
    """As maps give them, with a dot or a comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = super().to_python(value)
        found = rounded(text) if text else None
        if text and found is None:
            raise ValidationError(_("Wpisz stopnie, na przykład 54.26012."))
        return found


class StreetPlaceForm(forms.ModelForm):
    street = CleanCharField(label=_("Ulica"), max_length=120)
    latitude = DegreesField(label=_("Szerokość geograficzna"), help_text=_("Środek ulicy, na przykład 54.26012."))
    longitude = DegreesField(label=_("Długość geograficzna"), help_text=_("Na przykład 18.63457."))
    source = CleanCharField(label=_("Skąd to wiadomo"), max_length=200)
    licence = CleanCharField(label=_("Licencja"), max_length=120, help_text=_("Na jakiej wolno tego użyć, na przykład: CC0 1.0."))

    class Meta:
        model = StreetPlace
        fields = ["street", "latitude", "longitude", "source", "licence"]

    def clean(self):
        typed = super().clean()
        where = typed.get("latitude"), typed.get("longitude")
        if None not in where and (why := why_not_here(*where)):
            self.add_error("latitude", f"{why[:1].upper()}{why[1:]}.")
        if street := typed.get("street"):
            self.instance.search = street_key(street)
            if StreetPlace.objects.filter(search=self.instance.search).exclude(pk=self.instance.pk).exists():
                self.add_error("street", _("Ta ulica jest już na liście."))
        return typed


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV z położeniami ulic"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("Kolumny: ulica, szerokość, długość, źródło, licencja. Ulice, których w pliku nie ma, zostają bez zmian."),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > sheets.LARGEST:
            raise ValidationError(_("Plik jest większy niż %(size)d kB.") % {"size": sheets.LARGEST // 1024})
        return file.read()


@admin.register(StreetPlace)
class StreetPlaceAdmin(DeskAdmin):
    may_add = may_change = may_delete = True
    form = StreetPlaceForm
    list_display = ["street", "latitude", "longitude", "source", "licence"]
    search_fields = ["search"]
    search_help_text = _("Nazwa ulicy, polskie litery nie są potrzebne.")
    fields = ["street", "latitude", "longitude", "source", "licence"]
    change_list_template = "admin/residents/street_places.html"

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.import_view))
        return [path("wczytaj/", view, name=self._url_name("import")), *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "may_import": self._may_import(request)})

    def _may_import(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_view(self, request):
        """All rows or none; each wrong one is told."""
        if not self._may_import(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                count = streets.take_in(form.cleaned_data["file"])
            except Refused as why:
                form.add_error("file", str(why).split("\n"))
            else:
                messages.success(request, _("Wczytano. Nowe albo zmienione ulice: %(count)d.") % {"count": count})
                return HttpResponseRedirect(reverse(f"admin:{self._url_name('changelist')}"))
        page = {**self.admin_site.each_context(request), "title": _("Wczytaj położenia ulic"), "opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/residents/import_streets.html", page, status=422 if form.errors else 200)
