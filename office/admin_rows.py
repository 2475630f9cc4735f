"""Rows of a table below a form of the desk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NamedFormSet(forms.BaseInlineFormSet):
    """Every field carries the name of its column, because a screen reader does not hear the head of the table (WCAG 4.1.2)."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            label = _("usuń ten wiersz") if name == "DELETE" else field.label
            if label:
                inner = getattr(field.widget, "widget", field.widget)  # a menu with Django's buttons around it
                inner.attrs.setdefault("aria-label", str(label))


class NamedRows(admin.TabularInline):
    extra = 0
    formset = NamedFormSet
