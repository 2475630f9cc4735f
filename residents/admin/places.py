"""Address points at the desk: looked up, and laid down from the town's file after a look at what would change."""

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import DeskAdmin
from office.polish import fold
from office.transitions import Refused
from residents.addresses import LARGEST, difference, import_addresses, read_addresses
from residents.models import AddressPoint

SALT = "residents.addresses"
ERRORS_SHOWN = 50


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV z punktami adresowymi"),
        help_text=_("Kolumny: TERC, SIMC, ULIC, street, number, flat. Najpierw zobaczysz, co się zmieni."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Plik jest większy niż %(size)d MB.") % {"size": LARGEST // 1024 // 1024})
        return file


@admin.register(AddressPoint)
class AddressPointAdmin(DeskAdmin):
    list_display = ["street", "number", "ulic", "flats", "is_sample"]
    list_filter = ["is_sample"]
    search_fields = ["search"]
    search_help_text = _("Ulica i numer, polskie litery nie są potrzebne.")
    ordering = ["search"]
    fields = ["street", "number", "terc", "simc", "ulic", "flats", "is_sample"]
    readonly_fields = ["flats"]
    change_list_template = "admin/residents/addresses.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_view)
        return [path("wczytaj/", view, name=self._url_name("import")), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("dwellings")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def changelist_view(self, request, extra_context=None):
        may_import = request.user.has_perm("residents.import_addresses")
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may_import})

    @admin.display(description=_("Lokale"))
    def flats(self, obj):
        return (
            ", ".join(sorted((one.flat for one in obj.dwellings.all() if one.flat), key=lambda flat: (len(flat), flat)))
            or self.get_empty_value_display()
        )

    def import_view(self, request):
        """First the file and what it would change, then, from what was shown, the change itself."""
        if not request.user.has_perm("residents.import_addresses"):
            raise PermissionDenied
        if request.method == "POST" and "content" in request.POST:
            return self._imported(request)
        form = FileForm(request.POST or None, request.FILES or None)
        page = {**self.admin_site.each_context(request), "title": _("Wczytaj punkty adresowe"), "opts": self.opts, "form": form}
        if request.method == "POST" and form.is_valid():
            page |= _preview(form.cleaned_data["file"].read())
        return TemplateResponse(request, "admin/residents/import_addresses.html", page)

    def _imported(self, request):
        try:
            content = signing.loads(request.POST["content"], salt=SALT, max_age=3600).encode()
            change = import_addresses(read_addresses(content))
        except signing.BadSignature:
            messages.error(request, _("Podgląd stracił ważność. Wybierz plik jeszcze raz."))
            return HttpResponseRedirect(reverse(f"admin:{self._url_name('import')}"))
        except Refused as why:
            messages.error(request, str(why))
            return HttpResponseRedirect(reverse(f"admin:{self._url_name('import')}"))
        said = _("Wczytano. Nowe punkty: %(points)d, zmienione nazwy: %(renamed)d, nowe lokale: %(flats)d.")
        values = {"points": change.new_points, "renamed": change.renamed_points, "flats": change.new_dwellings}
        messages.success(request, said % values)
        return HttpResponseRedirect(reverse(f"admin:{self._url_name('changelist')}"))


def _preview(content):
    reading = read_addresses(content)
    page = {"reading": reading, "errors": reading.errors[:ERRORS_SHOWN], "more_errors": len(reading.errors) - ERRORS_SHOWN}
    if reading.errors:
        return page
    return {**page, "change": difference(reading), "content": signing.dumps(as_text(reading), salt=SALT, compress=True)}


def as_text(reading) -> str:
    """The reading as a plain file again: what was shown is what will be laid down."""
    rows = [
        ",".join([*key[:3], f'"{reading.streets[key[:3]].replace(chr(34), chr(34) * 2)}"', key[3], flat])
        for key, flats in reading.flats.items()
        for flat in sorted(flats)
    ]
    return "\n".join(["TERC,SIMC,ULIC,street,number,flat", *rows])
