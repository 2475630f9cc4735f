"""`{% load consults %}`: what the pages of consultations show in the same words to everybody.

Data is asked of the database on every visit; only its HTML is kept, and used again while the data is the same to the letter.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.story import link_to
from ui.templatetags.ui import status_tag
from ui.words import long_date, typo

register = template.Library()
ROW = (
    '<li class="consult{}"><div class="consult__body"><p class="consult__kind">{}{}</p>'
    '<h2 class="consult__title"><a href="{}">{}</a></h2><p class="consult__text">{}</p></div>'
    '<p class="consult__aside">{}{}{}</p></li>'
)


@register.simple_tag
def consult_content(*, story):
    """The page of one consultation below its title. Its template may look at the story and at nothing else."""
    return _shown("consultations/consultation_content.html", story.told, {"story": story, "consultation": story.consultation})


@dataclass(frozen=True)
class _Reading:
    """Data read just now, equal to an earlier reading that tells the same."""

    told: Hashable
    context: dict[str, Any] = field(compare=False)


def _shown(template_name, told, context):
    return _html(template_name, get_language(), get_urlconf(), get_script_prefix(), _Reading(told, context))


@lru_cache(maxsize=100)
def _html(template_name, language, urlconf, prefix, reading):
    return mark_safe(render_to_string(template_name, reading.context))  # noqa: S308  rendered by an escaping template


@register.simple_tag
def consult_row(*, row):
    """`row` of `views.pages`: what is asked, by what law, where it stands and how much time is left."""
    one = row["consultation"]
    left = '<span class="consult__left consult__left--{}">{}</span>'
    until = '<span class="consult__until">{} {}</span>'
    return format_html(
        ROW, " consult--open" if row["is_open"] else "", one.basis.title, f" · {_('przykład')}" if one.is_sample else "",
        link_to("consultation", one.slug), typo(one.title), typo(one.summary), status_tag(text=row["word"], tone=row["tone"]),
        format_html(left, row["left_tone"], row["left"]) if row["left"] else "",
        format_html(until, _("do"), long_date(one.last_moment)) if row["is_open"] else "",
    )  # fmt: skip
