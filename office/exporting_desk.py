"""A register taken along as a file: the rows that the list shows to this clerk, and each person named in it is told (S17, S28)."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from office import audit
from office.exports import as_csv, as_xlsx

WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


class ExportingDesk(admin.ModelAdmin):
    """`export = (name of the file, columns, rows of a queryset)`; `export_people`: the path to the person of a row."""

    change_list_template = "admin/office/change_list.html"
    export: tuple
    export_people: str

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("plik.<slug:kind>", view, name=name), *super().get_urls()]

    def export_view(self, request, kind):
        return require_safe(self._export)(request, kind)

    def _export(self, request, kind):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in WRITERS:
            raise Http404
        name, columns, rows = self.export
        found = self.get_changelist_instance(request).get_queryset(request)
        people = found.order_by().values_list(self.export_people, flat=True).distinct()
        audit.record_reads(
            reader=request.user, people=people, what=_("plik: %(name)s") % {"name": name}, purpose=str(self.purpose)
        )
        return WRITERS[kind](f"{name}-{localdate():%Y-%m-%d}", columns, rows(found))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"export_files": self.export_files(request), **(extra_context or {})})

    def export_files(self, request) -> list[dict]:
        """The list as files, filtered as it is."""
        query = request.GET.urlencode()
        return [{"kind": kind, "url": f"plik.{kind}{'?' if query else ''}{query}"} for kind in WRITERS]
