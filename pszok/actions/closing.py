"""Closing a visit: everything it posts, or nothing, in one transaction (R53-R64, R68, R69, R72, R73, R81)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from office.compiled import compiled
from office.idempotency import KeyReused
from office.transitions import Refused, move
from payments import actions as till
from pszok import limits as quotas
from pszok import mails
from pszok.actions.visits import refused_amount
from pszok.limits import Limit
from pszok.lines import BadLine, Line, digest_of, guard
from pszok.models import PaidSurplus, QuotaBalance, RefusalReason, RefusedAmount, Visit, VisitLine
from pszok.rules import Gate
from pszok.statuses import VisitStatus
from resident_card.verification import guard_active
from residents.models import Person


@dataclass(frozen=True)
class Over:
    """A line that does not fit a limit: `place` in the visit, what was asked and what is left (R59)."""

    place: int
    limit: Limit
    asked: int
    left: int

    def __str__(self):
        words = {"name": self.limit.name, "asked": self.asked, "left": self.left, "unit": self.limit.unit}
        return _("„%(name)s”: zostało %(left)d %(unit)s, a jest %(asked)d %(unit)s.") % words

    @property
    def above(self) -> int:
        return self.asked - self.left

    @property
    def grosze(self) -> int:
        """To pay for what is above; nothing where the limit has no price."""
        return self.above * (self.limit.surplus_grosze or 0)


def charged(overs: Iterable[Over]) -> Over | None:
    """What a heap above these limits pays for: nothing (None) unless each of them has a price, and then the dearest (R60).

    A kilogram above two limits is paid for once.
    """
    overs = list(overs)
    return max(overs, key=lambda over: over.grosze) if overs and all(over.grosze for over in overs) else None


@dataclass(frozen=True)
class Fitted:
    """How a line was taken: by the key of each limit what that limit counts, and what goes above a limit for a price."""

    within: Mapping[int, int]
    surplus: Over | None


class OverLimit(Refused):
    """Nothing was posted. `overs` says which lines go over which limits and how much of each would still fit."""

    def __init__(self, overs: Sequence[Over]):
        super().__init__(" ".join(map(str, overs)))
        self.overs = overs

    def left_of(self, place: int) -> dict[str, int]:
        """By measure the least that is left for the line: what `lines.cut` takes."""
        left: dict[str, int] = {}
        for over in self.overs:
            if over.place == place:
                left[over.limit.measure] = min(over.left, left.get(over.limit.measure, over.left))
        return left

    def charge_of(self, place: int) -> Over | None:
        """What the line at this place would pay for to be taken whole; None when no price is set."""
        return charged(over for over in self.overs if over.place == place)


def close(pk: UUID, lines: Sequence[Line], key: UUID, *, gate: Gate, moment: datetime) -> Visit:
    """Post the lines to every limit of the opening day and close the visit; the resident is told by e-mail where to read of it.

    The same key with the same lines, any number of times, gives the first answer (R69). Refused with nothing posted: KeyReused for a key
    that said something else, CardRefused when the card was blocked since the scan (R72), BadLine, OverLimit, a visit that is over.
    Visit.DoesNotExist for a visit of another point.
    """
    try:
        return _close(pk, lines, key, gate=gate, moment=moment)
    except IntegrityError as clash:
        raise _in_words(clash) from clash


@transaction.atomic
def _close(pk, lines, key, *, gate, moment):
    visit, digest = _locked(pk, gate), digest_of(lines)
    if visit.status == VisitStatus.CLOSED:
        return _first_answer(visit, key, digest)
    if visit.status != VisitStatus.OPEN:
        raise Refused(_("Tej wizyty nie można już zamknąć: %(status)s.") % {"status": visit.get_status_display()})
    if visit.medium:
        guard_active(visit.medium)
    taken = _guarded(visit, lines)
    _post(visit, taken, by=gate.operator.subject, moment=moment)
    turned_away = [line for line in lines if line.turns_away]
    if turned_away:
        RefusedAmount.objects.bulk_create(
            refused_amount(visit, line, RefusalReason.OVER_LIMIT, is_whole=False) for line in turned_away
        )
    visit.closed_at, visit.close_key, visit.close_hash, visit.draft = moment, key, digest, []
    move(visit, VisitStatus.CLOSED, by=gate.operator, moment=moment, along=("closed_at", "close_key", "close_hash", "draft"))
    mails.tell(visit, "closed")
    return visit


def _locked(pk: UUID, gate: Gate) -> Visit:
    """The row and its card as they are now; the row is ours until commit."""
    found = next(_locking(pk=pk, point=gate.device.point_id), None)
    if found is None:
        raise Visit.DoesNotExist
    return found


@compiled
def _locking(*, pk: UUID, point: int):
    related = ("dwelling", "medium", "person__account")
    return Visit.objects.select_for_update(of=("self",)).select_related(*related).filter(pk=pk, point=point)


def _first_answer(visit, key, digest):
    if visit.close_key == key and bytes(visit.close_hash) == digest:
        return visit
    if visit.close_key == key:
        raise KeyReused(_("Ta wizyta jest już zamknięta z innymi pozycjami. Obejrzyj pokwitowanie."))
    raise Refused(_("Ta wizyta jest już zamknięta. Obejrzyj pokwitowanie."))


Taken = list[tuple[int, Line, list[Limit]]]  # place in the visit, the line, every limit it must pass


def _guarded(visit: Visit, lines: Sequence[Line]) -> Taken:
    codes, limits = quotas.codes_and_limits((line.code for line in lines), visit.rules_on)
    for line in lines:
        guard(line, codes.get(line.code), limits.get(line.fraction, []))
    taken = [(place, line, limits.get(line.fraction, [])) for place, line in enumerate(lines) if not line.is_turned_away]
    if not taken:
        raise Refused(_("Nic nie przyjęto. Dodaj odpady albo zapisz odmowę."))
    return taken


def _post(visit: Visit, taken: Taken, *, by: UUID, moment: datetime) -> None:
    rows = [_row(visit, line, place + 1, by, moment) for place, line, _limits in taken]
    needed = {limit.pk: limit for _place, _line, limits in taken for limit in limits}
    balances = quotas.locked(visit.dwelling_id, list(needed.values()))
    fitted = fit(taken, balances)
    write(rows, entries_of(rows, fitted, balances))
    for row, one in zip(rows, fitted, strict=True):
        if one.surplus:
            charge(row, one.surplus, payer=visit.person, visited_on=visit.rules_on, moment=moment)


def entries_of(rows: Iterable[VisitLine], fitted: Iterable[Fitted], balances: Mapping[int, QuotaBalance]):
    """What is posted to each balance. A limit that is full already gets no entry of a paid heap."""
    for row, one in zip(rows, fitted, strict=True):
        yield from ((row, balances[rule], amount) for rule, amount in one.within.items() if amount)


SURPLUS = "gpszok-surplus"  # the purpose of the town's account


def charge(row: VisitLine, over: Over, *, payer: Person | None, visited_on: date, moment: datetime) -> PaidSurplus:
    """Ask the holder for the price of what went above a limit; they read of it by e-mail. Refused without a holder: a payment is
    somebody's, and a document shown at the gate leaves no name (R51, R60)."""
    if payer is None:
        raise Refused(
            _("Nadwyżkę za opłatą przyjmujemy tylko z kartą, bo płatność musi być na kogoś. Przyjmij tyle, ile się zmieści.")
        )
    title = _("Odpady ponad limit w GPSZOK, %(day)s") % {"day": f"{visited_on:%d.%m.%Y}"}
    payment = till.ask(payer=payer, purpose=SURPLUS, title=title, amount_grosze=over.grosze, moment=moment)
    price = over.limit.surplus_grosze or 0
    return PaidSurplus.objects.create(line=row, rule_id=over.limit.pk, amount=over.above, unit_grosze=price, payment=payment)


