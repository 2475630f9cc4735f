"""Components: one Python function with keyword-only arguments each. docs/ui.md lists them all.

Larger ones have a template; the small ones that lists repeat write their line of HTML themselves, many times faster.
A misspelt argument fails when the template compiles; a tone or kind that does not exist fails when it renders.
"""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import TemplateSyntaxError
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language

from ui import letters, words
from ui.icons import ICONS

register = template.Library()

TONES = ("neutral", "info", "good", "warn", "urgent")
TONE_ICONS = {"neutral": "info", "info": "info", "good": "check", "warn": "warning", "urgent": "stop"}
KINDS = ("primary", "quiet", "danger", "text")
STEP_STATES = {"done": "gotowe", "current": "teraz", "waiting": "przed nami"}


def _one_of(value, allowed, what):
    if value not in allowed:
        raise TemplateSyntaxError(f"{what} is {value!r}, allowed: {', '.join(allowed)}")
    return value


# Words


@register.filter(is_safe=True)
@stringfilter
def typo(text):
    """`{{ text|typo }}`: non-breaking spaces where Polish wants them. What was escaped stays so, what was safe stays safe."""
    return words.typo(text)


@register.simple_block_tag(name="typo")
def typo_block(content):
    """`{% typo %}<p>…</p>{% endtypo %}` for prose; not around form fields."""
    return mark_safe(words.typo(content))  # noqa: S308  the template engine has already escaped it


register.filter("money", words.money)
register.filter("long_date", words.long_date)
register.filter("long_moment", words.long_moment)
register.filter("file_size", words.file_size)
register.filter("letter", letters.html_of)
register.filter("linked", letters.linked)


@register.simple_tag
def day(*, on: date):
    """A day in words inside <time>: `{% day on=case.due_on %}`."""
    return format_html('<time datetime="{}">{}</time>', f"{on:%Y-%m-%d}", words.long_date(on))


@register.simple_tag
def moment(*, at: datetime):
    """A moment in words, Warsaw time, inside <time>."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), words.long_moment(at))


@register.simple_tag
def counted(*, count, one, few, many):
    return words.counted(count, one, few, many)


# Small things


@register.simple_tag
def constant(template_name):
    """A part that is the same for everyone, like the footer: rendered once a process for each language."""
    return _constant(template_name, get_language(), get_urlconf(), settings.PORTAL_URL)


@lru_cache(maxsize=100)
def _constant(template_name, language, urlconf, portal_url):
    return mark_safe(render_to_string(template_name, {"portal_url": portal_url}))  # noqa: S308  rendered by an escaping template


PUT_IN = "\ufdd0"  # stands in a constant form where everybody's own token goes


@register.simple_tag(takes_context=True)
def constant_form(context, template_name, **versions):
    """As `constant`, for a part with one form: only the token is put in anew.

    `versions`: the few values that the part looks at, each shared by many people; never anything of one person.
    """
    html = _constant_form(template_name, get_language(), get_urlconf(), get_script_prefix(), tuple(versions.items()))
    return mark_safe(html.replace(PUT_IN, str(context["csrf_token"])))  # noqa: S308  letters and digits made by Django


@lru_cache(maxsize=100)
def _constant_form(template_name, language, urlconf, prefix, versions):
    return render_to_string(template_name, {**dict(versions), "csrf_token": PUT_IN})


@register.simple_tag
def place(name):
    """As `{% url %}` for an address without parts, which is the same for everyone: looked up once a process."""
    return _place(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=200)
def _place(name, urlconf, prefix):
    return reverse(name)


@register.simple_tag
@lru_cache(maxsize=len(ICONS))
def icon(*, name):
    """A drawn icon hidden from screen readers; a word beside it must say the same."""
    _one_of(name, ICONS, "icon")
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.inclusion_tag("components/button.html")
def button(*, text, kind="primary", name="", value="", icon="", form="", formaction="", described_by=""):
    """A submit button. One primary on a page; `kind` quiet, danger or text for the others."""
    return {**locals(), "kind": _one_of(kind, KINDS, "kind")}


@register.simple_tag
def link_button(*, text, url, kind="primary", icon="", download=False):
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return format_html(
        '<a class="button button--{}" href="{}"{}>{}{}</a>',
        _one_of(kind, KINDS, "kind"), url, mark_safe(" download") if download else "", _drawn(icon), typo(text),
    )  # fmt: skip


def _drawn(name):
    return icon(name=name) if name else ""


@register.simple_tag
def status_tag(*, text, tone="neutral"):
    """A state in one or two words, with colour and (but for neutral) an icon."""
    _one_of(tone, TONES, "tone")
    return format_html('<span class="tag tag--{}">{}{}</span>', tone, _drawn("" if tone == "neutral" else TONE_ICONS[tone]), text)


@register.simple_tag
def deadline(*, on, today=None, working_days=None, done=False):
    """Days left as words and colour. `working_days` (an int) wins over calendar days; `done` shows the day alone."""
    days = working_days if working_days is not None else words.days_between(today or localdate(), on)
    tone = "good" if done else words.days_tone(days)
    text = "" if done else words.days_left(days, working=working_days is not None)
    drawn = _drawn("clock" if tone in ("warn", "urgent") else "")
    words_before = f"{text}, " if text else ""
    return format_html('<span class="deadline deadline--{}">{}<span>{}{}</span></span>', tone, drawn, words_before, day(on=on))


@register.simple_tag
def back_link(*, url, text="Wróć"):
    return format_html('<a class="back-link" href="{}">{}{}</a>', url, _drawn("back"), typo(text))


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*, crumbs):
    """`crumbs`: (text, url) pairs from the home page down to the page above this one."""
    return {"crumbs": crumbs}


# Blocks


@register.simple_block_tag
def panel(content, *, title="", tone="neutral", heading=2, id=""):
    """A box around what belongs together."""
    _one_of(tone, TONES, "tone")
    return render_to_string(
        "components/panel.html", {"content": content, "title": title, "tone": tone, "heading": heading, "id": id}
    )


@register.inclusion_tag("components/notice.html")
def notice(*, text, title="", tone="info", live="", link_text="", link_url=""):
    """One message in plain words. `live` is '', polite or assertive: how a screen reader hears it."""
    _one_of(tone, TONES, "tone")
    _one_of(live, ("", "polite", "assertive"), "live")
    return {**locals(), "icon": TONE_ICONS[tone]}


@register.inclusion_tag("components/empty.html")
def empty(*, title, text="", link_text="", link_url=""):
    """What a list shows when there is nothing in it, and what one could do."""
    return locals()


# Lists


@register.simple_block_tag
def summary_list(content):
    """Wraps summary_row and summary_entry."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.inclusion_tag("components/summary_row.html")
