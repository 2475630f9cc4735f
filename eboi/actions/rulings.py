"""What the office rules and asks for in a case: calls to mend a letter, decisions, their service and finality."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi import mails
from eboi.actions import correspondence, outgoing, service, terms
from eboi.actions.cases import call_off, guard_from, lock_active
from eboi.actions.exclusions import guard_impartial, keeps_exclusions
from eboi.actions.reasons import given
from eboi.deadlines import last_day
from eboi.models import Case, Decision, DefectCall, Delivery, IncomingLetter, OutgoingLetter, Pause
from eboi.models.catalogue import TermUnit
from eboi.rules import is_ready_to_sign, terms_of
from eboi.statuses import CallStatus, CaseStatus, DecisionStatus
from office.transitions import CLERK, RESIDENT, Refused, move
from office.working_days import Calendar
from ui.text import clean_text
from ui.words import long_date

LEAST_DAYS = 7  # KPA art. 64 § 2
CALL, DECISION = OutgoingLetter.Kind.CALL, OutgoingLetter.Kind.DECISION
PARTS = {  # KPA art. 107 § 1 (L13)
    "authority": "oznaczenie organu",
    "party": "oznaczenie strony",
    "legal_basis": "podstawa prawna",
    "ruling": "rozstrzygnięcie",
    "reasons": "uzasadnienie",
    "instruction": "pouczenie",
}


# A call to mend the letter


@keeps_exclusions
@transaction.atomic
def draft_call(case, *, missing, days=LEAST_DAYS, by, moment):
    """Write down what is missing. One call at a time; it goes out with `send_call`."""
    guard_impartial(case, case.person, clerk=by, tried="draft_call", by=by, moment=moment)
    if case.status != CaseStatus.IN_PROGRESS:
        raise Refused(_("Wezwać można tylko w sprawie, która jest w toku."))
    terms.guard_notice(case, moment=moment)
    if days < LEAST_DAYS:
        raise Refused(_("Na uzupełnienie trzeba dać co najmniej 7 dni."))
    missing = clean_text(missing, multiline=True)
    if not missing:
        raise Refused(_("Napisz, czego brakuje."))
    lock_active(case)
    if open_call(case):
        raise Refused(_("W tej sprawie jest już otwarte wezwanie."))
    return DefectCall.objects.create(case=case, missing=missing, days=days)


def open_call(case):
    """The call that is written, on its way or waits for the party; None when there is none."""
    return case.calls.filter(status__in=[CallStatus.DRAFT, CallStatus.SENT, CallStatus.SERVED]).first()


@keeps_exclusions
@transaction.atomic
def send_call(call, *, channel=OutgoingLetter.Channel.POST, by, moment):
    """The call leaves through the outgoing register: the case waits for the party and its term stands still from today
    (KPA art. 64 § 2, art. 35 § 5)."""
    case = call.case
    guard_impartial(case, case.person, clerk=by, tried="send_call", by=by, moment=moment)
    terms.guard_notice(case, moment=moment)
    move(case, CaseStatus.WAITING_PARTY, by=by, moment=moment)  # every verb locks the case first, so none waits in a ring
    move(call, CallStatus.SENT, by=by, moment=moment)
    call.sent_at = moment
    call.save(update_fields=["sent_at"])
    terms.pause(case, Pause.Why.DEFECT, moment=moment)
    outgoing.send_to_party(case, channel=channel, call=call, **_as_sent(case, CALL), by=by, moment=moment)
    mails.tell(case, "call_sent")


@keeps_exclusions
@transaction.atomic
def record_call_service(call, *, by, moment, **days_and_proof):
    """The call reached the party: its days run from here (L7). The day of service is computed, never typed (L14)."""
    case = call.case
    guard_impartial(case, case.person, clerk=by, tried="record_call_service", by=by, moment=moment)
    delivery = service.serve(case, {**_as_sent(case, CALL), "call": call}, **days_and_proof, by=by, moment=moment)
    move(call, CallStatus.SERVED, by=by, moment=moment)
    call.served_on = delivery.effective_on
    call.due_on = last_day(call.served_on, call.days, TermUnit.DAYS, calendar=Calendar.of_office())
    call.save(update_fields=["served_on", "due_on"])
    return delivery


@transaction.atomic
def answer_call(call, *, text, uploads=(), by, moment):
    """The party answers: the case goes on, its day of receipt stays (L7). In time is before the end of the last day.

    `uploads`: pairs (title, UploadedFile). Refused after the last day, and without a word or a file.
    """
    case, today = call.case, localdate(moment)
    if call.due_on and today > call.due_on:
        raise Refused(
            _("Termin na uzupełnienie minął %(day)s Możesz napisać do urzędu albo złożyć wniosek jeszcze raz.")
            % {"day": long_date(call.due_on)}
        )
    text = clean_text(text, multiline=True)
    if not (text or uploads):
        raise Refused(_("Napisz odpowiedź albo dodaj plik."))
    guard_from(case, CaseStatus.WAITING_PARTY)
    move(case, CaseStatus.IN_PROGRESS, by=by, side=RESIDENT, moment=moment)
    move(call, CallStatus.CURED, by=by, side=RESIDENT, moment=moment)
    call.answer, call.answered_at = text, moment
    call.save(update_fields=["answer", "answered_at"])
    for title, upload in uploads:
        correspondence.add_document(case, title=title, upload=upload, by=by, moment=moment)
    terms.stop_pause(case, moment=moment)


@keeps_exclusions
@transaction.atomic
def accept_answer_on_paper(call, *, by, moment):
    """The party's answer came on paper and stands in the case: the case goes on, as if it had been given in the portal (L7).

    In time is judged by the day on which the letter came, not by the day on which a clerk gets to it. Refused without such a letter.
    """
    case = call.case
    guard_impartial(case, case.person, clerk=by, tried="accept_answer_on_paper", by=by, moment=moment)
    letter = paper_answer(call)
    if letter is None:
        raise Refused(_("W aktach nie ma pisma strony, które wpłynęło po wezwaniu i w terminie. Najpierw dołącz je do sprawy."))
    guard_from(case, CaseStatus.WAITING_PARTY)
    move(case, CaseStatus.IN_PROGRESS, by=by, side=CLERK, note=letter.rpw, moment=moment)
    move(call, CallStatus.CURED, by=by, side=CLERK, note=letter.rpw, moment=moment)
    call.answer, call.answered_at = _("Pismo %(rpw)s") % {"rpw": letter.rpw}, letter.received_at
    call.save(update_fields=["answer", "answered_at"])
    terms.stop_pause(case, moment=moment)


def paper_answer(call):
    """The party's letter in the case that came after the call went and before its last day had passed; None when there is none."""
    if call.sent_at is None:
        return None
    came = IncomingLetter.objects.filter(case=call.case, sender=call.case.person, received_at__gt=call.sent_at)
    return next(
        (one for one in came.order_by("received_at") if not call.due_on or localdate(one.received_at) <= call.due_on), None
    )


