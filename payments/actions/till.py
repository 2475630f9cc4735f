"""The verbs of the till. Money is integer grosze; the ledger only grows, and a payment's status follows its sum.

Each verb locks the payment first: two treasurers at one payment stand in line, so that the sum each of them sees is whole. One evidence
at two payments is kept apart by the database (`payments_evidence_once`).
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.numbering import next_number
from office.transitions import Refused, move
from payments import mails, rules
from payments.models import CheckoutLine, Entry, Payment, TownAccount
from payments.statuses import CheckoutStatus, PaymentStatus
from ui.text import clean_text

SERIES = "PL"
MOST_GROSZE = 100_000_000  # a million zł: more is a slip of the keyboard
IN = Entry.BY_HAND


@transaction.atomic
def ask(*, payer, purpose, title, amount_grosze, due_on=None, moment, by=None) -> Payment:
    """Ask a person for money; the payment gets the next number of the year (PL/12/2026) and the account in force for its purpose.

    The payer is told by e-mail, unless they asked for it themselves. Refused: no account for the purpose, an amount that is no whole
    number of grosze above nothing, no title, a term that has passed.
    """
    day = localdate(moment)
    title = clean_text(title)
    _guard_amount(amount_grosze)
    if not title:
        raise Refused(_("Napisz, za co jest płatność."))
    if due_on and due_on < day:
        raise Refused(_("Termin płatności nie może być z przeszłości."))
    account = _account_of(purpose, day)
    payment = Payment.objects.create(
        mark=f"{SERIES}/{next_number(SERIES, day.year)}/{day.year}", purpose=purpose, title=title, amount_grosze=amount_grosze,
        payer=payer, account=account, due_on=due_on, asked_at=moment,
    )  # fmt: skip
    if by is None or by != payer.account:
        mails.tell(payment, "asked")
    return payment


@transaction.atomic
def book(payment, *, kind, amount_grosze, received_on, evidence, by, moment) -> Entry:
    """Write down money that came. Part of the sum leaves the payment due, more than the sum is shown as a surplus.

    `evidence` is the number of the cash slip, or the statement and its line: one evidence is booked once, and again only after a
    reversal. Refused: a cancelled payment, a day to come, no evidence or one that stands already.
    """
    payment = lock(payment)
    evidence = clean_text(evidence).upper()
    _guard_amount(amount_grosze)
    if kind not in IN:
        raise Refused(_("Wpłata jest gotówką albo przelewem."))
    if payment.status == PaymentStatus.CANCELLED:
        raise Refused(_("Ta płatność jest anulowana. Zwróć pieniądze wpłacającemu albo zaksięguj je przy innej płatności."))
    if received_on > localdate(moment):
        raise Refused(_("Dzień wpłaty nie może być z przyszłości."))
    if not evidence:
        raise Refused(_("Podaj dowód księgowy: numer KP albo wyciągu i pozycji."))
    entry = write(
        payment=payment, kind=kind, amount_grosze=amount_grosze, received_on=received_on, evidence=evidence,
        again=_reversed_before(kind, evidence), by=by.subject, at=moment,
    )  # fmt: skip
    settle(payment, moment)
    mails.tell(payment, "booked")
    return entry


@transaction.atomic
def reverse(entry, *, reason, by, moment) -> Entry:
    """Take a mistaken entry back by one of the same sum below nothing, with a reason; the day is that of the reversal.

    Whoever booked may reverse: a town may have one treasurer, and both entries stay with their names. Refused: a reversal of a
    reversal, a second one, no reason.
    """
    payment = lock(entry.payment)
    reason = clean_text(reason)
    if entry.kind == Entry.Kind.REVERSAL:
        raise Refused(_("Storna się nie stornuje. Zaksięguj wpłatę jeszcze raz."))
    if entry.kind not in IN:
        raise Refused(_("Wpłaty internetowej się nie stornuje. Zwraca się ją przez operatora."))
    if Entry.objects.filter(reverses=entry).exists():
        raise Refused(_("Ten zapis jest już wystornowany."))
    if not reason:
        raise Refused(_("Napisz, dlaczego stornujesz zapis."))
    taken_back = write(
        payment=payment, kind=Entry.Kind.REVERSAL, amount_grosze=-entry.amount_grosze, received_on=localdate(moment),
        evidence=entry.evidence, again=entry.again, reverses=entry, reason=reason[:300], by=by.subject, at=moment,
    )  # fmt: skip
    settle(payment, moment)
    mails.tell(payment, "reversed")
    return taken_back


@transaction.atomic
def cancel(payment, *, by, moment) -> Payment:
    """Nothing is owed any more. Refused while any money stands in the ledger (first it is reversed, or given back) or may just be coming."""
    payment = lock(payment)
    if CheckoutLine.objects.filter(payment=payment, is_live=True, checkout__status=CheckoutStatus.REGISTERED).exists():
        raise Refused(_("Ta płatność jest właśnie opłacana przez internet. Poczekaj, aż to się zakończy."))
    if rules.received(payment):
        raise Refused(_("Do tej płatności wpłynęły pieniądze, więc nie można jej anulować."))
    move(payment, PaymentStatus.CANCELLED, by=by, moment=moment)
    mails.tell(payment, "cancelled")
    return payment


def _guard_amount(grosze):
    """A float would lose grosze in silence, so it is a defect of the caller; a wrong sum is told to who typed it."""
    if type(grosze) is not int:
        raise TypeError("grosze are an integer")
    if not 0 < grosze <= MOST_GROSZE:
        raise Refused(_("Kwota musi być większa od zera i nie większa niż milion złotych."))


def has_account(purpose, day) -> bool:
    """Whether the town has named an account for the purpose; without one `ask` refuses."""
    return _accounts(purpose, day).exists()


def _accounts(purpose, day):
    """Those in force, the latest first. The demonstration's account is nobody's in production."""
    accounts = TownAccount.objects.valid_on(day).filter(purpose=purpose).order_by("-valid_from", "-pk")
    return accounts.filter(is_sample=False) if settings.IS_PRODUCTION else accounts


def _account_of(purpose, day):
    account = _accounts(purpose, day).first()
    if account is None:
        raise Refused(_("Urząd nie podał jeszcze rachunku dla tej opłaty. Zapytaj w urzędzie."))
    return account


def lock(payment) -> Payment:
    """The row as it is now, ours until commit. Not `with_received`: the sum has to be asked after the lock."""
    return Payment.objects.select_for_update(of=("self",)).select_related("payer__account").get(pk=payment.pk)


def _reversed_before(kind, evidence) -> int:
    """How often this evidence was booked and taken back. Refused while it stands somewhere.

    Only what was taken back is counted: an entry that somebody commits between the two questions must get the same figure, so
    that the database sees the clash.
    """
    same = Entry.objects.filter(kind=kind, evidence=evidence)
    standing = same.filter(reversed_by=None).select_related("payment").first()
    if standing:
        raise Refused(_already_booked(evidence, standing.payment.mark))
    return same.filter(reversed_by__isnull=False).count()


def _already_booked(evidence, mark):
    return _("Dowód %(evidence)s jest już zaksięgowany przy płatności %(mark)s.") % {"evidence": evidence, "mark": mark}


def write(**fields) -> Entry:
    """The entry, or a refusal when somebody else's with the same evidence, or a reversal of the same entry, was quicker."""
    try:
        with transaction.atomic():
            return Entry.objects.create(**fields)
    except IntegrityError as clash:
        raise Refused(_("Ktoś był szybszy: ten dowód jest już w księdze. Odśwież stronę i sprawdź.")) from clash


def settle(payment, moment):
    """Status follows the sum: paid once it is covered, due again when an entry was taken back. The portal moves it, nobody else."""
    covered = rules.is_covered(payment)
    if covered and payment.status == PaymentStatus.DUE:
        move(payment, PaymentStatus.PAID, by=None, moment=moment)
    elif not covered and payment.status == PaymentStatus.PAID:
        move(payment, PaymentStatus.DUE, by=None, moment=moment)