def summary_row(*, term, value, change_url="", change_text="Zmień"):
    """Term, value and, where it may be changed, a link that names what it changes."""
    return locals()


@register.simple_block_tag
def summary_entry(content, *, term, change_url="", change_text="Zmień"):
    """As summary_row, for a value that is more than one line of text."""
    return render_to_string(
        "components/summary_row.html", {"value": content, "term": term, "change_url": change_url, "change_text": change_text}
    )


@register.inclusion_tag("components/step_list.html")
def step_list(*, steps, label="Przebieg"):
    """`steps`: dicts or objects with title, state (done, current, waiting) and optional text and at (a moment)."""
    return {"steps": [_step(step) for step in steps], "label": label}


def _step(step):
    read = step.get if isinstance(step, dict) else lambda name: getattr(step, name, None)
    state = _one_of(read("state"), STEP_STATES, "state")
    return {"title": read("title"), "state": state, "word": STEP_STATES[state], "text": read("text"), "at": read("at")}


@register.simple_block_tag
def rows(content, *, label=""):
    """Wraps task_row: a list of things one can open."""
    return format_html('<ul class="rows" role="list"{}>{}</ul>', format_html(' aria-label="{}"', label) if label else "", content)


@register.simple_tag
def task_row(*, title, url="", text="", status="", tone="neutral", due_on=None, today=None, working_days=None):
    """One row of a list: title (the whole row opens it), a line of text, a status and a deadline."""
    _one_of(tone, TONES, "tone")
    name = format_html('<a href="{}">{}</a>', url, typo(title)) if url else typo(title)
    due = deadline(on=due_on, today=today, working_days=working_days) if due_on else ""
    return format_html(
        '<li class="rows__row"><div><p class="rows__title">{}</p>{}{}</div>{}</li>',
        name,
        format_html('<p class="rows__text">{}</p>', typo(text)) if text else "",
        format_html("<p>{}</p>", due) if due else "",
        format_html('<div class="rows__aside">{}</div>', status_tag(text=status, tone=tone)) if status else "",
    )


@register.simple_tag
def agenda_row(*, item):
    """One row of what a room tells (ui.agenda.AgendaItem): it is due on a day, or changed at a moment, or neither."""
    _one_of(item.tone, TONES, "tone")
    if item.due_on:
        aside = deadline(on=item.due_on)
    else:
        aside = format_html('<span class="rows__text">{}</span>', moment(at=item.changed_at)) if item.changed_at else ""
    return format_html(
        '<li class="rows__row rows__row--{}"><div><h3 class="rows__title"><a href="{}">{}</a></h3>{}</div>'
        '<div class="rows__aside">{}</div></li>',
        item.tone,
        item.url,
        typo(item.title),
        format_html('<p class="rows__text">{}</p>', typo(item.text)) if item.text else "",
        aside,
    )


@register.simple_block_tag
def files(content, *, label="Pliki"):
    """Wraps file_row."""
    return format_html('<ul class="files" role="list" aria-label="{}">{}</ul>', label, content)


@register.inclusion_tag("components/file_row.html")
def file_row(*, name, size=None, url="", status="", tone="neutral", remove_name="", remove_value=""):
    """A file: name, size in bytes, state in words. `remove_name` gives a submit button of the form around it."""
    _one_of(tone, TONES, "tone")
    return locals()


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, *, page, label="Strony"):
    """Earlier and later pages of a Paginator page; keeps the rest of the query string. Nothing when all fits on one."""
    return {"page": page, "label": label, "request": context.get("request")}


# Forms


@register.simple_tag
def field(bound: BoundField):
    """`{% field form.name %}`: label, hint, error and input with every tie between them."""
    return bound.as_field_group()


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """All errors of the forms as links to their fields; takes focus. Put it above the page title. Nothing when all is well."""
    return {"errors": [error for form in forms for error in _errors_of(form)]}


def _errors_of(form):
    if not form.is_bound:
        return
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        for error in errors:
            yield {"text": error, "label": bound.label if bound else "", "target": _target(bound) if bound else ""}


def _target(bound):
    """The id of the control to which a summary link leads; of a group of options, the first."""
    return bound.id_for_label or (f"{bound.auto_id}_0" if bound.auto_id else "")