@keeps_exclusions
@transaction.atomic
def take_call_back(call, *, reason, by, moment):
    """A sent call was a mistake: the party is told why, and the first term runs on as if it had never stood still.

    KPA art. 35 § 5 leaves out delay that is not the office's; days lost on its own mistake count. Refused once it is answered.
    """
    case = call.case
    guard_impartial(case, case.person, clerk=by, tried="take_call_back", by=by, moment=moment)
    reason = given(reason)
    guard_from(case, CaseStatus.WAITING_PARTY)
    move(case, CaseStatus.IN_PROGRESS, by=by, side=CLERK, note=reason, moment=moment)
    move(call, CallStatus.CALLED_OFF, by=by, side=CLERK, note=reason, moment=moment)
    call.taken_back_at, call.taken_back_why = moment, reason
    call.save(update_fields=["taken_back_at", "taken_back_why"])
    terms.void_pause(case)
    mails.tell(case, "call_taken_back")


@keeps_exclusions
@transaction.atomic
def lapse_call(call, *, by, moment):
    """Nothing came: a clerk confirms that the case is left without consideration. Refused until the last day has passed."""
    case = call.case
    guard_impartial(case, case.person, clerk=by, tried="lapse_call", by=by, moment=moment)
    if call.due_on is None or localdate(moment) <= call.due_on:
        raise Refused(_("Termin na uzupełnienie jeszcze nie minął."))
    move(case, CaseStatus.LEFT_UNCONSIDERED, by=by, moment=moment)
    move(call, CallStatus.LAPSED, by=by, moment=moment)
    terms.close(case, moment=moment)
    _settle(case, outcome=_("Pozostawiona bez rozpoznania: braków nie uzupełniono w terminie."), moment=moment)
    mails.tell(case, "case_closed")


