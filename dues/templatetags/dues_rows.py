"""Rows of the page of dues, drawn in Python: a person has dozens, and a template takes longer over them than everything else together."""

from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dues.story import Group
from payments.models import zlotys
from ui.addresses import address_of, around
from ui.templatetags.ui import deadline
from ui.words import typo

register = template.Library()

ROW = (
    '<tr><th scope="row"><span class="dues__name">{name} <a class="dues__why" href="{why}">{why_text}'
    '<span class="visually-hidden">: {title}</span></a></span></th>'
    '<td data-label="{due_label}">{due}</td><td data-label="{left_label}" class="number">{left}{of}</td>'
    '<td data-label="{interest_label}" class="number">{interest}</td>'
    '<td data-label="{owed_label}" class="number"><strong>{owed}</strong>{waiting}</td></tr>'
)
CHOICE = '<input type="checkbox" id="rata-{pk}" name="rata" value="{pk}"{checked}> <label for="rata-{pk}">{title}</label>'
OF = '<span class="dues__of">{}</span>'
WAITING = '<a class="dues__why" href="{}">{}</a>'
SECTION = (
    '<section class="dues__kind" aria-labelledby="rodzaj-{place}"><h2 id="rodzaj-{place}">{name}</h2>{open}{settled}</section>'
)
TABLE = (
    '<table class="data-table dues__table"><caption class="visually-hidden">{name}: {to_pay}</caption><thead><tr>'
    '<th scope="col">{part}</th><th scope="col">{due_label}</th><th scope="col" class="number">{left_label}</th>'
    '<th scope="col" class="number">{interest_label}</th><th scope="col" class="number">{owed_label}</th></tr></thead>'
    "<tbody>{rows}</tbody></table>"
)
FOLDED = '<details class="dues__settled"><summary>{} ({})</summary><ul class="plain">{}</ul></details>'
SETTLED = '<li><a href="{}">{}</a>: {}{}</li>'


@register.simple_tag
def due_groups(groups: Iterable[Group], today: date) -> SafeString:
    """A section for each kind of due: what is to be paid in a table, what is paid folded below it."""
    said = {
        "why_text": _("za co i dlaczego tyle"), "due_label": _("Termin"), "left_label": _("Należność"), "interest_label": _("Odsetki"),
        "owed_label": _("Razem"), "part": _("Rata"), "to_pay": _("do zapłaty"),
    }  # fmt: skip
    return _safe("".join(_section(place, group, today, said) for place, group in enumerate(groups, 1)))


def _section(place, group, today, said):
    name = typo(escape(group.name))
    shown = _open(group, name, today, said) if group.open else f'<p class="muted">{_("Nic do zapłaty.")}</p>'
    return SECTION.format(place=place, name=name, open=shown, settled=_settled(group.settled) if group.settled else "")


def _open(group, name, today, said):
    """A box to choose each part where it may be chosen, the sum with interest, and why it is so much."""
    before, after = around("dues:liability")
    rows = (
        ROW.format(why=f"{before}{line.instalment.liability_id}{after}", **said, **_cells(line, today)) for line in group.open
    )
    return TABLE.format(name=name, rows="".join(rows), **said)


def _cells(line, today):
    instalment, title = line.instalment, escape(_title(line))
    whole = _("z %(sum)s") % {"sum": zlotys(instalment.principal_grosze)}
    return {
        "title": title, "name": _choice(line, title) if line.may_be_chosen else title, "due": deadline(on=instalment.due_on, today=today),
        "left": zlotys(line.left_grosze), "of": OF.format(whole) if line.left_grosze != instalment.principal_grosze else "",
        "interest": _("zapytaj w urzędzie") if line.interest_grosze is None else zlotys(line.interest_grosze),
        "owed": zlotys(line.owed_grosze), "waiting": _waiting(line.payment),
    }  # fmt: skip


def _choice(line, title):
    return CHOICE.format(pk=line.instalment.pk, checked=" checked" if line.is_late else "", title=title)


def _waiting(payment):
    return WAITING.format(address_of("payments:payment", payment), _("płatność czeka")) if payment else ""


def _settled(lines):
    before, after = around("dues:liability")
    rows = (
        SETTLED.format(
            f"{before}{one.instalment.liability_id}{after}",
            escape(_title(one)),
            zlotys(one.instalment.principal_grosze),
            _over(one),
        )
        for one in lines
    )
    return FOLDED.format(_("Zapłacone"), len(lines), "".join(rows))


def _over(line):
    return f", {_('nadpłata')} {zlotys(line.over_grosze)}" if line.over_grosze else ""


def _title(line):
    instalment = line.instalment
    return _("%(period)s, rata %(number)s") % {"period": instalment.liability.period, "number": instalment.number}


def _safe(drawn):
    return mark_safe(drawn)  # noqa: S308  what somebody typed is escaped above, the rest are sums, days and words of our own
