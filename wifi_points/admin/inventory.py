"""The list of a network at the desk: taken in from a file through the same doors as the installer's, and given out in the same columns."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from office import exports
from office.transitions import Refused
from wifi_points import inventory, rules
from wifi_points.forms import SheetForm

KEEP = "wifi_points.keep_network"
LOADS_SHOWN = 5


class InventoryDesk:
    """Mixin of the networks' desk."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.inventory_view))
        file = self.admin_site.admin_view(require_safe(self.inventory_file))
        ours = [
            path("<path:object_id>/wykaz/", view, name=self._url_name("inventory")),
            path("<path:object_id>/wykaz.csv", file, name=self._url_name("inventory_file")),
        ]
        return [*ours, *super().get_urls()]

    def _seen_network(self, request, object_id):
        found = self.get_object(request, unquote(object_id))
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        return found

    def inventory_file(self, request, object_id):
        found = self._seen_network(request, object_id)
        return exports.as_csv(f"wykaz-wifi-{found.number}", inventory.TITLES, inventory.sheet_rows(found))

    def inventory_view(self, request, object_id):
        """First the file and what it would change; then, from what was shown, the change itself."""
        found = self._seen_network(request, object_id)
        if not request.user.has_perm(KEEP):
            raise PermissionDenied
        if request.method == "POST" and "content" in request.POST:
            return self._taken_in(request, found)
        form = SheetForm(request.POST or None, request.FILES or None)
        shown = inventory.preview(form.cleaned_data["file"].read(), found) if form.is_bound and form.is_valid() else {}
        return self._inventory_page(request, found, form, **shown)

    def _taken_in(self, request, found):
        try:
            change = inventory.take_previewed(request.POST["content"], found, by=request.user, moment=timezone.now())
        except Refused as why:
            found.refresh_from_db()
            return self._inventory_page(request, found, SheetForm(), refusal=str(why))
        messages.success(request, inventory.in_words(change))
        return HttpResponseRedirect(self._object_url(found))

    def _inventory_page(self, request, found, form, **shown):
        file_url = reverse(f"admin:{self._url_name('inventory_file')}", args=[found.pk], current_app=self.admin_site.name)
        page = {
            **self.admin_site.each_context(request), "title": _("Wczytaj wykaz z pliku"), "opts": self.opts, "original": found,
            "object_url": self._object_url(found), "form": form, "header": inventory.HEADER, "is_locked": rules.is_locked(found),
            "file_url": file_url, **shown,
        }  # fmt: skip
        status = 409 if shown.get("refusal") else 422 if form.errors or shown.get("errors") else 200
        return TemplateResponse(request, "admin/wifi_points/inventory.html", page, status=status)


def loads_of(network) -> list[dict]:
    """Whose files changed the list last: a clerk by name, else the installer."""
    loads = list(network.inventory_loads.all()[:LOADS_SHOWN])
    people = User.objects.filter(subject__in={one.by for one in loads}).values_list("subject", "is_staff", "name")
    names = {subject: name if is_staff else _("instalator") for subject, is_staff, name in people}
    return [{"load": one, "who": names.get(one.by, _("konto, którego już nie ma"))} for one in loads]
