"""Choosing what to pay, and posting what came. The till keeps the money and knows nothing of dues; this room keeps the payment's id.

Postings follow the till's ledger entry by entry, reversals too: an entry is posted once, kept so by the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dues.models import Included, Instalment, PostedEntry, Posting, Quote, QuoteLine, with_postings
from dues.rules import Owed, Part, Table, posted
from dues.story import Line, line_of
from office.transitions import Refused
from payments import actions as till
from payments import rules as till_rules
from payments.models import Entry, Payment
from payments.statuses import PaymentStatus
from residents.models import Person

log = structlog.get_logger(__name__)
MOST = 40  # dues in one basket
AT_ONCE = 500  # entries in one sweep


@dataclass(frozen=True)
class Basket:
    """What would be paid today: one payment for each account of the town."""

    day: date
    lines: Sequence[Line]
    needs_confirmation: bool  # of the rates and terms behind the interest

    @property
    def owed_grosze(self) -> int:
        return sum(one.owed_grosze for one in self.lines)

    @property
    def interest_grosze(self) -> int:
        return sum(one.interest_grosze or 0 for one in self.lines)

    def by_purpose(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for one in self.lines:
            found.setdefault(one.instalment.liability.kind.purpose, []).append(one)
        return found


def basket(instalments: Iterable[Instalment], day: date) -> Basket:
    """The chosen instalments, read `with_postings`, with the interest of the day. What is paid already falls out."""
    table = Table.on(day)
    lines = (line_of(one, day, table) for one in instalments)
    return Basket(day, [one for one in lines if one.may_be_chosen], table.needs_confirmation)


@transaction.atomic
def ask_to_pay(person: Person, *, chosen: Iterable[int], by, moment: datetime) -> list[Payment]:
    """Payments for the chosen instalments, interest frozen for the day: one for each account of the town.

    The same choice on the same day gives the same payments. An earlier payment that still waits for these instalments is cancelled;
    refused while money for it is on its way, because then something would be paid twice. Refused when nothing of the choice is owed.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)  # two presses of one person stand in line
    mine = with_postings(Instalment.objects.of(by).filter(pk__in=list(chosen)[:MOST]))
    found = basket(mine.select_related("liability__kind", "liability__payer").order_by("due_on", "pk"), localdate(moment))
    if not found.lines:
        raise Refused(_("Nie ma tu nic do zapłaty. Odśwież stronę i sprawdź."))
    return [_payment_for(person, lines, found.day, by, moment) for lines in found.by_purpose().values()]


def _payment_for(person, lines, day, by, moment) -> Payment:
    waiting = _waiting_for(lines)
    if len(waiting) == 1 and (same := _same(waiting[0], lines, day)):
        return same
    for quote in waiting:
        _withdraw(quote, by, moment)
    payment = till.ask(
        payer=person, purpose=lines[0].instalment.liability.kind.purpose, title=_title(lines), amount_grosze=sum(one.owed_grosze for one in lines),
        moment=moment, by=by,
    )  # fmt: skip
    quote = Quote.objects.create(person=person, payment=payment, day=day)
    QuoteLine.objects.bulk_create(
        QuoteLine(
            quote=quote, instalment=one.instalment, principal_grosze=one.left_grosze, interest_grosze=one.interest_grosze or 0
        )
        for one in lines
    )
    return payment


def _waiting_for(lines) -> list[Quote]:
    """Quotes whose payment still waits and in which one of these instalments stands, locked with their payments."""
    found = Quote.objects.filter(payment__status=PaymentStatus.DUE, lines__instalment__in=[one.instalment for one in lines])
    return list(
        Quote.objects.filter(pk__in=found.values("pk")).select_related("payment").select_for_update(of=("self", "payment"))
    )


def _same(quote, lines, day) -> Payment | None:
    """The waiting payment, when it is for exactly this and of this day."""
    told = {(one.instalment_id, one.principal_grosze, one.interest_grosze) for one in quote.lines.all()}
    asked = {(one.instalment.pk, one.left_grosze, one.interest_grosze) for one in lines}
    return quote.payment if quote.day == day and told == asked else None


def _withdraw(quote, by, moment):
    if till_rules.received(quote.payment):
        raise Refused(
            _("Za część tych należności wpłynęły już pieniądze (płatność %(mark)s). Poczekaj, aż urząd je rozliczy.")
            % {"mark": quote.payment.mark}
        )
    till.cancel(quote.payment, by=by, moment=moment)


def _title(lines) -> str:
    if len(lines) == 1:
        return lines[0].title[:140]
    numbers = ", ".join(dict.fromkeys(one.instalment.liability.number for one in lines))
    return _("Należności: %(numbers)s") % {
        "numbers": numbers if len(numbers) <= 120 else _("razem %(count)d") % {"count": len(lines)}
    }


