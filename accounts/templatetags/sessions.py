"""`{% session_warning %}`: the two-minute warning before a session ends (S13); nothing for strangers."""

from django import template

from accounts.sessions import WARNING, limits

register = template.Library()


@register.inclusion_tag("account/session_warning.html", takes_context=True)
def session_warning(context):
    """Put once into the base page of a signed-in person."""
    return {"limits": limits(context["request"]), "warning": WARNING, "csrf_token": context.get("csrf_token")}
