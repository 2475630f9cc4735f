"""The one renderer of forms: labels, hints, errors and their ties are right everywhere."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    pass