# A decision


@keeps_exclusions
@transaction.atomic
def draft_decision(case, *, ruling, reasons, legal_basis="", revision=None, by, moment):
    """Write or rewrite the draft. Authority and instruction come from the service card, the party from the case.

    `revision`: of the draft that the clerk read. Of two clerks with one draft the slower is refused, and their words stay in the form.
    """
    guard_impartial(case, case.person, clerk=by, tried="draft_decision", by=by, moment=moment)
    if case.status != CaseStatus.IN_PROGRESS:
        raise Refused(_("Decyzję pisze się w sprawie, która jest w toku."))
    lock_active(case)
    card = terms_of(case.matter, localdate(moment))
    texts = {"ruling": ruling, "reasons": reasons, "legal_basis": legal_basis or card.legal_basis}
    draft = Decision.objects.select_for_update().filter(case=case).first() or Decision(case=case)
    if draft.status != DecisionStatus.DRAFT:
        raise Refused(_("Decyzja jest już podpisana."))
    if revision is not None and revision != draft.revision:
        raise Refused(
            _("Ktoś był szybszy: projekt decyzji zmienił się, odkąd go czytasz. Otwórz sprawę w nowej karcie i porównaj.")
        )
    draft.revision += 1
    draft.authority, draft.instruction, draft.party = card.authority, card.decision_instruction, str(case.person)
    draft.drafted_by = by.subject
    for name, text in texts.items():
        setattr(draft, name, clean_text(text, multiline=True))
    draft.save()
    return draft


@keeps_exclusions
@transaction.atomic
def sign_decision(decision, *, by, moment):
    """Sign: from now on the decision never changes, and the office's term is kept.

    Refused for whoever wrote the draft last: a second person has read it (decision 0022). Refused while the party's identity is only
    declared, with a part of art. 107 missing, and for a signatory without name and position (L13).
    """
    case = decision.case
    guard_impartial(case, case.person, clerk=by, tried="sign_decision", by=by, moment=moment)
    if not is_ready_to_sign(case):
        raise Refused(_("Najpierw potwierdź tożsamość strony."))
    _guard_draft(decision)
    if decision.drafted_by == by.subject:
        raise Refused(_("Decyzję podpisuje ktoś inny niż jej autor. Poproś o podpis drugą osobę."))
    _guard_parts(decision, by)
    decision.signatory_name, decision.signatory_position, decision.signed_by = by.name, by.position, by.subject
    decision.decided_on = localdate(moment)
    decision.save(update_fields=["signatory_name", "signatory_position", "signed_by", "decided_on"])
    move(decision, DecisionStatus.APPROVED, by=by, moment=moment)
    move(case, CaseStatus.DECIDED, by=by, moment=moment)
    call_off(case, moment=moment)
    terms.close(case, moment=moment)
    _settle(case, outcome=_("Wydano decyzję."), moment=moment)
    mails.tell(case, "decision_ready")


def _guard_draft(decision):
    """Locks the row: of two who sign at once the slower is refused before the database refuses to change a signed decision."""
    if not Decision.objects.select_for_update().filter(pk=decision.pk, status=DecisionStatus.DRAFT).exists():
        raise Refused(_("Decyzja jest już podpisana."))


