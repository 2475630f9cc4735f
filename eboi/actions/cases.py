"""The life of a case from opening to its end without a decision. Decisions and calls are in `rulings`."""

import uuid

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from eboi import mails
from eboi.actions import outgoing, terms
from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.actions.reasons import given
from eboi.models import Case, Deadline, DefectCall, IncomingLetter, JrwaClass, OutgoingLetter, Pause
from eboi.rules import is_unit_member, terms_of
from eboi.statuses import OPEN_CALL, CallStatus, CaseStatus, LetterStatus
from office.numbering import next_number
from office.transitions import SYSTEM, Refused, StaleStatus, move
from office.working_days import Calendar
from ui.text import clean_text
from ui.words import long_date


@keeps_exclusions
@transaction.atomic
def open_case(letter, *, matter, officer, by, moment):
    """Open a case on a registered letter: mark unit.JRWA.number.year, deadline from the day of receipt, letter to the party.

    Refused without a sender known by name, for an officer outside the matter's unit, for a JRWA class out of force, and
    (Excluded, on record) when it concerns the clerk, the officer or someone of their household. The number is taken last.
    """
    if letter.sender is None:
        raise Refused(_("Najpierw wskaż w kartotece osobę, od której jest pismo."))
    for clerk in {by, officer}:
        guard_impartial(letter, letter.sender, clerk=clerk, tried="open_case", by=by, moment=moment)
    _guard_officer(officer, matter.unit)
    case = _new_case(letter, matter, officer, moment)
    _attach(letter, case, by, moment)
    terms.start(case, terms_of(matter, case.received_on), by=by, moment=moment)
    mails.tell(case, "case_opened")
    return _numbered(case)


def _new_case(letter, matter, officer, moment):
    if not JrwaClass.objects.valid_on(localdate(moment)).filter(pk=matter.jrwa_id).exists():
        raise Refused(_("Klasa JRWA %(class)s nie obowiązuje. Popraw rodzaj sprawy.") % {"class": matter.jrwa})
    return Case(
        id=uuid.uuid4(), unit=matter.unit, jrwa=matter.jrwa, matter=matter, person=letter.sender, officer=officer,
        received_on=localdate(letter.received_at), opened_at=moment, year=localtime(moment).year,
    )  # fmt: skip


def _attach(letter, case, by, moment):
    """Before the case row: its foreign keys are checked at commit, and the counter is then locked for one insert only."""
    free = IncomingLetter.objects.filter(pk=letter.pk, case__isnull=True)
    if not free.update(case_id=case.pk, matter=case.matter, unit=case.unit):
        raise StaleStatus(_("Na tej przesyłce założono już sprawę."))
    move(letter, LetterStatus.ATTACHED, by=by, moment=moment)
    letter.case, letter.matter, letter.unit = case, case.matter, case.unit


@keeps_exclusions
@transaction.atomic
def attach_letter(letter, *, case, by, moment):
    """Put a letter into a case that is there already: an answer on paper, an appeal, a supplement. Its RPW number stays.

    Also into a case that has ended. Refused for a letter that stands in a case, and for a clerk kept from the case or the sender.
    """
    guard_impartial(case, case.person, clerk=by, tried="attach_letter", by=by, moment=moment)
    if letter.sender:
        guard_impartial(letter, letter.sender, clerk=by, tried="attach_letter", by=by, moment=moment)
    _attach(letter, case, by, moment)


def _numbered(case):
    """KPA casework mark (L8). The series is the unit and the class, per calendar year in Warsaw."""
    series = f"{case.unit.symbol}.{case.jrwa.symbol}"
    case.number = next_number(series, case.year)
    case.mark = f"{series}.{case.number}.{case.year}"
    case.save(force_insert=True)
    return case


@keeps_exclusions
@transaction.atomic
def take_up(case, *, by, moment):
    """The clerk starts to work on a new case. One that waits or stands still goes on by its own verbs, which end the pause."""
    guard_impartial(case, case.person, clerk=by, tried="take_up", by=by, moment=moment)
    guard_from(case, CaseStatus.NEW)
    move(case, CaseStatus.IN_PROGRESS, by=by, moment=moment)


@keeps_exclusions
@transaction.atomic
def assign(case, *, officer, instead_of=None, by, moment):
    """Give an active case to another officer of its unit. The one before stays in the history of the row.

    `instead_of`: the key of the officer that the manager saw. Of two managers at once the slower is refused, never overruled.
    """
    guard_impartial(case, case.person, clerk=officer, tried="assign", by=by, moment=moment)
    terms.guard_notice(case, moment=moment)
    _guard_officer(officer, case.unit)
    lock_active(case)
    if not Case.objects.filter(pk=case.pk, officer=instead_of or case.officer_id).update(officer=officer):
        raise StaleStatus(_("Ktoś był szybszy: sprawę prowadzi już kto inny. Odśwież stronę i sprawdź."))
    case.officer = officer


