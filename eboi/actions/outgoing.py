"""The outgoing register: what leaves the office gets its RPO number, its day and its channel; a letter written from a template."""

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from eboi import mails, placeholders
from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.models import CaseMessage, OutgoingLetter
from office.numbering import next_number
from office.transitions import Refused, in_transaction
from residents.rules import is_identity_confirmed
from ui.text import clean_text

SERIES = "RPO"
Channel, Kind = OutgoingLetter.Channel, OutgoingLetter.Kind
TO_ACCOUNT = (Kind.LETTER, Kind.DELAY, Kind.FORWARDED)
WITH_NOTICE = (Channel.POST, Channel.ADE, Channel.EPUAP)  # ways on which a carrier says that a letter lies uncollected


def register_outgoing(
    *, kind=Kind.LETTER, channel, recipient, subject, unit, sent_on=None, case=None, person=None, address="", text="",
    call=None, decision=None, first_notice_on=None, by, moment,
):  # fmt: skip
    """Enter what leaves under the next RPO number of the year in which it is entered; the number is taken last (D1).

    `sent_on`: the day it went, today if not given; refused when it is still to come. `person`: whose data the letter holds.
    """
    recipient, subject, today = clean_text(recipient), clean_text(subject), localdate(moment)
    if not (recipient and subject):
        raise Refused(_("Wpisz adresata i czego dotyczy pismo."))
    if (sent_on or today) > today:
        raise Refused(_("Data wysłania nie może być z przyszłości."))
    if channel == Channel.PORTAL and first_notice_on is None:
        raise Refused(_("Na konto w portalu wysyła się tylko pisma do strony w jej sprawie."))
    letter = OutgoingLetter(
        kind=kind, channel=channel, recipient=recipient[:200], address=clean_text(address)[:200], subject=subject[:200],
        text=clean_text(text, multiline=True), unit=unit, case=case, person=person, call=call, decision=decision,
        sent_on=sent_on or today, first_notice_on=first_notice_on, registered_at=moment, registered_by=by.subject, year=localtime(moment).year,
    )  # fmt: skip
    with in_transaction():
        letter.number = next_number(SERIES, letter.year)
        letter.save(force_insert=True)
    return letter


def send_to_party(case, *, kind, channel, subject, by, moment, **what):
    """A letter in the case to its party. To the account it comes with its first notice, the e-mail about it."""
    party = case.person
    if channel == Channel.PORTAL:
        _guard_account(party, kind)
        what["first_notice_on"] = localdate(moment)
    return register_outgoing(
        kind=kind, channel=channel, recipient=str(party), address=party.mail_address, subject=subject, unit=case.unit, case=case,
        person=party, by=by, moment=moment, **what,
    )  # fmt: skip


def _guard_account(party, kind):
    """To an account goes a notice or an answer, for the portal signs no rulings (decision 0033), and to whom the office surely knows."""
    if kind not in TO_ACCOUNT:
        raise Refused(_("Wezwań, decyzji i postanowień nie doręcza się na konto w portalu. Wybierz inny sposób."))
    if not (party.account_id and is_identity_confirmed(party)):
        raise Refused(_("Strona nie ma konta z potwierdzoną tożsamością. Wybierz inny sposób."))


def entry_of(case, *, kind, channel, sent_on, subject, by, moment, **about):
    """By which entry `about` (a call or a decision) went that way that day; entered now when nobody did, as at the counter."""
    found = OutgoingLetter.objects.filter(channel=channel, sent_on=sent_on, **about).order_by("registered_at").last()
    return found or send_to_party(
        case, kind=kind, channel=channel, sent_on=sent_on, subject=subject, by=by, moment=moment, **about
    )


@keeps_exclusions
@transaction.atomic
def write_letter(case, *, title, text, channel, by, moment):
    """A letter to the party in the clerk's own words, begun from a template or not; the party reads the same words in the portal.

    Refused while a gap of the template still says that something is missing.
    """
    guard_impartial(case, case.person, clerk=by, tried="write_letter", by=by, moment=moment)
    title, text = clean_text(title), clean_text(text, multiline=True)
    if not (title and text):
        raise Refused(_("Wpisz tytuł i treść pisma."))
    if holes := placeholders.missing_in(f"{title}\n{text}"):
        raise Refused(_("W piśmie brakuje: %(what)s. Wpisz to w treści.") % {"what": ", ".join(holes)})
    letter = send_to_party(case, kind=Kind.LETTER, channel=channel, subject=title, text=text, by=by, moment=moment)
    tell_in_portal(case, f"{title}\n\n{text}", by=by, moment=moment)
    mails.tell(case, "message")
    return letter


def tell_in_portal(case, text, *, by, moment):
    """The words of a letter for the party to read in the portal. Not a way of service (L16)."""
    return CaseMessage.objects.create(case=case, kind=CaseMessage.Kind.FROM_OFFICE, text=text, author=by.subject, at=moment)


@keeps_exclusions
@transaction.atomic
def note_first_notice(letter, *, day, by, moment):
    """The carrier left the first notice: from this day the 14 days of the fiction run, and its day is computed (KPA art. 44, L14).

    Refused for a way on which nothing lies uncollected, before the letter went, after today, and once another day was entered.
    """
    if letter.case_id:
        guard_impartial(letter.case, letter.case.person, clerk=by, tried="note_first_notice", by=by, moment=moment)
    if letter.channel not in WITH_NOTICE:
        raise Refused(_("Zawiadomienie o przesyłce jest tylko przy poczcie za potwierdzeniem i e-Doręczeniach."))
    if not letter.sent_on <= day <= localdate(moment):
        raise Refused(_("Zawiadomienie nie może być wcześniejsze niż wysłanie ani późniejsze niż dziś."))
    if not OutgoingLetter.objects.filter(pk=letter.pk, first_notice_on__isnull=True).update(first_notice_on=day):
        raise Refused(_("Ktoś był szybszy: dzień pierwszego zawiadomienia jest już wpisany."))
    letter.first_notice_on = day