def guard_room(visit: Visit, lines: Sequence[Line]) -> list[Fitted]:
    """OverLimit as a close would say it now, without locks and without writing: to show before anything is weighed or sent."""
    _codes, limits = quotas.codes_and_limits((line.code for line in lines), visit.rules_on)
    taken = [(place, line, limits.get(line.fraction, [])) for place, line in enumerate(lines)]
    return fit(taken, quotas.unlocked(visit.dwelling_id, [limit for _place, _line, some in taken for limit in some]))


def fit(taken: Taken, balances: Mapping[int, QuotaBalance]) -> list[Fitted]:
    """How each line is taken. OverLimit unless every line fits all its limits after those before it, or the resident agreed to pay at
    least what its surplus costs now (R60). The exact remainder fits (R61)."""
    left = {rule: max(balance.most - balance.used, 0) for rule, balance in balances.items()}
    overs: list[Over] = []
    fitted: list[Fitted] = []
    for place, line, limits in taken:
        asked = [(limit, line.of(limit.measure)) for limit in limits]
        over = [Over(place, limit, amount, left[limit.pk]) for limit, amount in asked if amount > left[limit.pk]]
        surplus = charged(over)
        if over and not (surplus and surplus.grosze <= (line.surplus_grosze or 0)):
            overs += over
            continue
        fitted.append(Fitted({limit.pk: min(amount, left[limit.pk]) for limit, amount in asked}, surplus))
        for rule, amount in fitted[-1].within.items():
            left[rule] -= amount
    if overs:
        raise OverLimit(overs)
    return fitted


