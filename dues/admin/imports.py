"""Files of the tax system at the desk: upload, what the check found, load; errors to take along."""

import tempfile
from pathlib import Path

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dues.actions import imports
from dues.forms import UploadForm
from dues.models import Import
from dues.statuses import ImportStatus
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused

DO = "dues.add_import"


@admin.register(Import)
class ImportAdmin(DeskAdmin):
    may_add = True
    change_form_template = "admin/dues/import.html"
    list_display = ["uploaded_at", "name", "as_of", "status", "rows", "errors"]
    list_filter = ["status"]
    fields = ["name", "format", "as_of", "size", "sha256", "uploaded_at", "finished_at"]
    buttons = [
        Button(_("Wczytaj"), imports.load, to=ImportStatus.LOADING, needs=DO,
               confirm=_("Wszystkie wiersze wczytają się naraz albo żaden. Mieszkańcy od razu zobaczą nowy stan.")),
        Button(_("Porzuć"), imports.drop, to=ImportStatus.DROPPED, needs=DO, tone="danger",
               confirm=_("Plik zostanie usunięty, nic się nie wczyta.")),
    ]  # fmt: skip

    def files_of(self, obj):
        return [obj.errors_file] if obj.errors_file_id else []

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_bound and form.is_valid() and (made := self._taken(request, form)):
            messages.success(request, _t("Plik przyjęty. Sprawdzamy go w tle."))
            return HttpResponseRedirect(self._object_url(made))
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _t("Wgraj plik z systemu podatkowego"),
            "form": form,
        }
        return TemplateResponse(request, "admin/dues/upload.html", page, status=422 if form.errors else 200)

    def _taken(self, request, form):
        """A refusal stands beside the field it is about; the file has to be picked again, as browsers want it."""
        upload = form.cleaned_data["file"]
        try:
            if upload.size > imports.LARGEST:
                raise ValidationError(_t("Plik ma więcej niż %(most)d MB. Podziel go.") % {"most": imports.LARGEST // 1024**2})
            with tempfile.NamedTemporaryFile(prefix="dues-") as file:
                for piece in upload.chunks():
                    file.write(piece)
                file.flush()
                given = {"name": upload.name or "import", "as_of": form.cleaned_data["as_of"], "by": request.user}
                return imports.take_in(Path(file.name), moment=timezone.now(), **given)
        except ValidationError as error:
            form.add_error("file", error)
        except Refused as why:
            form.add_error("as_of", str(why))
        return None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["is_moving"] = obj.status in imports.WORKING
            context["changes"] = obj.changes.count() if obj.status == ImportStatus.LOADED else 0
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