@keeps_exclusions
@transaction.atomic
def complete(case, *, outcome, by, moment):
    """Settle without a decision, as a correct declaration is. No ruling names the party, so a declared identity is enough."""
    guard_impartial(case, case.person, clerk=by, tried="complete", by=by, moment=moment)
    _end(case, CaseStatus.COMPLETED, outcome=outcome, by=by, moment=moment)


@transaction.atomic
def withdraw(case, *, by, reason, moment):
    """The party takes the case back, while it is not settled."""
    _end(
        case,
        CaseStatus.WITHDRAWN,
        outcome=clean_text(reason, multiline=True) or _("Wycofana na wniosek strony."),
        by=by,
        moment=moment,
    )


@keeps_exclusions
@transaction.atomic
def forward(case, *, authority, reason, address="", channel=OutgoingLetter.Channel.POST, by, moment):
    """Pass a case to the authority that is competent for it, and tell the party why (KPA art. 65, L15): two letters go out.

    Refused without an authority or a reason; the notice to the party has to give one (art. 65 § 1).
    """
    guard_impartial(case, case.person, clerk=by, tried="forward", by=by, moment=moment)
    authority, reason = clean_text(authority), given(reason)
    if not authority:
        raise Refused(_("Wpisz, jakiemu organowi przekazujesz sprawę."))
    _end(case, CaseStatus.FORWARDED, outcome=_("Przekazana według właściwości: %(authority)s.") % {"authority": authority},
         by=by, moment=moment)  # fmt: skip
    text, when = forwarding_notice(case, authority=authority, reason=reason), {"by": by, "moment": moment}
    outgoing.register_outgoing(
        kind=OutgoingLetter.Kind.FORWARDING, channel=channel, recipient=authority, address=address, case=case, unit=case.unit,
        person=case.person, subject=_("Przekazanie sprawy %(mark)s") % {"mark": case.mark}, text=text, **when,
    )  # fmt: skip
    subject = _("Zawiadomienie o przekazaniu sprawy %(mark)s") % {"mark": case.mark}
    outgoing.send_to_party(case, kind=OutgoingLetter.Kind.FORWARDED, channel=channel, subject=subject, text=text, **when)
    outgoing.tell_in_portal(case, text, **when)


def forwarding_notice(case, *, authority, reason):
    return _(
        "Na podstawie art. 65 § 1 Kodeksu postępowania administracyjnego przekazujemy sprawę %(mark)s według właściwości. "
        "Zajmie się nią: %(authority)s.\nUzasadnienie: %(reason)s"
    ) % {"mark": case.mark, "authority": authority, "reason": reason}


@keeps_exclusions
@transaction.atomic
def suspend(case, *, reason, channel=OutgoingLetter.Channel.POST, by, moment):
    """The proceedings stand still (KPA art. 97, 98); the days until `resume` do not count. The party is served the order."""
    guard_impartial(case, case.person, clerk=by, tried="suspend", by=by, moment=moment)
    terms.guard_notice(case, moment=moment)
    move(case, CaseStatus.SUSPENDED, by=by, note=given(reason), moment=moment)
    terms.pause(case, Pause.Why.SUSPENSION, moment=moment)
    _serve_order(case, OutgoingLetter.Kind.SUSPENSION, suspension_order(case, reason=reason), channel, by, moment)


@keeps_exclusions
@transaction.atomic
def resume(case, *, channel=OutgoingLetter.Channel.POST, by, moment):
    """What stood in the way is over: the days count again, and the party is served the order (KPA art. 97 § 2)."""
    guard_impartial(case, case.person, clerk=by, tried="resume", by=by, moment=moment)
    guard_from(case, CaseStatus.SUSPENDED)
    move(case, CaseStatus.IN_PROGRESS, by=by, moment=moment)
    terms.stop_pause(case, moment=moment)
    _serve_order(case, OutgoingLetter.Kind.RESUMPTION, resumption_order(case), channel, by, moment)


def suspension_order(case, *, reason):
    """The text of the order; the instruction about a complaint is data of the service card."""
    text = _(
        "Na podstawie art. 97 albo 98 i art. 101 Kodeksu postępowania administracyjnego zawieszamy postępowanie w sprawie %(mark)s\n"
        "Przyczyna: %(reason)s\nCzasu zawieszenia nie wlicza się do terminu załatwienia sprawy."
    ) % {"mark": case.mark, "reason": clean_text(reason, multiline=True)}
    return f"{text}\n\n{terms_of(case.matter, case.received_on).suspension_instruction}".strip()


