"""Proof that a letter of the office reached whom it was for: one mechanism for every letter, whatever follows from it (L14).

A call and a decision move their case when they are served, so their verbs are in `rulings` and call `serve`; all other letters
that need a proof end here. The day of service is computed from days of events, never typed (decision 0033).
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from eboi.actions import outgoing
from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.models import Delivery, OutgoingLetter
from office.files import store
from office.transitions import Refused
from office.working_days import Calendar
from ui.text import clean_text
from ui.words import long_date

FICTION = timedelta(days=14)  # KPA art. 44 § 4, art. 46 § 6, art. 42 of the act on e-delivery: not collected, yet served
Channel = Delivery.Channel
PROOFS = {
    Channel.POST: _lazy("numer przesyłki albo zwrotki"),
    Channel.ADE: _lazy("identyfikator dowodu otrzymania z e-Doręczeń"),
    Channel.EPUAP: _lazy("identyfikator poświadczenia doręczenia z ePUAP"),
}


def serve(
    case, entry, *, channel, sent_on, collected_on=None, first_notice_on=None, proof="", proof_file=None, by, moment
):  # fmt: skip
    """Write down that what `entry` describes reached its reader. Kept with its entry of the outgoing register, made now when nobody did.

    `proof_file`: an uploaded scan of the slip, instead of its number or beside it. Raises ValidationError when it can not be taken.
    """
    delivery = _checked(
        Delivery(case=case, call=entry.get("call"), decision=entry.get("decision"), channel=channel, sent_on=sent_on,
                 collected_on=collected_on, first_notice_on=first_notice_on, proof=clean_text(proof), recorded_by=by.subject),
        has_file=bool(proof_file), moment=moment,
    )  # fmt: skip
    delivery.letter = outgoing.entry_of(case, channel=channel, sent_on=sent_on, **entry, by=by, moment=moment)
    return _kept(delivery, proof_file, by)


@keeps_exclusions
@transaction.atomic
def record_arrival(letter, *, collected_on=None, first_notice_on=None, proof="", proof_file=None, by, moment):
    """A notice, an order, an answer or a forwarded case reached its reader: way and day of sending stand in the register already.

    Refused for a plain letter, which leaves no proof; for a call and a decision, whose service moves their case; the second time;
    and for the day on which the reader confirmed in the portal, which only the reader can say.
    """
    if letter.case_id:
        guard_impartial(letter.case, letter.case.person, clerk=by, tried="record_arrival", by=by, moment=moment)
    _guard_apart(letter)
    if letter.channel == Channel.PORTAL and collected_on:
        raise Refused(_("Odbiór na koncie w portalu potwierdza sama strona. Wpisz doręczenie, gdy minie 14 dni bez odbioru."))
    days = {"collected_on": collected_on, "first_notice_on": first_notice_on or letter.first_notice_on}
    return _arrived(letter, **days, proof=clean_text(proof), proof_file=proof_file, by=by, moment=moment)


@transaction.atomic
def confirm_receipt(letter, *, by, moment):
    """The party confirms in the account that the letter came: it is served today, or on the day of the fiction if that was earlier."""
    if letter.channel != Channel.PORTAL or letter.case.person.account_id != by.pk:
        raise Refused(_("Odbioru tego pisma nie potwierdza się w portalu."))
    _guard_apart(letter)
    proof = _("potwierdzenie odbioru w portalu, %(at)s") % {"at": f"{localtime(moment):%d.%m.%Y %H:%M}"}
    days = {"collected_on": localdate(moment), "first_notice_on": letter.first_notice_on}
    return _arrived(letter, **days, proof=proof, by=by, moment=moment)


def _guard_apart(letter):
    if letter.call_id or letter.decision_id:
        raise Refused(_("Doręczenie wezwania i decyzji wpisuje się na stronie sprawy: od niego zależy, co dalej."))
    if letter.channel not in Channel.values:
        raise Refused(_("List zwykły nie zostawia dowodu doręczenia."))


def _arrived(letter, *, proof_file=None, by, moment, **service):
    """The entry is locked: of two who write one service down the slower is refused."""
    OutgoingLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if Delivery.objects.filter(letter=letter).exists():
        raise Refused(_("Ktoś był szybszy: doręczenie tego pisma jest już wpisane."))
    delivery = Delivery(
        case_id=letter.case_id, letter=letter, channel=letter.channel, sent_on=letter.sent_on, recorded_by=by.subject, **service
    )
    return _kept(_checked(delivery, has_file=bool(proof_file), moment=moment), proof_file, by)


def _kept(delivery, proof_file, by):
    if proof_file:
        delivery.proof_file = store(proof_file, owner=by)
    delivery.save(force_insert=True)
    return delivery


def effective_day(*, collected_on, first_notice_on, calendar):
    """The day of service: collected, or 14 days after the first notice when nobody collected before (L14).

    A fiction that would end on a day off takes effect on the next working day: the reading that takes nothing from the party.
    """
    fiction = calendar.working_day_from(first_notice_on + FICTION) if first_notice_on else None
    return min(day for day in (collected_on, fiction) if day)


def _guard_proof(delivery, has_file):
    """Each way has its own proof; at the counter there is no letter that could lie uncollected, and the portal is its own witness."""
    if delivery.channel == Channel.IN_PERSON:
        if delivery.first_notice_on or not delivery.collected_on:
            raise Refused(_("Przy odbiorze w urzędzie wpisz dzień odbioru."))
    elif delivery.channel != Channel.PORTAL and not (delivery.proof or has_file):
        raise Refused(_("Wpisz dowód doręczenia albo dodaj jego skan: %(what)s.") % {"what": PROOFS[Channel(delivery.channel)]})


def _checked(delivery, *, has_file, moment):
    today = localdate(moment)
    if not (delivery.collected_on or delivery.first_notice_on):
        raise Refused(_("Wpisz dzień odbioru albo dzień pierwszego zawiadomienia o przesyłce."))
    _guard_proof(delivery, has_file)
    days = [day for day in (delivery.sent_on, delivery.first_notice_on, delivery.collected_on) if day]
    if days != sorted(days) or days[-1] > today:
        raise Refused(_("Daty się nie zgadzają: najpierw wysłanie, potem zawiadomienie i odbiór, nie później niż dziś."))
    delivery.effective_on = effective_day(
        collected_on=delivery.collected_on, first_notice_on=delivery.first_notice_on, calendar=Calendar.of_office()
    )
    if delivery.effective_on > today:
        raise Refused(
            _("Przesyłkę można jeszcze odebrać: skutek doręczenia nastąpi %(day)s") % {"day": long_date(delivery.effective_on)}
        )
    return delivery