def _guard_parts(decision, signatory):
    missing = [label for name, label in PARTS.items() if not getattr(decision, name).strip()]
    if missing:
        raise Refused(_("W decyzji brakuje: %(parts)s.") % {"parts": ", ".join(missing)})
    if not (signatory.name and signatory.position):
        raise Refused(_("Uzupełnij w swoim koncie imię, nazwisko i stanowisko: muszą być pod decyzją."))


@keeps_exclusions
@transaction.atomic
def send_decision(decision, *, channel, sent_on, by, moment):
    """The signed decision leaves through the outgoing register; that it arrived is another thing (`record_delivery`)."""
    case = decision.case
    guard_impartial(case, case.person, clerk=by, tried="send_decision", by=by, moment=moment)
    _guard_signed(decision, sent_on)
    about = {**_as_sent(case, DECISION), "decision": decision}
    return outgoing.send_to_party(case, channel=channel, sent_on=sent_on, **about, by=by, moment=moment)


def _guard_signed(decision, sent_on):
    if decision.status != DecisionStatus.APPROVED or sent_on < decision.decided_on:
        raise Refused(_("Nie można doręczyć decyzji, zanim została podpisana."))


@keeps_exclusions
@transaction.atomic
def record_delivery(decision, *, sent_on, by, moment, **days_and_proof):
    """The decision was served: the term for an appeal runs from the day that is computed here (L14)."""
    case = decision.case
    guard_impartial(case, case.person, clerk=by, tried="record_delivery", by=by, moment=moment)
    _guard_signed(decision, sent_on)
    about = {**_as_sent(case, DECISION), "decision": decision}
    delivery = service.serve(case, about, sent_on=sent_on, **days_and_proof, by=by, moment=moment)
    move(case, CaseStatus.SERVED, by=by, moment=moment)
    return delivery


@keeps_exclusions
@transaction.atomic
def record_appeal(case, *, day, by, moment):
    """An appeal came: the decision does not turn final by itself any more."""
    guard_impartial(case, case.person, clerk=by, tried="record_appeal", by=by, moment=moment)
    if case.status not in (CaseStatus.DECIDED, CaseStatus.SERVED) or day > localdate(moment):
        raise Refused(
            _("Odwołanie można odnotować po wydaniu decyzji, zanim stanie się ostateczna, z dniem nie późniejszym niż dziś.")
        )
    case.appealed_on = day
    case.save(update_fields=["appealed_on"])


def appeal_until(case, calendar=None):
    """The last day for an appeal, by the service card in force on the day of service; None before it."""
    delivery = Delivery.objects.filter(case=case, decision__isnull=False).order_by("effective_on").first()
    if delivery is None:
        return None
    card = terms_of(case.matter, delivery.effective_on)
    return last_day(delivery.effective_on, card.appeal_days, TermUnit.DAYS, calendar=calendar or Calendar.of_office())


@transaction.atomic
def make_final(case, *, by=None, moment):
    """The day after the term for an appeal nobody used, the decision is final. Refused before that day and under appeal."""
    until = appeal_until(case)
    if until is None or localdate(moment) <= until:
        raise Refused(_("Termin na odwołanie jeszcze nie minął."))
    if Case.objects.select_for_update(of=("self",)).get(pk=case.pk).appealed_on:
        raise Refused(_("W sprawie jest odwołanie."))
    move(case, CaseStatus.FINAL, by=by, moment=moment)


def make_final_all(*, moment):
    """Every served decision whose time has come. Returns how many; each is its own transaction, a refused one waits."""
    served = Case.objects.filter(status=CaseStatus.SERVED, appealed_on__isnull=True).select_related("matter")
    return sum(_may_turn_final(case, moment) for case in served.iterator())


def _may_turn_final(case, moment):
    try:
        make_final(case, moment=moment)
    except Refused:
        return False
    return True


def _as_sent(case, kind):
    subject = {CALL: _("Wezwanie do uzupełnienia, %(mark)s"), DECISION: _("Decyzja, %(mark)s")}[kind]
    return {"kind": kind, "subject": subject % {"mark": case.mark}}


def _settle(case, *, outcome, moment):
    case.outcome, case.closed_at = outcome, moment
    case.save(update_fields=["outcome", "closed_at"])