def resumption_order(case):
    return _(
        "Na podstawie art. 97 § 2 i art. 101 Kodeksu postępowania administracyjnego podejmujemy postępowanie w sprawie %(mark)s, "
        "bo ustała przyczyna zawieszenia. Termin załatwienia sprawy biegnie dalej."
    ) % {"mark": case.mark}


def _serve_order(case, kind, text, channel, by, moment):
    subject = {
        OutgoingLetter.Kind.SUSPENSION: _("Postanowienie o zawieszeniu postępowania %(mark)s"),
        OutgoingLetter.Kind.RESUMPTION: _("Postanowienie o podjęciu postępowania %(mark)s"),
    }[kind] % {"mark": case.mark}
    outgoing.send_to_party(case, kind=kind, channel=channel, subject=subject, text=text, by=by, moment=moment)
    outgoing.tell_in_portal(case, text, by=by, moment=moment)
    mails.tell(case, "message")


@keeps_exclusions
@transaction.atomic
def extend(case, *, new_date, reason, channel=OutgoingLetter.Channel.POST, by, moment):
    """Notice of delay (KPA art. 36, L6): a reason, a new working day, and the instruction about ponaglenie, sent to the party.

    It leaves through the outgoing register and is read in the portal as well.
    Refused when the new day is not later than the present one, is a day off or has passed. Also possible after a missed day.
    """
    guard_impartial(case, case.person, clerk=by, tried="extend", by=by, moment=moment)
    lock_active(case)
    reason, today, old = given(reason), localdate(moment), terms.open_deadline(case)
    _guard_new_day(new_date, old.due_on, today)
    Deadline.objects.filter(pk=old.pk).update(closed_at=moment)
    new = Deadline.objects.create(
        case=case, started_on=today, fixed_on=new_date, due_on=new_date, reason=reason, set_by=by.subject, set_at=moment
    )
    text = delay_notice(case, old_day=old.due_on, new_day=new_date, reason=reason)
    subject = _("Zawiadomienie o zwłoce w sprawie %(mark)s") % {"mark": case.mark}
    outgoing.send_to_party(
        case, kind=OutgoingLetter.Kind.DELAY, channel=channel, subject=subject, text=text, by=by, moment=moment
    )
    outgoing.tell_in_portal(case, text, by=by, moment=moment)
    mails.tell(case, "extended")
    return new


def delay_notice(case, *, old_day, new_day, reason):
    """The text of the notice as the party reads it; the instruction is data of the service card."""
    text = _(
        "Na podstawie art. 36 Kodeksu postępowania administracyjnego zawiadamiamy, że sprawa %(mark)s nie zostanie załatwiona "
        "do %(old)s\nPrzyczyna: %(reason)s\nNowy termin załatwienia: %(new)s"
    ) % {"mark": case.mark, "old": long_date(old_day), "new": long_date(new_day), "reason": reason}
    return f"{text}\n\n{terms_of(case.matter, case.received_on).delay_instruction}".strip()


def _guard_new_day(day, old_day, today):
    if day <= max(old_day, today):
        raise Refused(_("Nowy termin musi być późniejszy niż %(day)s") % {"day": long_date(max(old_day, today))})
    if Calendar.of_office().is_day_off(day):
        raise Refused(_("Nowy termin wypada w dzień wolny. Wskaż dzień roboczy."))


def _guard_officer(officer, unit):
    if not (officer.is_active and is_unit_member(officer, unit)):
        raise Refused(_("%(officer)s nie pracuje w komórce %(unit)s.") % {"officer": officer, "unit": unit})


def guard_from(case, status):
    """Several arrows lead to „w toku”; each verb goes along its own."""
    if case.status != status:
        raise StaleStatus(_("Tej czynności nie można już wykonać: stan sprawy zmienił się w międzyczasie."))


def lock_active(case):
    """Serialises verbs that do not move the status, and refuses a copy that has aged."""
    now = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if now.status != case.status:
        raise StaleStatus(_("Ktoś był szybszy: stan sprawy zmienił się w międzyczasie. Odśwież stronę i sprawdź."))
    if not now.is_active:
        raise Refused(_("Ta sprawa jest już zakończona."))


def _end(case, status, *, outcome, by, moment):
    outcome = given(outcome)
    move(case, status, by=by, note=outcome, moment=moment)
    call_off(case, moment=moment)
    terms.close(case, moment=moment)
    case.outcome, case.closed_at = outcome, moment
    case.save(update_fields=["outcome", "closed_at"])
    mails.tell(case, "case_closed")


def call_off(case, *, moment):
    """An open call to mend the letter has no point once the case has ended."""
    for call in DefectCall.objects.filter(case=case, status__in=OPEN_CALL):
        move(call, CallStatus.CALLED_OFF, by=None, side=SYSTEM, moment=moment)
