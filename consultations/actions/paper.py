"""A form that did not come through the portal: registered, keyed, checked, counted on the same ledger as every other voice.

Its answers and the data of who filled it in are emptied in the moment it is counted; the scan stays in the archive, and opening it
is written down. A second voice of the same person is refused and never voids the first (C34).
"""

import random
import secrets
from collections import Counter

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations import ballot_box, budget, chain, paper
from consultations.faces import faces_of
from consultations.models import CollectingChannel, InstrumentKind, KeyingPass, PaperForm, UrnSession
from consultations.statuses import PaperStatus
from office import files
from office.numbering import next_number
from office.transitions import Refused, move
from ui.text import clean_text

OPEN = (PaperStatus.REGISTERED, PaperStatus.TO_COMPLETE, PaperStatus.KEYED, PaperStatus.VERIFIED)


@transaction.atomic
def register_form(
    *, instrument, channel, received_on, registry_number="", postmarked_on=None, sheet_id="", particulars=None, person=None,
    scan=None, by, moment,
):  # fmt: skip
    """Enter a form. Without a number from the office's own registry it gets the next one of this consultation (C21).

    A form after the term of its channel is kept, marked late and never counted (C18). Refused: a channel that this consultation
    does not collect by, a day in the future, a number that is taken.
    """
    consultation = instrument.consultation
    door = consultation.channels.exclude(kind=CollectingChannel.Kind.ONLINE).filter(kind=channel).first()
    if door is None:
        raise Refused(_("Te konsultacje nie zbierają głosów tą drogą."))
    if max(received_on, postmarked_on or received_on) > localdate(moment):
        raise Refused(_("Data nie może być z przyszłości."))
    number = clean_text(registry_number) or _next_registry_number(consultation, moment)
    if consultation.paper_forms.filter(registry_number=number).exists():
        raise Refused(_("Numer %(number)s jest już zajęty.") % {"number": number})
    form = PaperForm.objects.create(
        consultation=consultation, instrument=instrument, channel=channel, received_on=received_on, postmarked_on=postmarked_on,
        registry_number=number, sheet_id=clean_text(sheet_id), particulars=particulars, person=person,
        scan=files.store(scan, owner=by) if scan else None, registered_by=by.subject,
    )  # fmt: skip
    if paper.is_late(form, door):
        move(form, PaperStatus.LATE, by=by, note=_("po terminie tej drogi"), moment=moment)
    return form


@transaction.atomic
def ask_to_complete(form, *, defect, complete_until, by, moment):
    """A formal defect that the person may mend until a day (C19). Refused for a day that has passed."""
    if complete_until < localdate(moment):
        raise Refused(_("Termin uzupełnienia nie może być z przeszłości."))
    form.defect, form.complete_until = clean_text(defect), complete_until
    form.save(update_fields=["defect", "complete_until"])  # first: the database wants a named defect in this state
    move(form, PaperStatus.TO_COMPLETE, by=by, note=form.defect, moment=moment)


@transaction.atomic
def complete(form, *, particulars=None, completed_on, by, moment):
    """The missing thing came. Refused after the term: such a form is rejected with its reason instead."""
    if form.complete_until and completed_on > form.complete_until:
        raise Refused(_("Termin uzupełnienia minął. Odrzuć formularz z podaniem powodu."))
    move(form, PaperStatus.REGISTERED, by=by, note=_("uzupełniony"), moment=moment)
    form.defect, form.particulars = "", particulars or form.particulars
    form.save(update_fields=["defect", "particulars"])


@transaction.atomic
def reject(form, *, reason, by, moment):
    """Not valid, with the reason that the report and the record of the urn will count. The readings go with it."""
    reason = clean_text(reason)
    if not reason:
        raise Refused(_("Napisz, dlaczego formularz jest nieważny."))
    _reject(form, reason, by, moment)


@transaction.atomic
def key(form, *, answers, by, moment):
    """What this clerk read on the form. The second reading of a ballot is another clerk's; equal readings verify the form.

    Refused: a second reading by the same clerk, a form past reading. When two readings differ the form waits among the
    mismatches for a third clerk.
    """
    form = _locked(form)
    if form.status not in (PaperStatus.REGISTERED, PaperStatus.KEYED):
        raise Refused(_("Tego formularza nie można teraz wpisywać."))
    if form.passes.filter(clerk=by.subject).exists():
        raise Refused(_("Ten formularz już czytałaś albo czytałeś. Drugi raz wpisuje go inna osoba."))
    KeyingPass.objects.create(form=form, number=form.passes.count() + 1, clerk=by.subject, answers=answers, at=moment)
    if form.status == PaperStatus.REGISTERED:
        move(form, PaperStatus.KEYED, by=by, moment=moment)
    answers = paper.agreed_answers(readings_of(form), paper.passes_needed(form))
    if answers is not None:
        _verify(form, answers, by, moment)
    return form


