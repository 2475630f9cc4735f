"""What the page of one object of the desk always has: its verbs, its files, its history. Drawn in Python, as such a page is opened all day."""

from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

LINK = '<a class="desk-verb desk-verb--{tone}{larger}" href="{url}">{label}</a>'
FORM = (
    '<form method="post" action="{url}"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
    '<input type="hidden" name="seen" value="{seen}"><button class="desk-verb desk-verb--{tone}{larger}" type="submit">{label}</button></form>'
)
VERBS = '<section class="desk-verbs" aria-label="{}">{}{}</section>'
MORE = (
    '<details class="desk-more"><summary>{} <span class="desk-more__count">{}</span></summary>'
    '<div class="desk-more__verbs">{}</div></details>'
)
MOVE = '<li><strong>{}</strong> <span class="desk-quiet">{}, {}</span>{}</li>'
NOTE = '<span class="desk-history__note">{}</span>'
BOX = '<section class="desk-box" aria-labelledby="desk-{name}"><h2 id="desk-{name}">{title}</h2>{inside}</section>'


@register.simple_tag(takes_context=True)
def desk_verbs(context) -> SafeString:
    """The buttons as `ActionButtons.laid_out` arranged them: the next verb largest, a crowd of the rest folded."""
    verbs, token = context.get("verbs"), context.get("csrf_token", "")
    if not context.get("buttons"):
        return SafeString("")
    first = [_verb(item, token, " desk-verb--next") for item in verbs["next"]]
    beside = [_verb(item, token) for item in verbs["beside"]]
    return _safe(VERBS.format(_("Czynności"), "".join(first + beside), _folded(verbs["more"], token)))


def _folded(more, token):
    drawn = "".join(_verb(item, token) for item in more)
    return MORE.format(_("Więcej czynności"), len(more), drawn) if more else ""


def _verb(item, token, larger=""):
    button = item["button"]
    shape = LINK if button.has_page else FORM
    label = _label(button.label, get_language())
    return shape.format(
        url=escape(item["url"]), seen=escape(item["seen"]), token=token, label=label, tone=button.tone, larger=larger
    )


@lru_cache(maxsize=1000)
def _label(label, _language):
    return escape(str(label))


@register.simple_tag
def desk_moves(moves) -> SafeString:
    """The history in a box; nothing when there is none."""
    if not moves:
        return SafeString("")
    drawn = "".join(
        MOVE.format(escape(move["to_word"]), moment_of(move["at"]), escape(move["who"]), _note(move["note"])) for move in moves
    )
    return box("history", _("Historia"), f'<ol class="desk-history">{drawn}</ol>')


def _note(note):
    return NOTE.format(lines_of(note)) if note else ""


def lines_of(text: str) -> str:
    """A text with its line ends, escaped."""
    return escape(text).replace("\r\n", "\n").replace("\n", "<br>")


def moment_of(at) -> str:
    """A moment in words inside <time>."""
    local = localtime(at)
    stamp = local.isoformat(timespec="seconds")
    return f'<time datetime="{stamp}">{day_of(local.date())}, {local:%H:%M}</time>'


def day_of(day: date | None) -> str:
    """„24 grudnia 2026”; nothing for no day."""
    return _day(day, get_language()) if day else ""


@lru_cache(maxsize=2000)  # the same few days stand on every page
def _day(day, _language):
    return date_format(day, "j E Y")


def box(name: str, title: str, inside: str) -> SafeString:
    """A box of the desk with its heading. `inside` is markup already."""
    return _safe(BOX.format(name=name, title=escape(str(title)), inside=inside))


def _safe(drawn):
    return mark_safe(drawn)  # noqa: S308  each cell is escaped above