# Posting


def settle_entries(*, moment: datetime) -> int:
    """Post each entry of the till's ledger that is of a quote and not posted yet, oldest first. Safe to repeat and to run twice at once.

    An entry for which interest can not be counted waits for the rates; it is tried again by the next sweep. Returns how many were posted.
    """
    quotes = Quote.objects.values("payment")
    waiting = Entry.objects.filter(payment__in=quotes).exclude(pk__in=PostedEntry.objects.values("entry")).order_by("at", "pk")
    done = 0
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        try:
            done += settle(pk, moment=moment)
        except Refused as why:
            log.warning("dues_entry_waits", object_id=str(pk), why=str(why))
    return done


@transaction.atomic
def settle(entry_pk, *, moment: datetime) -> bool:
    """Post one entry; False when somebody has done so. The quote is locked first, so two sweeps stand in line for it."""
    entry = Entry.objects.get(pk=entry_pk)
    quote = Quote.objects.select_for_update(of=("self",)).get(payment=entry.payment_id)
    if PostedEntry.objects.filter(entry=entry).exists():
        return False
    return _post(entry, quote, moment)


def _post(entry: Entry, quote: Quote, moment: datetime) -> bool:
    if entry.reverses_id:
        parts, surplus = _taken_back(entry)
    else:
        parts, surplus = _shares(entry, quote) if entry.amount_grosze > 0 else _given_back(entry, quote)
    PostedEntry.objects.create(entry=entry, quote=quote, surplus_grosze=surplus, at=moment)
    named = (
        Included.objects.filter(payment=entry.payment_id).values_list("imported", flat=True).first()
    )  # the tax system may know of the money before the till
    Posting.objects.bulk_create(
        Posting(
            instalment_id=one.key, entry=entry, day=entry.received_on, principal_grosze=one.principal_grosze,
            interest_grosze=one.interest_grosze, posted_at=moment, included_in_id=named,
        )
        for one in parts
    )  # fmt: skip
    return True


def _shares(entry: Entry, quote: Quote) -> tuple[list[Part], int]:
    """By the dues as they stand on the day of the payment (art. 55, 62). The quoted instalments are locked against other payments."""
    pks = list(quote.lines.values_list("instalment", flat=True))
    list(Instalment.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    found = with_postings(Instalment.objects.filter(pk__in=pks)).select_related("liability__kind")
    table = Table.on(entry.received_on)
    lines = [line_of(one, entry.received_on, table) for one in found]
    if any(one.interest_grosze is None for one in lines):
        raise Refused(_("Brakuje stawki odsetek na dzień wpłaty."))
    owed = [Owed(one.instalment.pk, one.instalment.due_on, one.left_grosze, one.interest_grosze or 0) for one in lines]
    return posted(entry.amount_grosze, owed)


def _taken_back(entry: Entry) -> tuple[list[Part], int]:
    """What the reversed entry posted, below nothing. Refused while that entry is not posted itself: the next sweep finds both."""
    first = PostedEntry.objects.filter(entry=entry.reverses_id).first()
    if first is None:
        raise Refused(_("Stornowany zapis nie jest jeszcze zaliczony."))
    parts = Posting.objects.filter(entry=entry.reverses_id)
    return [Part(one.instalment_id, -one.principal_grosze, -one.interest_grosze) for one in parts], -first.surplus_grosze


def _given_back(entry: Entry, quote: Quote) -> tuple[list[Part], int]:
    """A refund takes the surplus of its payment first, then what the payment posted, the latest term first."""
    over = PostedEntry.objects.filter(quote=quote).aggregate(sum=Sum("surplus_grosze"))["sum"] or 0
    from_surplus = min(-entry.amount_grosze, max(over, 0))
    parts, left = [], -entry.amount_grosze - from_surplus
    sums = Posting.objects.filter(entry__payment=entry.payment_id).values("instalment", "instalment__due_on")
    for one in sums.annotate(main=Sum("principal_grosze"), late=Sum("interest_grosze")).order_by(
        "-instalment__due_on", "-instalment"
    ):
        taken = min(left, one["main"] + one["late"])
        if taken > 0:
            on_interest = taken * one["late"] // (one["main"] + one["late"])
            parts.append(Part(one["instalment"], on_interest - taken, -on_interest))
            left -= taken
    return parts, -from_surplus - left


@transaction.atomic
def include(posting: Posting, *, by, moment: datetime) -> None:
    """An officer has seen this money in the tax system, whose files do not name payments of the portal: from now on only those count."""
    if not Posting.objects.filter(pk=posting.pk, included_in=None, included_by=None).update(included_by=by.subject):
        raise Refused(_("Tę wpłatę już ujęto."))
