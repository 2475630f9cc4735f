"""Destroying cases past their archive category: listed, approved by a second person, agreed to by the state archive, then case by case.

The night's `office.retention` removes; here is what may be removed and how. Nothing of a case stays but its line of the
protocol and the numbers and days of its letters in the registers (decision 0034, L22).
"""

import pgtrigger
from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from eboi.actions.reasons import given
from eboi.models import (
    Attachment,
    Case,
    CaseMessage,
    Deadline,
    Decision,
    DefectCall,
    Delivery,
    Disposal,
    DisposalHold,
    DisposalItem,
    Document,
    Exclusion,
    IncomingLetter,
    JrwaClass,
    OutgoingLetter,
    Pause,
    Receipt,
    Scan,
    Submission,
    SubmissionDuty,
)
from eboi.statuses import DisposalStatus, LetterStatus
from office import files
from office.numbering import next_number
from office.transitions import Refused, move
from ui.text import clean_text

SERIES = "BRAK"
AT_MOST = 5000  # cases of one list: what two people can still look through
GUARDS = (
    "eboi.Submission:filed_stays", "eboi.Receipt:append_only", "eboi.SubmissionDuty:append_only", "eboi.Decision:signed_is_fixed",
)  # fmt: skip


# The list


@transaction.atomic
def list_past(*, by, moment) -> Disposal:
    """A list of everything that is past its category today and in no other open list. Refused when there is nothing."""
    day = localdate(moment)
    found = list(past(day).select_related("jrwa").order_by("mark")[:AT_MOST])
    if not found:
        raise Refused(_("Dziś nie ma spraw, którym minął okres przechowywania."))
    year = localtime(moment).year
    disposal = Disposal(year=year, listed_on=day, listed_by=by.subject)
    disposal.number = next_number(SERIES, year)
    disposal.save(force_insert=True)
    DisposalItem.objects.bulk_create(_item(disposal, case) for case in found)
    return disposal


def past(day):
    return Case.objects.past_category(day).filter(disposal_item__isnull=True)


def _item(disposal, case):
    return DisposalItem(
        disposal=disposal, case=case, mark=case.mark, jrwa=case.jrwa.symbol, category=case.jrwa.category,
        source=_as_known(case.jrwa), opened_on=localdate(case.opened_at), ended_on=localdate(case.ended_at),
    )  # fmt: skip


def _as_known(jrwa: JrwaClass) -> str:
    mark = f" {_('(do potwierdzenia)')}" if jrwa.needs_confirmation else ""
    return f"{jrwa.source[: 300 - len(mark)]}{mark}"


@transaction.atomic
def approve(disposal, *, by, moment) -> None:
    """A second person agrees. What has been held or disputed since leaves the list first.

    Refused for whoever made the list, while a category on it is still to be confirmed, and when nothing is left.
    """
    if disposal.listed_by == by.subject:
        raise Refused(_("Spis zatwierdza ktoś inny niż ten, kto go sporządził."))
    disposal.items.exclude(case__in=Case.objects.past_category(localdate(moment))).delete()
    unsure = disposal.items.filter(case__jrwa__needs_confirmation=True).values_list("jrwa", flat=True).distinct()
    if unsure:
        classes = ", ".join(sorted(unsure))
        raise Refused(
            _("Kategorie klas %(classes)s są do potwierdzenia. Potwierdź je najpierw w wykazie akt.") % {"classes": classes}
        )
    if not disposal.items.exists():
        raise Refused(_("Żadnej z tych spraw nie można już zniszczyć. Odstąp od spisu."))
    disposal.approved_by, disposal.approved_on = by.subject, localdate(moment)
    move(disposal, DisposalStatus.APPROVED, by=by, moment=moment, along=("approved_by", "approved_on"))


@transaction.atomic
def record_consent(disposal, *, archive, number, consent_on, expertise="", by, moment) -> None:
    """The state archive agreed in writing (act on the national archival resource; recalled). From here the nights destroy.

    Refused without its mark and day, with a day before the list or after today, and for BE without the mark of the expertise.
    """
    number, archive, expertise = clean_text(number), clean_text(archive), clean_text(expertise)
    if not (number and archive):
        raise Refused(_("Wpisz, które archiwum i jakim pismem wyraziło zgodę."))
    if not disposal.listed_on <= consent_on <= localdate(moment):
        raise Refused(_("Zgoda nie może być wcześniejsza niż spis ani późniejsza niż dziś."))
    if not expertise and disposal.items.filter(category__startswith="BE").exists():
        raise Refused(_("W spisie są akta kategorii BE. Wpisz znak ekspertyzy archiwum."))
    given_now = {"archive": archive, "consent_number": number, "consent_on": consent_on, "expertise": expertise}
    for name, value in {**given_now, "consented_at": moment}.items():
        setattr(disposal, name, value)
    move(disposal, DisposalStatus.CONSENTED, by=by, moment=moment, along=(*given_now, "consented_at"))


@transaction.atomic
def drop(disposal, *, reason, by, moment) -> None:
    """Not these, or not now: what is not destroyed yet goes back. What is destroyed stays in the protocol."""
    move(disposal, DisposalStatus.DROPPED, by=by, note=given(reason), moment=moment)
    disposal.items.filter(destroyed_at__isnull=True).delete()


