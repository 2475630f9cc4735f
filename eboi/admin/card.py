"""The page of a case, put together from few outlines and rows: a clerk opens it a hundred times a day.

What is always there is drawn in Python into outlines (ui.outlines); what only some cases have keeps a template of its own.
"""

from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eboi.models.filing import LetterChannel
from eboi.statuses import CaseStatus
from office.templatetags.desk import box, day_of, desk_moves, desk_verbs, lines_of, moment_of
from ui.outlines import outlined, rows_drawn

LAID_OUT = '{}<div class="desk-columns"><div class="desk-object">{}</div><div class="desk-beside">{}</div></div>'
QUIET = '<span class="desk-quiet">{}</span>'
FACT = "<div><dt>{}</dt><dd>{}</dd></div>"
MESSAGE = '<li class="desk-talk__{}"><span class="desk-quiet">{}, {}, {}{}</span> <span>{}</span></li>'


def card_drawn(context: dict) -> SafeString:
    """`context`: what `DeskAdmin.page_parts` and `CaseAdmin.extra_context` told of the case."""
    dossier = context["dossier"]
    main = _head(context) + _parts(context) + _talk(dossier) + _facts(context["facts"])
    files = render_to_string("admin/office/files.html", context) if context["files"] else ""
    return _safe(LAID_OUT.format(desk_verbs(context), main, files + desk_moves(context["moves"])))


def _head(context):
    case, dossier = context["case"], context["dossier"]
    term, due = dossier.term, dossier.deadline
    versions = {
        "may_see_person": bool(context["person_url"]), "is_confirmed": case.is_identity_confirmed, "tone": term.tone,
        "has_due": bool(case.is_active and due), "has_appeal": bool(dossier.appeal_until), "is_overdue": dossier.is_overdue,
        "may_notify": context["may_notify"], "has_steps": bool(dossier.term_steps), "is_open": bool(dossier.pauses),
        "has_pesel": bool(case.person.masked_pesel),
    }  # fmt: skip
    return outlined(
        "admin/eboi/case_head.html", versions=versions, matter=case.matter, status=CaseStatus(case.status).label, term=term.text,
        due_on=day_of(due.due_on if due else None), person=case.person, pesel=case.person.masked_pesel or "", person_url=context["person_url"],
        received_on=day_of(case.received_on), letters=_letters(dossier.letters), officer=case.officer, unit=case.unit,
        appeal_until=day_of(dossier.appeal_until), steps=rows_drawn("<li>{}</li>", ((one,) for one in dossier.term_steps)),
    )  # fmt: skip


def _letters(letters):
    return rows_drawn(QUIET, ((f"{letter.rpw}, {LetterChannel(letter.channel).label}",) for letter in letters))


def _parts(context):
    """Duties, calls, the decision, what was sent, what was filed: each only where the case has it."""
    dossier = context["dossier"]
    has_any = dossier.duties or dossier.calls or context["decision"] or dossier.outgoing or dossier.sections
    return render_to_string("admin/eboi/case_parts.html", context) if has_any else ""


def _talk(dossier):
    if not dossier.conversation:
        return box(
            "talk", _("Wiadomości i notatki"), format_html('<p class="desk-quiet">{}</p>', _("Jeszcze nikt nic nie napisał."))
        )
    return box("talk", _("Wiadomości i notatki"), f'<ol class="desk-talk">{"".join(map(_message, dossier.conversation))}</ol>')


def _message(item):
    message = item["message"]
    is_new = message.kind == message.Kind.FROM_RESIDENT and not message.read_at
    new = f" <strong>{_('nowa')}</strong>" if is_new else ""
    kind = escape(message.get_kind_display())
    return MESSAGE.format(message.kind, kind, escape(item["who"]), moment_of(message.at), new, lines_of(message.text))


def _facts(facts):
    if not facts:
        return ""
    drawn = "".join(FACT.format(escape(name), lines_of(text)) for name, text in facts)
    return format_html(
        '<section class="desk-box" aria-label="{}"><dl class="desk-facts">{}</dl></section>', _("Daty i wynik"), _safe(drawn)
    )


def _safe(drawn):
    return mark_safe(drawn)  # noqa: S308  each cell is escaped where it is put in
