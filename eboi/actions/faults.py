"""From a report by anybody to a repair. Who tells need not have an account; the office answers by the page of the report."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.actions.filing import Incomplete
from eboi.faults import place_of, rule_on, without_address
from eboi.models import Fault, FaultFile
from eboi.models.faults import email_mark
from eboi.statuses import OPEN_FAULTS, FaultStatus
from office import files
from office.numbering import next_number
from office.outbox import post
from office.transitions import CLERK, RESIDENT, Refused, move
from schemas.checking import check_all
from schemas.computed import Context
from schemas.definition import compiled
from schemas.kinds import file_entry
from ui.text import clean_text

HANDLE = "eboi.handle_fault"
SERIES = "fault"


@dataclass(frozen=True)
class _Sender:
    """Stands where an account would: so many files a day with one report (S48), and nothing is known of who sent them."""

    subject: UUID


# Telling


@transaction.atomic
def begin(matter, *, moment) -> Fault:
    """A report not sent yet. Refused when the matter takes none now. Nothing is kept of who begins it."""
    version = matter.form.current()
    if version is None or not (matter.is_offered and matter.takes_faults):
        raise Refused(_("Tej usterki nie można teraz zgłosić przez internet. Zadzwoń do urzędu."))
    return Fault.objects.create(matter=matter, form_version=version, begun_at=moment)


@transaction.atomic
def keep(fault, answers) -> Fault:
    """What was typed so far, right or not yet. Refused once the report is sent."""
    locked = _draft(fault)
    _answered(locked, answers)
    fault.answers = answers
    return fault


def _answered(fault, answers):
    """The answers with the mark of the address in them, together or not at all."""
    fault.answers, fault.email_lookup = answers, email_mark(answers["email"]) if answers.get("email") else None
    fault.save(update_fields=["answers", "email_lookup"])


@transaction.atomic
def attach(fault, question, upload):
    """A photograph under the question. Raises ValidationError, in plain Polish, for a file that is refused."""
    locked = _draft(fault)
    stored = files.store(upload, owner=_Sender(locked.pk))
    FaultFile.objects.create(fault=locked, question=question, file=stored)
    keep(fault, {**locked.answers, question: [*locked.answers.get(question, []), file_entry(stored)]})


@transaction.atomic
def detach(fault, file_id):
    """Take a photograph out for good. One of another report is left where it is."""
    locked = _draft(fault)
    for found in locked.files.filter(file_id=file_id).select_related("file"):
        entries = [entry for entry in locked.answers.get(found.question, []) if entry["id"] != str(file_id)]
        rest = {code: value for code, value in locked.answers.items() if code != found.question}
        keep(fault, {**rest, found.question: entries} if entries else rest)
        files.remove_with(found)


@transaction.atomic
def send(fault, *, moment) -> Fault:
    """Give the report its number and the hour by which a repair is ordered. Sent twice it stays one.

    Refused (Incomplete) while something is missing. A danger is told at once to whoever handles faults in the unit.
    """
    locked = _locked(fault)
    if locked.status in OPEN_FAULTS:
        return locked
    locked = _checked(_draft(fault), moment)
    rule = rule_on(locked.matter, localdate(moment))
    if rule:
        locked.due_at = moment + timedelta(hours=rule.urgent_hours if locked.is_urgent else rule.usual_hours)
    locked.year = localdate(moment).year
    locked.number = next_number(SERIES, locked.year)
    locked.save()
    move(locked, FaultStatus.NEW, by=None, side=RESIDENT, moment=moment)
    if locked.is_urgent:
        _tell_unit(locked)
    return locked


@transaction.atomic
def join(fault, other, *, moment) -> Fault:
    """The person says that it is the fault another report tells of: theirs adds a voice, its photographs and an address to answer.

    A danger makes the other one urgent. Refused when that one was repaired or dismissed meanwhile, and when it is of another matter.
    """
    other = _locked(other)
    if other.status not in OPEN_FAULTS or other.matter_id != fault.matter_id:
        raise Refused(_("Tamta usterka jest już załatwiona. Wyślij swoje zgłoszenie osobno."))
    locked = _checked(_draft(fault), moment)
    locked.same_as = other
    locked.save()
    move(locked, FaultStatus.JOINED, by=None, side=RESIDENT, moment=moment)
    if locked.is_urgent and not other.is_urgent:
        _make_urgent(other, moment)
    return locked


def _checked(draft, moment):
    """The draft with what was asked alone, and where it is."""
    checked = check_all(compiled(draft.form_version_id), draft.answers, context=Context(day=localdate(moment)))
    if not checked.is_complete:
        raise Incomplete(checked.errors)
    for unasked in draft.files.exclude(question__in=checked.answers).select_related("file"):
        files.remove_with(unasked)
    _answered(draft, checked.answers)
    draft.reported_at = moment
    draft.is_urgent = checked.answers.get("danger") == "yes"
    for name, value in place_of(checked.answers).items():
        setattr(draft, name, value)
    return draft


def _make_urgent(fault, moment):
    rule = rule_on(fault.matter, localdate(moment))
    fault.is_urgent = True
    if rule:
        sooner = moment + timedelta(hours=rule.urgent_hours)
        fault.due_at = min(fault.due_at or sooner, sooner)
    fault.save(update_fields=["is_urgent", "due_at"])
    _tell_unit(fault)


def throw_away(fault) -> None:
    """A report that was never sent, with its photographs. One that was sent is refused."""
    with transaction.atomic():
        locked = _draft(fault)
        for found in locked.files.select_related("file"):
            files.remove_with(found)
        locked.delete()


def _locked(fault) -> Fault:
    return Fault.objects.select_for_update(of=("self",)).select_related("matter", "form_version").get(pk=fault.pk)


def _draft(fault) -> Fault:
    locked = _locked(fault)
    if locked.status != FaultStatus.DRAFT:
        raise Refused(_("To zgłoszenie zostało już wysłane. Nie można go zmienić."))
    return locked


# At the desk


@transaction.atomic
def send_on(fault, *, note, by, moment) -> Fault:
    """The repair is ordered; `note` says from whom, and people who look read it."""
    move(fault, FaultStatus.SENT_ON, by=by, side=CLERK, note=clean_text(note)[:300], moment=moment)
    return fault


@transaction.atomic
def repair(fault, *, note, by, moment) -> Fault:
    """It works again: whoever left an address is told, here and in the reports joined to it, and the addresses go (L22)."""
    move(fault, FaultStatus.REPAIRED, by=by, side=CLERK, note=clean_text(note)[:300], moment=moment)
    _answer(fault, "fault_repaired")
    return fault


@transaction.atomic
def dismiss(fault, *, reason, by, moment) -> Fault:
    """Nothing was broken, or it is not the town's; the reason stands on the page of the report."""
    move(fault, FaultStatus.DISMISSED, by=by, side=CLERK, note=clean_text(reason)[:300], moment=moment)
    _answer(fault, "fault_dismissed")
    return fault


