"""What a supervisor mends: a line of a closed visit, a limit let over. Each leaves its reason and never touches what was written (R63)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from office.transitions import Refused
from pszok import limits as quotas
from pszok.actions.closing import guard_fits, write
from pszok.lines import MEASURES, Line, guard
from pszok.models import LimitRule, QuotaAllowance, Visit, VisitLine
from pszok.statuses import VisitStatus
from ui.text import clean_text

SUPERVISE = "pszok.supervise_point"


@transaction.atomic
def correct_line(line: VisitLine, *, reason: str, by, moment: datetime, kg=None, litres=None, pieces=None) -> VisitLine | None:
    """Take a line back and write it anew with other amounts; with no amounts it is only taken back (None). Both keep the reason.

    The limits of the visit's day hold for the new line too. Refused: no right, no reason, a visit not closed, a reversal or a line that
    was reversed already, amounts over the limit (a supervisor first lets them over it).
    """
    reason = _guarded_reason(by, reason)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("dwelling").get(pk=line.visit_id)
    line = VisitLine.objects.select_related("code__fraction").get(pk=line.pk)
    if visit.status != VisitStatus.CLOSED:
        raise Refused(_("Poprawia się pozycje wizyty zakończonej."))
    if line.reverses_id or VisitLine.objects.filter(reverses=line).exists():
        raise Refused(_("Ta pozycja jest już wystornowana."))
    amounts = {"kg": kg, "litres": litres, "pieces": pieces}
    anew = _line_anew(line, amounts) if any(amounts.values()) else None
    return _written(visit, line, anew, reason, by.subject, moment)


def _line_anew(line: VisitLine, amounts) -> Line:
    kept = {name: getattr(line, name) for name in ("is_for_reuse", "storage_confirmed", "scale_ticket")}
    return Line(
        fraction=line.fraction_id, code=line.code_id, heavy_confirmed=True, is_estimated=line.is_estimated, **kept, **amounts
    )


def _written(visit, line, anew, reason, by, moment):
    """Reversal and new line are added up together, so that a balance never stands above its limit between them."""
    limits = quotas.of_fraction(line.fraction, visit.rules_on)
    old = {entry.balance_id: entry.amount for entry in line.quota_entries.all()}
    balances = quotas.locked(visit.dwelling_id, limits)
    for balance in balances.values():
        balance.used -= old.get(balance.pk, 0)
    if anew:
        guard(anew, line.code, limits)
        guard_fits([(line.sequence, anew, limits)], balances)
    last = visit.lines.order_by("-sequence").values_list("sequence", flat=True)[0]
    back = _copy(line, last + 1, reason, by, moment, reverses=line, **{m: _negative(getattr(line, m)) for m in MEASURES})
    rows, entries = [back], [(back, balance, -old[balance.pk]) for balance in balances.values() if balance.pk in old]
    if anew:
        again = _copy(line, last + 2, reason, by, moment, scale_ticket="", **{m: getattr(anew, m) for m in MEASURES})
        rows.append(again)
        entries += [(again, balances[limit.pk], anew.of(limit.measure)) for limit in limits]
    write(rows, entries)
    return rows[1] if anew else None


def _copy(line, sequence, reason, by, moment, **fields):
    same = ("visit", "point", "day", "fraction", "code", "is_estimated", "is_for_reuse", "storage_confirmed")
    return VisitLine(**{name: getattr(line, name) for name in same}, sequence=sequence, reason=reason, by=by, at=moment, **fields)


def _negative(amount):
    return -amount if amount else None


@transaction.atomic
def allow_over(visit: Visit, *, rule: LimitRule, amount: int, reason: str, by, moment: datetime) -> QuotaAllowance:
    """Let so much above a limit in, for the dwelling and the period of an open visit. Refused without right, reason or amount."""
    reason = _guarded_reason(by, reason)
    if type(amount) is not int or amount <= 0:
        raise Refused(_("Wpisz, ile ponad limit można przyjąć."))
    if visit.status != VisitStatus.OPEN or visit.dwelling is None:
        raise Refused(_("Zgodę ponad limit daje się przy otwartej wizycie mieszkania."))
    balance = quotas.locked(visit.dwelling_id, [quotas.limit_of(rule, visit.rules_on)])[rule.pk]
    balance.most += amount
    balance.save(update_fields=["most"])
    return QuotaAllowance.objects.create(balance=balance, amount=amount, reason=reason, by=by.subject, at=moment)


def _guarded_reason(by, reason: str) -> str:
    if not by.has_perm(SUPERVISE):
        raise Refused(_("Robi to tylko osoba nadzorująca punkt."))
    reason = clean_text(reason)[:300]
    if not reason:
        raise Refused(_("Napisz powód: zostanie przy wpisie na stałe."))
    return reason
