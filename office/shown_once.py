"""Verbs whose answer is shown once, on the reply itself, and never stored for a next page: a code on a slip, a revealed number."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise

from office.admin_buttons import Button
from office.transitions import Refused


class ShownOnce:
    """Mixin before DeskAdmin: `once = [Button(...)]`, each with a form or a sentence to read. `code_hint`: where a code is typed."""

    once: list[Button] = []
    code_hint: str | Promise = ""
    admin_site: Any
    opts: Any

    def get_urls(self):
        view = self.admin_site.admin_view(self.once_view)
        return [path("<path:object_id>/raz/<slug:name>/", view, name=self._url_name("once")), *super().get_urls()]  # type: ignore[misc]

    def buttons_for(self, request, obj):
        once = [
            {"button": one, "url": reverse(f"admin:{self._url_name('once')}", args=[obj.pk, one.name]), "seen": ""}  # type: ignore[attr-defined]
            for one in self.once
            if one.is_allowed(request.user) and one.fits(obj, request.user)
        ]
        rest = super().buttons_for(request, obj)  # type: ignore[misc]
        return [*rest[:1], *once, *rest[1:]]

    def once_view(self, request, object_id, name):
        obj = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        button = next((one for one in self.once if one.name == name), None)
        if obj is None or button is None or not self.has_view_permission(request, obj):  # type: ignore[attr-defined]
            raise Http404
        if not (button.is_allowed(request.user) and button.fits(obj, request.user)):
            raise PermissionDenied
        form = button.blank(obj, *([request.POST] if request.method == "POST" else []))
        if not (form.is_bound and form.is_valid()):
            return self._page(request, obj, button, form)  # type: ignore[attr-defined]
        return self._answer(request, obj, button, form)

    def _answer(self, request, obj, button, form):
        try:
            value = button.press(obj, request.user, form.cleaned_data)
        except Refused as why:
            return self._page(request, obj, button, form, str(why))  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request), "title": button.label, "opts": self.opts, "original": obj, "value": value,
            "is_code": button.name.startswith("issue_"), "code_hint": self.code_hint, "object_url": self._object_url(obj),  # type: ignore[attr-defined]
        }  # fmt: skip
        return TemplateResponse(request, "admin/office/shown_once.html", context)
