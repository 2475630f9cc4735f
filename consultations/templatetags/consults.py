"""`{% load consults %}{% consult_row row=row %}`: one consultation of the list, written by Python because twenty stand on a page."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
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
def consult_row(*, row):
    """`row` of `views.pages`: what is asked, by what law, where it stands and how much time is left."""
    one = row["consultation"]
    url, until = link_to("consultation", one.slug), one.last_moment if row["is_open"] else None
    asked = (url, one.title, one.summary, one.basis.title, one.is_sample)
    return _drawn(get_language(), *asked, row["word"], row["tone"], row["left"], row["left_tone"], until)


@lru_cache(maxsize=500)  # the same for everyone, and told anew as soon as anything in it changes
def _drawn(language, url, title, summary, basis, is_sample, word, tone, left, left_tone, until):
    time_left = '<span class="consult__left consult__left--{}">{}</span>'
    return format_html(
        ROW, " consult--open" if until else "", basis, f" · {_('przykład')}" if is_sample else "", url, typo(title), typo(summary),
        status_tag(text=word, tone=tone), format_html(time_left, left_tone, left) if left else "",
        format_html('<span class="consult__until">{} {}</span>', _("do"), long_date(until)) if until else "",
    )  # fmt: skip
