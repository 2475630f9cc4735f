"""The one renderer of forms: labels, hints, errors and their ties are right everywhere."""

from django.forms import BoundField, CheckboxInput
from django.forms.renderers import TemplatesSetting


class PortalBoundField(BoundField):
    """A field that leaves checking to the server, so that every error reads the same and lands in the summary."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        return attrs

    @property
    def is_tick(self):
        return isinstance(self.field.widget, CheckboxInput)


class PortalRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