def _answer(fault, event):
    for told in [fault, *fault.joined.all()]:
        if address := told.answers.get("email"):
            post(event=f"eboi/{event}", to=address, context={"path": reverse("eboi:fault", args=[told.pk])}, about=told)
            forget_address(told)


def forget_address(fault) -> None:
    """Nobody has to be written to any more: answered, too old, or at its owner's wish. What is broken stays told (L22)."""
    _answered(fault, without_address(fault.answers))


@transaction.atomic
def forget_author(fault) -> None:
    """At the wish of whose address it is: the address goes, and the photographs; a report that was never sent goes whole."""
    if fault.status == FaultStatus.DRAFT:
        return throw_away(fault)
    for found in fault.files.select_related("file"):
        files.remove_with(found)
    return forget_address(fault)


@transaction.atomic
def remove_closed(fault) -> None:
    """A report long since answered, with its photographs. Refused while another one is joined to it."""
    for found in fault.files.select_related("file"):
        files.remove_with(found)
    fault.delete()


def _tell_unit(fault):
    """E-mail whoever handles faults in the unit; only a link stands in it."""
    path = f"/urzad/eboi/fault/{fault.pk}/change/"
    handlers = ModelBackend().with_perm(HANDLE, include_superusers=False)
    for clerk in handlers.filter(is_staff=True, units__unit=fault.matter.unit_id):
        post(event="eboi/fault_urgent", to=clerk.email, context={"path": path}, recipient=clerk.subject, about=fault)