@transaction.atomic
def read_again(form, *, by, moment):
    """Throw the readings away and start over. Not for one who read it: nobody corrects a colleague's reading alone."""
    form = _locked(form)
    if form.passes.filter(clerk=by.subject).exists():
        raise Refused(_("Odczyty usuwa osoba, która tego formularza nie wpisywała."))
    move(form, PaperStatus.REGISTERED, by=by, note=_("odczyty usunięte"), moment=moment)
    form.passes.all().delete()


def count(form, *, by, moment):
    """Put the form's voice into the ballot box; what it said is then nowhere but there.

    A person who has already voted is turned away: the form is rejected with that reason and the first voice stays (C34).
    """
    try:
        with transaction.atomic():
            _count(_locked(form), by, moment)
    except ballot_box.AlreadyVoted:
        with transaction.atomic():
            _reject(_locked(form), _("ta osoba oddała już głos"), by, moment)
    form.refresh_from_db()


def count_all(instrument, *, by, moment):
    """Every verified form of the instrument, in random order, each on its own. Returns how many were counted and turned away."""
    waiting = list(instrument.paper_forms.filter(status=PaperStatus.VERIFIED))
    random.SystemRandom().shuffle(waiting)
    for form in waiting:
        count(form, by=by, moment=moment)
    return Counter(form.status for form in waiting)


@transaction.atomic
def open_urn(instrument, *, opened_on, place, members, taken_out, note="", by, moment):
    """The record of opening a box: day, place, who, how many forms were taken out (C35). Public, and chained so that it stays."""
    session = UrnSession.objects.create(
        instrument=instrument, opened_on=opened_on, place=clean_text(place), members=clean_text(members, multiline=True),
        taken_out=taken_out, note=clean_text(note, multiline=True), recorded_by=by.subject,
    )  # fmt: skip
    payload = {"instrument": instrument.code, "opened_on": f"{opened_on}", "taken_out": taken_out, "members": session.members}
    chain.append(instrument.consultation, "urn_opened", payload, moment=moment)
    return session


def urn_record(instrument) -> dict:
    """The figures of the record: taken out, valid, late, to complete, invalid by reason (23 taken out, 14 valid in 2023)."""
    boxed = list(instrument.paper_forms.filter(channel=CollectingChannel.Kind.BOX).values_list("status", "defect"))
    return {
        "taken_out": sum(session.taken_out for session in instrument.urn_sessions.all()),
        "registered": len(boxed),
        "valid": sum(status == PaperStatus.COUNTED for status, _defect in boxed),
        "late": sum(status == PaperStatus.LATE for status, _defect in boxed),
        "open": sum(status in OPEN for status, _defect in boxed),
        "invalid": dict(Counter(defect for status, defect in boxed if status == PaperStatus.REJECTED)),
    }


def readings_of(form) -> list[dict]:
    return [one.answers for one in form.passes.order_by("number")]


def _verify(form, answers, by, moment):
    """Read alike. A budget card that breaks the rules of the card is invalid with the rule's own reason (C31)."""
    if form.instrument.kind == InstrumentKind.BUDGET:
        verdict = budget.verdict_of(form.instrument, answers)
        if not verdict.is_valid:
            return _reject(form, verdict.reason.translated(_), by, moment)
    form.verified_by = by.subject
    form.save(update_fields=["verified_by"])
    move(form, PaperStatus.VERIFIED, by=by, moment=moment)


def _counted_answers(form):
    """What goes into the box: of a budget card the lines that count, of another form everything read."""
    answers = paper.agreed_answers(readings_of(form), paper.passes_needed(form))
    if answers is None or form.instrument.kind != InstrumentKind.BUDGET:
        return answers
    return budget.answers_of(budget.verdict_of(form.instrument, answers).kept)


def _count(form, by, moment):
    answers = _counted_answers(form)
    if form.status != PaperStatus.VERIFIED or answers is None:
        raise Refused(_("Najpierw formularz trzeba wpisać i sprawdzić."))
    move(form, PaperStatus.COUNTED, by=by, moment=moment)
    ballot_box.accept(
        form.instrument, token=secrets.token_urlsafe(32), answers=answers, version=_version(form), channel=form.channel,
        faces=faces_of(form.person, particulars=form.particulars), in_time=True,
    )  # fmt: skip
    _forget(form)


def _version(form):
    definition = form.instrument.definition
    return definition.current() if definition else None


def _reject(form, reason, by, moment):
    form.defect = reason[:300]
    form.save(update_fields=["defect"])  # first: the database wants a named reason in this state
    move(form, PaperStatus.REJECTED, by=by, note=reason, moment=moment)
    _forget(form)


def _forget(form):
    """For the secret of the vote: the readings lose what they say, the form whose it was."""
    form.passes.update(answers=None)
    form.particulars, form.person = None, None
    form.save(update_fields=["particulars", "person"])


def _locked(form):
    return PaperForm.objects.select_for_update(of=("self",)).select_related("instrument", "consultation").get(pk=form.pk)


def _next_registry_number(consultation, moment):
    year = localdate(moment).year
    return f"K/{next_number(f'consultation {consultation.slug}'[:60], year)}/{year}"
