"""`{% session_warning %}`: the two-minute warning before a session ends (S13); nothing for strangers."""

from django import template
from django.utils.safestring import mark_safe

from accounts.sessions import WARNING, limits
from ui.templatetags.ui import constant_form

register = template.Library()
LEFT = "\ufdd1"  # stands in the constant part where the seconds of this session go


@register.simple_tag(takes_context=True)
def session_warning(context):
    """Put once into the base page of a signed-in person."""
    html = constant_form(context, "account/session_warning.html", left=LEFT, warning=WARNING)
    return mark_safe(html.replace(LEFT, str(limits(context["request"]).left)))  # noqa: S308  a number