@transaction.atomic
def hold(case, *, reason, by, moment) -> None:
    """A dispute or an inspection goes on: the case leaves no list and enters none until `release`."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.disposal_holds.filter(ended_at__isnull=True).exists():
        raise Refused(_("Brakowanie tej sprawy jest już wstrzymane."))
    DisposalHold.objects.create(case=case, why=given(reason), since=moment, set_by=by.subject)


@transaction.atomic
def release(case, *, by, moment) -> None:
    if not case.disposal_holds.filter(ended_at__isnull=True).update(ended_at=moment, ended_by=by.subject):
        raise Refused(_("Brakowanie tej sprawy nie jest wstrzymane."))


# Destroying


def agreed_before(moment):
    """What the nights may destroy: on a list with both agreements, and past its category still."""
    agreed = DisposalItem.objects.filter(disposal__status=DisposalStatus.CONSENTED, disposal__consented_at__lte=moment)
    return agreed.filter(destroyed_at__isnull=True, case__in=Case.objects.past_category(localdate())).order_by("pk")


@transaction.atomic
def destroy(item, *, moment) -> None:
    """One case, whole or not at all: what it holds, what was filed, files and their histories; its letters keep number and day.

    Refused when the list was dropped or the case became disputed since it was chosen. Destroying twice changes nothing.
    """
    item, case = _still_agreed(item, moment)
    if item is None:
        return
    stub = _("(akta zniszczono: %(disposal)s)") % {"disposal": item.disposal}
    with pgtrigger.ignore(*GUARDS):
        item.files = _destroy_files(case)
        _strip_outgoing(case, stub)
        _destroy_rulings(case)
        _strip_incoming(case, stub, moment)
        _destroy_case(item, case, moment)
    _finish(item.disposal, moment)


def _still_agreed(item, moment):
    """Locked: the list first, so that dropping it and destroying from it wait for each other."""
    disposal = Disposal.objects.select_for_update().get(pk=item.disposal_id)
    item = DisposalItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if item is None or item.destroyed_at:
        return None, None
    Case.objects.select_for_update(of=("self",)).get(pk=item.case_id)
    case = Case.objects.past_category(localdate(moment)).filter(pk=item.case_id).first()
    if disposal.status != DisposalStatus.CONSENTED or case is None:
        raise Refused(_("Tej sprawy nie można teraz zniszczyć."))
    item.disposal = disposal
    return item, case


def _destroy_files(case) -> int:
    """Documents, scans, attachments and proofs: the rows and, after commit, the files on disk."""
    letters = {"letter__case": case}
    holders = [
        *Document.objects.filter(case=case).select_related("file"),
        *Scan.objects.filter(**letters).select_related("file"),
        *Attachment.objects.filter(submission__letter__case=case).select_related("file"),
    ]
    for holder in holders:
        files.remove_with(holder)
    proofs = [one.proof_file for one in Delivery.objects.filter(case=case).select_related("proof_file") if one.proof_file]
    Delivery.objects.filter(case=case).delete()
    for proof in proofs:
        files.remove(proof)
    return len(holders) + len(proofs)


def _strip_outgoing(case, stub):
    letters = OutgoingLetter.objects.filter(case=case)
    known = list(letters.values_list("pk", flat=True))
    letters.update(recipient=stub, address="", subject=stub, text="", person=None, call=None, decision=None, case=None)
    _forget_history(OutgoingLetter, known)


def _destroy_rulings(case):
    for model in (DefectCall, Decision, Deadline):
        known = list(model.objects.filter(case=case).values_list("pk", flat=True))
        model.objects.filter(pk__in=known).delete()
        _forget_history(model, known)
    for model in (Pause, CaseMessage):
        model.objects.filter(case=case).delete()
    case.disposal_holds.all().delete()


def _strip_incoming(case, stub, moment):
    letters = list(case.letters.select_related("submission"))
    for letter in letters:
        filed = letter.submission
        move(letter, LetterStatus.DESTROYED, by=None, moment=moment)
        letter.sender = letter.submission = letter.case = None
        letter.sender_name, letter.subject, letter.letter_mark = stub, stub, ""
        letter.save()
        if filed:
            Receipt.objects.filter(submission=filed).delete()
            SubmissionDuty.objects.filter(submission=filed).delete()  # the payment stays with the accounts
            Submission.objects.filter(pk=filed.pk).delete()
    _forget_history(IncomingLetter, [letter.pk for letter in letters])


def _destroy_case(item, case, moment):
    Exclusion.objects.filter(case=case).update(case=None)  # that a clerk was kept away is the office's own record
    item.case, item.destroyed_at = None, moment
    item.save()
    number = case.pk
    Case.objects.filter(pk=number).delete()
    _forget_history(Case, [number])


def _forget_history(model, numbers):
    """The copies that triggers made at each change hold what was destroyed."""
    model.pgh_event_model.objects.filter(pgh_obj__in=numbers).delete()


def _finish(disposal, moment):
    if not disposal.items.filter(destroyed_at__isnull=True).exists():
        disposal.done_on = localdate(moment)
        move(disposal, DisposalStatus.DONE, by=None, moment=moment, along=("done_on",))
