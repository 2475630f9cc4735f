"""The pages with which a clerk begins: the day, the queue by term, who carries how much, the lists of cases."""

from functools import cache

from django.core.exceptions import PermissionDenied
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eboi import desk
from eboi.rules import may_see_register
from eboi.statuses import CaseStatus
from eboi.words import TermWords, term_words
from office.working_days import Calendar
from ui.addresses import address_of, around
from ui.outlines import outlined, rows_drawn

ASSIGN, SIGN = "eboi.assign_case", "eboi.sign_decision"


class DeskPages:
    """Mixin of the desk of cases. Each page shows the clerk's own cases, or all of the units they work in today (S17, S24)."""

    def get_urls(self):
        pages = {"dzien": self.day_view, "kolejka": self.queue_view, "obciazenie": self.workload_view, "spisy": self.lists_view}
        names = {"dzien": "day", "kolejka": "queue", "obciazenie": "workload", "spisy": "lists"}
        ours = [
            path(f"{place}/", self.admin_site.admin_view(require_safe(view)), name=self._url_name(names[place]))
            for place, view in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def day_view(self, request):
        """What runs out today and this week, and what waits for whom."""
        scope, user, day = _scope(request), request.user, localdate()
        terms = _terms(scope, user, day)
        letters = list(desk.letters_of_register() if may_see_register(user) else desk.letters_of_units(officer=user.pk))
        steps = [
            (step, total, _step_rows(rows, scope), total - len(rows))
            for step, total, rows in desk.grouped(_steps(scope, user, day))
        ]
        context = {"due": terms, "steps": steps, "letters": letters, "day": day}
        title = _("Mój dzień") if scope == desk.MINE else _("Dzień komórki")
        return self._drawn_page(request, "day", title, context, _day_drawn(scope, **context), aside=_long_day(day))

    def queue_view(self, request):
        """Every active case by its last day, a screenful at a time."""
        scope, number = _scope(request), _page_number(request)
        after = (number - 1) * desk.PAGE
        ask = desk.queue_of_officer if scope == desk.MINE else desk.queue_of_units
        rows = ask(officer=request.user.pk, after=after, most=desk.PAGE)
        total = rows[0].total if rows else 0
        shown = rows_drawn(QUEUE_ROW, _queue_cells(rows, Words(localdate())))
        pages = {"number": number, "total": total, "next": number + 1 if after + len(rows) < total else None}
        title = _("Kolejka według terminów")
        drawn = _queue_drawn(title, scope, shown, pages)
        return self._drawn_page(request, "queue", title, {"rows": shown, "pages": pages}, drawn)

    def workload_view(self, request):
        """Who of the units carries how much: for whoever gives cases out."""
        if not request.user.has_perm(ASSIGN):
            raise PermissionDenied
        rows = desk.workload_of(request.user, localdate())
        most = max((row["active"] for row in rows), default=0)
        return self._desk_page(request, "workload", _("Obciążenie komórek"), desk.UNIT, {"rows": rows, "most": most})

    def lists_view(self, request):
        """Spisy spraw: one for each class, year and unit, as the chancellery instruction keeps them."""
        return self._desk_page(request, "lists", _("Spisy spraw"), desk.UNIT, {"lists": desk.lists_of(request.user)})

    def _desk_page(self, request, page, title, scope, context):
        if not self.has_view_permission(request):
            raise PermissionDenied
        frame = {**self.admin_site.each_context(request), "title": title, "page": page, "scope": scope, "opts": self.opts}
        frame |= {"tabs": self._tabs(request, page), **self._frame_names()}
        return TemplateResponse(request, f"admin/eboi/{page}.html", {**frame, **context})

    def _drawn_page(self, request, page, title, context, drawn, aside=""):
        """As `_desk_page`, for what is opened all day: the frame is drawn once for equal rights, `drawn` is put into it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        versions = {"tabs": tuple(self._tabs(request, page)), **self._frame_names()}
        html = self.admin_site.drawn(
            request, "admin/eboi/desk_base.html", versions=versions.items(), title=title, aside=aside, drawn_desk=drawn
        )
        return SimpleTemplateResponse("admin/drawn.html", {**context, "drawn": html})

    def _frame_names(self):
        return {"list_url": _changelist_url(), "list_name": capfirst(self.opts.verbose_name_plural)}

    def _tabs(self, request, page):
        tabs = [("day", _("Dzień")), ("queue", _("Kolejka")), ("lists", _("Spisy spraw"))]
        if request.user.has_perm(ASSIGN):
            tabs.insert(2, ("workload", _("Obciążenie")))
        return [(_page_url(name), title, name == page) for name, title in tabs]


# Rows are put together here and not in a template: a page has up to eighty of them, and this is five times as fast.

TERM_ROW = '<li><a href="{}">{}</a> <span class="desk-term desk-term--{}">{}</span> <span>{} {}</span> <span class="desk-quiet">{}</span></li>'
STEP_ROW = '<li><a href="{}">{}</a> <span>{} {}</span> <span class="desk-quiet">{}</span></li>'
QUEUE_ROW = (
    '<tr><th scope="row"><a href="{}">{}</a></th><td><span class="desk-term desk-term--{}">{}</span> '
    '<span class="desk-under">{}</span></td><td data-label="Strona">{} {}</td><td data-label="Sprawa">{}</td>'
    '<td data-label="Stan">{}</td><td data-label="Prowadzi">{}</td></tr>'
)
STEP = (
    '<h3 class="day-step">{} <span class="desk-more__count">{}</span> <span class="day-who day-who--{}">{} {}</span></h3>'
    '<ul class="day-rows">{}</ul>{}'
)
LETTER_ROW = '<li><a href="{}">{}</a> <span>{}</span> <span class="desk-quiet">{}</span></li>'
REST = '<p class="desk-rest"><a class="desk-back" href="{}">{}</a></p>'


@cache
def _page_url(name):
    return reverse(f"admin:eboi_case_{name}")


def _changelist_url():
    return _page_url("changelist")


def _queue_url(scope):
    return _page_url("queue") + ("" if scope == desk.MINE else f"?kogo={desk.UNIT}")


def _long_day(day):
    return format_html(' <span class="day-date">{}</span>', date_format(day, "l, j E Y").lower())


def _day_drawn(scope, *, due, steps, letters, day):
    """What stands in the frame: an outline for each few of the boxes that are there, and the rows of the day in them."""
    parts = {part: due[part]["rows"] for part in ("late", "today", "week")}
    versions = {"scope": scope, "has_letters": bool(letters), "is_quiet": not (steps or letters), "has_due": bool(due["total"])}
    return outlined(
        "admin/eboi/day.html", versions={**versions, **{f"has_{part}": bool(rows) for part, rows in parts.items()}},
        **{f"{part}_rows": rows for part, rows in parts.items()}, **{f"{part}_count": due[part]["count"] for part in parts},
        due_rest=_rest(_queue_url(scope), due["rest"]), letters_count=letters[0].total if letters else 0,
        letters_rows=rows_drawn(LETTER_ROW, map(_letter_cells, letters)), letters_rest=_letters_rest(letters),
        steps_drawn=_steps_drawn(steps, _queue_url(scope)), queue_url=_queue_url(scope),
    )  # fmt: skip


def _steps_drawn(steps, onward):
    waits = _("czeka na:")
    return mark_safe(  # noqa: S308  words of our own and rows that are escaped
        "".join(
            STEP.format(step.title, total, step.side, waits, step.who, rows, _rest(onward, rest))
            for step, total, rows, rest in steps
        )
    )


def _rest(url, count):
    """What does not fit is counted, and leads to where all of it is."""
    words = _("i jeszcze %(count)s: są w kolejce") % {"count": count}
    return format_html(REST, url, words) if count else ""


def _letters_rest(letters):
    left = letters[0].total - len(letters) if letters else 0
    words = _("i jeszcze %(count)s w rejestrze") % {"count": left}
    return format_html(REST, reverse("admin:eboi_incomingletter_changelist"), words) if left else ""


def _letter_cells(letter):
    about = [letter.sender_name, f"{localtime(letter.received_at):%d.%m.%Y}", letter.unit__symbol or ""]
    url = address_of("admin:eboi_incomingletter_change", letter.pk)
    return url, f"RPW/{letter.number}/{letter.year}", letter.subject, ", ".join(part for part in about if part)


def _queue_drawn(title, scope, rows, pages):
    number, unit = pages["number"], "" if scope == desk.MINE else f"&kogo={desk.UNIT}"
    return outlined(
        "admin/eboi/queue.html",
        versions={"scope": scope, "has_rows": bool(rows), "has_earlier": number > 1, "has_later": bool(pages["next"])},
        title=title, queue_rows=rows, total=pages["total"], earlier=f"?strona={number - 1}{unit}", later=f"?strona={number + 1}{unit}",
    )  # fmt: skip


def _term_cells(row, term, scope, card):
    about = row.matter if scope == desk.MINE else f"{row.matter}, {row.officer}"
    return f"{card[0]}{row.pk}{card[1]}", row.mark, term.tone, term.text, row.last_name, row.first_name, about


def _step_rows(rows, scope):
    card = around("admin:eboi_case_change")
    return rows_drawn(STEP_ROW, (_step_cells(row, scope, card) for row in rows))


def _step_cells(row, scope, card):
    until = _("do %(day)s") % {"day": f"{row.call_due_on:%d.%m.%Y}"} if row.call_due_on else ""
    officer = row.officer if scope != desk.MINE or row.step == "sign" else ""
    about = ", ".join(part for part in (row.matter, until, officer) if part)
    return f"{card[0]}{row.pk}{card[1]}", row.mark, row.last_name, row.first_name, about


def _queue_cells(rows, words):
    before, after = around("admin:eboi_case_change")
    states = {status: str(word) for status, word in CaseStatus.choices}
    for row in rows:
        term, due = words.of(row.due_on, row.is_paused), f"{row.due_on:%d.%m.%Y}" if row.due_on else ""
        named = (row.last_name, row.first_name, row.matter, states[row.status], row.officer)
        yield f"{before}{row.pk}{after}", row.mark, term.tone, term.text, due, *named


class Words:
    """Terms in words with one calendar for the page; equal days are put into words once."""

    def __init__(self, today):
        self.today, self.calendar, self.known = today, Calendar.of_office(), {}

    def of(self, due, is_paused=False) -> TermWords:
        if (due, is_paused) not in self.known:
            self.known[due, is_paused] = term_words(due, self.today, is_paused=is_paused, calendar=self.calendar)
        return self.known[due, is_paused]


def _terms(scope, user, day):
    """The terms that run out up to a week ahead: the first of them under "late", "today" and "week", with how many there are."""
    ask = desk.due_of_officer if scope == desk.MINE else desk.due_of_units
    rows = ask(officer=user.pk, day=day, until=day + desk.WEEK)
    words, card = Words(day), around("admin:eboi_case_change")
    late, today, total = (rows[0].late, rows[0].today, rows[0].total) if rows else (0, 0, 0)
    parts: dict = {"late": [], "today": [], "week": []}
    for row in rows:
        part = "late" if row.due_on < day else "today" if row.due_on == day else "week"
        parts[part].append(_term_cells(row, words.of(row.due_on), scope, card))
    counts = {"late": late, "today": today, "week": total - late - today}
    drawn = {part: {"rows": rows_drawn(TERM_ROW, parts[part]), "count": counts[part]} for part in parts}
    return drawn | {"total": total, "rest": total - len(rows)}


def _steps(scope, user, day):
    if scope == desk.UNIT:
        return desk.steps_of_units(officer=user.pk, day=day)
    if user.has_perm(SIGN):
        return desk.steps_of_signatory(officer=user.pk, day=day)
    return desk.steps_of_officer(officer=user.pk, day=day)


def _scope(request):
    """Whose cases: one's own, unless all of the unit are asked for."""
    return desk.UNIT if request.GET.get("kogo") == desk.UNIT else desk.MINE


def _page_number(request):
    asked = request.GET.get("strona", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
