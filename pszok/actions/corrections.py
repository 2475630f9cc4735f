"""What a supervisor mends: a line of a closed visit, a limit let over. Each leaves its reason and never touches what was written (R63)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from office.transitions import Refused
from payments import actions as till
from payments import rules as till_rules
from payments.models import Payment
from payments.statuses import PaymentStatus
from pszok import limits as quotas
from pszok.actions.closing import charge, entries_of, fit, write
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

    A paid surplus goes with the line: its payment is cancelled, and a smaller one is asked for what of the new amounts is still above
    the limit (R60). Refused while money stands at the payment: the treasurer gives it back first.
    """
    reason = _guarded_reason(by, reason)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("dwelling").get(pk=line.visit_id)
    line = VisitLine.objects.select_related("code__fraction", "surplus__payment__payer").get(pk=line.pk)
    if visit.status != VisitStatus.CLOSED:
        raise Refused(_("Poprawia się pozycje wizyty zakończonej."))
    if line.reverses_id or VisitLine.objects.filter(reverses=line).exists():
        raise Refused(_("Ta pozycja jest już wystornowana."))
    amounts = {"kg": kg, "litres": litres, "pieces": pieces}
    anew = _line_anew(line, amounts) if any(amounts.values()) else None
    return _written(visit, line, anew, reason, by, moment)


def _line_anew(line: VisitLine, amounts) -> Line:
    kept = {name: getattr(line, name) for name in ("is_estimated", "is_for_reuse", "storage_confirmed", "scale_ticket")}
    paid = getattr(line, "surplus", None)
    agreed = paid.payment.amount_grosze if paid else None
    return Line(fraction=line.fraction_id, code=line.code_id, heavy_confirmed=True, surplus_grosze=agreed, **kept, **amounts)


def _written(visit, line, anew, reason, by, moment):
    """Reversal and new line are added up together, so that a balance never stands above its limit between them."""
    owed = _called_off(line, by, moment)
    limits = quotas.of_fraction(line.fraction, visit.rules_on)
    old = {entry.balance_id: entry.amount for entry in line.quota_entries.all()}
    balances = quotas.locked(visit.dwelling_id, limits)
    for balance in balances.values():
        balance.used -= old.get(balance.pk, 0)
    fitted = []
    if anew:
        guard(anew, line.code, limits)
        fitted = fit([(line.sequence, anew, limits)], balances)
    last = visit.lines.order_by("-sequence").values_list("sequence", flat=True)[0]
    back = _copy(line, last + 1, reason, by, moment, reverses=line, **{m: _negative(getattr(line, m)) for m in MEASURES})
    again = (
        [_copy(line, last + 2, reason, by, moment, scale_ticket="", **{m: getattr(anew, m) for m in MEASURES})] if anew else []
    )
    entries = [(back, balance, -old[balance.pk]) for balance in balances.values() if balance.pk in old]
    write([back, *again], [*entries, *entries_of(again, fitted, balances)])
    if owed and fitted and fitted[0].surplus:
        charge(again[0], fitted[0].surplus, payer=owed.payer, visited_on=visit.rules_on, moment=moment)
    return again[0] if again else None


def _called_off(line: VisitLine, by, moment) -> Payment | None:
    """The payment for the line's surplus, which is owed no more. None without one, and for one that somebody has waived already."""
    paid = getattr(line, "surplus", None)
    if paid is None or paid.payment.status == PaymentStatus.CANCELLED:
        return None
    if till_rules.received(paid.payment):
        told = _("Za nadwyżkę z tej pozycji wpłynęły już pieniądze (%(mark)s). Najpierw skarbnik oddaje je i stornuje wpłatę.")
        raise Refused(told % {"mark": paid.payment.mark})
    return till.cancel(paid.payment, by=by, moment=moment)


def _copy(line, sequence, reason, by, moment, **fields):
    same = ("visit", "point", "day", "fraction", "code", "is_estimated", "is_for_reuse", "storage_confirmed")
    return VisitLine(
        **{name: getattr(line, name) for name in same}, sequence=sequence, reason=reason, by=by.subject, at=moment, **fields
    )


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
