"""The list of cases as a clerk opens it, with its filters and pages, drawn into a frame kept for equal rights.

Whatever else is asked (a search, another order, counts beside the filters, all on one page) is answered by Django's own list, which looks
the same: it is asked seldom, and there the machinery is worth its time.
"""

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eboi import desk
from eboi.statuses import ACTIVE, CaseStatus
from ui.addresses import around
from ui.outlines import outlined, rows_drawn

FILTERS = {"stan": "state", "termin": "due", "kto": "whose", "komorka": "unit", "rodzaj": "matter"}
PAGE = "p"
COLUMNS = ("mark", "term", "party", "status", "officer")
ROW = (
    '<tr><th class="field-mark" scope="row"><a href="{}">{}</a></th><td class="field-term"><span class="desk-term desk-term--{}">{}</span> '
    '<span class="desk-under">{}</span></td><td class="field-party">{} {} <span class="desk-under">{}</span>'
    '<strong class="desk-under">{}</strong></td><td class="field-status">{}</td><td class="field-officer nowrap">{}</td></tr>'
)
FILTER = '<details data-filter-title="{name}" open><summary>{title}</summary><ul>{choices}</ul></details>'
CHOICE = '<li{}><a href="{}">{}</a></li>'


class CaseList:
    def __init__(self, params, filters):
        """`params`: the query of the request; `filters`: those of the desk, made for this clerk."""
        self.params = {name: params[name] for name in params}
        self.number = self.params.get(PAGE, "1")
        self.chosen = {name: self.params.get(name, "") for name in FILTERS}
        self.filters = filters

    def is_plain(self) -> bool:
        """Only filters with a choice that they offer, and a page: else Django's own list answers."""
        known = self.params.keys() <= {*FILTERS, PAGE} and all(self.params.values())
        return known and _is_key(self.number) and self._is_chosen_from_offered()

    def _is_chosen_from_offered(self):
        offered = {one.parameter_name: {str(key) for key, _word in one.lookup_choices} for one in self.filters}
        return all(not value or value in offered[name] for name, value in self.chosen.items())

    def read(self, officer, day, most) -> bool:
        """The rows of this page; False when there is no such page."""
        asked = desk.Asked(**{FILTERS[name]: value for name, value in self.chosen.items()})
        number = int(self.number)
        self.rows = desk.listed(asked, officer=officer, day=day, after=(number - 1) * most, most=most)
        self.total = self.rows[0].total if self.rows else 0
        self.pages = Paginator(range(self.total), most)
        return bool(self.rows) or number == 1

    def drawn(self, words, tools, most_on_one_page) -> SafeString:
        named = {name: value for name, value in self.chosen.items() if value}
        offered = tuple((one.parameter_name, str(one.title), _offered(one)) for one in self.filters if one.has_output())
        return outlined(
            "admin/eboi/case_list.html",
            versions={"has_rows": bool(self.rows), "is_filtered": bool(named)},
            tools=tools, total=self.total, facets=address(named, _facets="True"), filters=_filters_drawn(tuple(named.items()), offered),
            list_rows=rows_drawn(ROW, _cells(self.rows, words)), pages=self._pages_drawn(named, most_on_one_page),
            kept=format_html_join("", '<input type="hidden" name="{}" value="{}">', named.items()),
            **{f"by_{name}": address(named, o=str(place)) for place, name in enumerate(COLUMNS)},
        )  # fmt: skip

    def _pages_drawn(self, named, most_on_one_page):
        if self.pages.num_pages < 2:
            return ""
        number = int(self.number)
        drawn = format_html_join(" ", "{}", ((self._page_drawn(named, one),) for one in self.pages.get_elided_page_range(number)))
        if self.total > most_on_one_page:
            return drawn
        return format_html('{} <a href="{}" class="showall">{}</a>', drawn, address(named, all="1"), _("Pokaż wszystko"))

    def _page_drawn(self, named, one):
        if one == self.pages.ELLIPSIS:
            return one
        if str(one) == self.number:
            return format_html('<span class="this-page" aria-current="page">{}</span>', one)
        return format_html('<a href="{}">{}</a>', address(named, p=str(one)), one)


def address(named, **changed) -> str:
    """This list with other choices: an empty one is left out, and so is the page."""
    return f"?{urlencode(sorted((name, value) for name, value in {**named, **changed}.items() if value))}"


def _offered(one):
    first = _("do załatwienia") if one.parameter_name == "stan" else _("Wszystko")
    return (("", first), *((str(key), str(word)) for key, word in one.lookup_choices))


@lru_cache(maxsize=500)
def _filters_drawn(named, offered):
    """The same choices offered and made look the same, whoever looks: what units are offered is part of the key."""
    return mark_safe("".join(_filter_drawn(dict(named), *one) for one in offered))  # noqa: S308  cells are escaped below


def _filter_drawn(named, name, title, offered):
    chosen = named.get(name, "")
    choices = "".join(
        CHOICE.format(' class="selected"' if key == chosen else "", escape(address(named, **{name: key})), escape(word))
        for key, word in offered
    )
    return FILTER.format(name=escape(title), title=escape(_("Według pola %(name)s") % {"name": title}), choices=choices)


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0


def _cells(rows, words):
    before, after = around("admin:eboi_case_change")
    states = {status: str(word) for status, word in CaseStatus.choices}
    unknown, news = _("tożsamość do potwierdzenia"), _("nowa wiadomość")
    for row in rows:
        term = words.of(row.due_on if row.status in ACTIVE else None, row.is_paused)
        said = ("" if row.is_identity_confirmed else unknown, news if row.has_unread else "", states[row.status])
        due = f"{row.due_on:%d.%m.%Y}" if row.due_on else ""
        yield f"{before}{row.pk}{after}", row.mark, term.tone, term.text, due, row.last_name, row.first_name, *said, row.officer