def _row(visit, line, sequence, by, moment):
    return VisitLine(
        visit=visit, point_id=visit.point_id, day=visit.rules_on, sequence=sequence, fraction_id=line.fraction, code_id=line.code,
        kg=line.kg, litres=line.litres, pieces=line.pieces, is_estimated=line.is_estimated, is_for_reuse=line.is_for_reuse,
        storage_confirmed=line.storage_confirmed, scale_ticket=line.scale_ticket, by=by, at=moment,
    )  # fmt: skip


WRITE = """
with lines as (insert into pszok_visitline ({columns}) values {lines}),
posted as (insert into pszok_quotaentry (line_id, balance_id, amount) values {entries} returning balance_id, amount),
sums as (select balance_id, sum(amount) as amount from posted group by balance_id)
update pszok_quotabalance as balance set used = balance.used + sums.amount from sums where balance.id = sums.balance_id"""


def write(lines: list[VisitLine], entries: Iterable[tuple[VisitLine, QuotaBalance, int]]) -> None:
    """Append the lines and their entries and add these up in the balances, which the caller has locked: one statement.

    The database keeps each balance within its limit, whoever writes. Lines without a limit have no entries.
    """
    rows, fields = [(line.pk, balance.pk, amount) for line, balance, amount in entries], VisitLine._meta.local_concrete_fields
    if not rows:
        VisitLine.objects.bulk_create(lines)
        return
    values = [field.get_db_prep_save(field.pre_save(line, add=True), connection) for line in lines for field in fields]
    places = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE.format(
                columns=", ".join(str(field.column) for field in fields), lines=", ".join([places] * len(lines)),
                entries=", ".join(["(%s, %s, %s)"] * len(rows)),
            ),
            [*values, *(value for row in rows for value in row)],
        )  # fmt: skip


def _in_words(clash: IntegrityError) -> Exception:
    """What the database refused after all, in words; a clash nobody foresaw stays what it is."""
    constraint = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "") or ""
    if constraint == "pszok_ticket_feeds_one_line":
        return BadLine("scale_ticket", _("Kwit z wagi o tym numerze jest już dzisiaj wpisany. Sprawdź numer."))
    if constraint == "pszok_visit_close_key_key":
        return KeyReused(_("Ten formularz należy do innej wizyty. Otwórz wizytę jeszcze raz."))
    return clash
