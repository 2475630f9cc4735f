"""My case: where it stands, by when, and what I can do in it. Everything is found through `Case.objects.of(user)`."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept import forget_typed, keeps_typed, typed_before
from eboi import icalendar_feed
from eboi.actions import cases, correspondence, duties, rulings, service
from eboi.forms import AnswerForm, DocumentForm, MessageForm, WithdrawForm
from eboi.models import Case, CaseMessage, DefectCall, OutgoingLetter
from eboi.statuses import CASE_TRANSITIONS, CallStatus, CaseStatus
from eboi.timeline import pauses_explained, status_sentence, steps, story_of, timeline, tone_of
from eboi.views.files import files_of
from office.compiled import compiled
from office.transitions import Refused
from office.working_days import Calendar
from residents.models import IdentityConfirmation


def _case(request, pk):
    """With what every page of a case says of it, in one query."""
    for found in _mine(account=request.user.pk, case=pk):
        return found
    raise Http404


@compiled
def _mine(*, account: int, case: UUID) -> QuerySet[Case]:
    fresh = CaseMessage.objects.filter(case=OuterRef("pk"), kind=CaseMessage.Kind.FROM_OFFICE, read_at__isnull=True)
    unread = fresh.order_by().values("case").annotate(count=Count("pk")).values("count")
    confirmed = IdentityConfirmation.objects.filter(person=OuterRef("person"), revoked_at__isnull=True)
    mine = Case.objects.of(account).select_related("matter", "unit", "officer", "person", "decision")
    waits = Exists(OutgoingLetter.objects.filter(case=OuterRef("pk")).to_confirm())
    return mine.annotate(unread=Subquery(unread), is_confirmed=Exists(confirmed), has_to_confirm=waits).filter(pk=case)


@login_required
@require_safe
def case(request, pk):
    found = _case(request, pk)
    story = story_of(found)
    calendar, today = Calendar.of_office(), timezone.localdate()
    deadline = story.deadline
    page = {
        "case": found, "story": story, "sentence": status_sentence(found), "tone": tone_of(found), "today": today,
        "steps": steps(story), "events": timeline(story), "files": list(files_of(case=pk)), "pauses": pauses_explained(story.pauses),
        "call": story.open_call, "decision": story.decision, "deadline": deadline,
        "working_days": calendar.working_days_between(today, deadline.due_on) if deadline and found.is_active else None,
        "call_days": _call_days(story.open_call, calendar, today), "may_withdraw": may_withdraw(found),
        "to_confirm": _to_confirm(found),
        "duties": duties.of_submissions(one.submission_id for one in story.letters if one.submission_id),
        "told_outcomes": (CaseStatus.COMPLETED, CaseStatus.FORWARDED, CaseStatus.WITHDRAWN),
    }  # fmt: skip
    return render(request, "eboi/case.html", page)


def _to_confirm(found):
    """Letters sent to this account, each with the day of the fiction; asked for only where there are some."""
    if not found.has_to_confirm:
        return []
    waiting = list(found.outgoing.to_confirm().order_by("registered_at"))
    for letter in waiting:
        letter.fiction_on = letter.first_notice_on + service.FICTION
    return waiting


def _call_days(call, calendar, today):
    return calendar.working_days_between(today, call.due_on) if call and call.due_on else None


def may_withdraw(found):
    return CaseStatus.WITHDRAWN in CASE_TRANSITIONS.get(CaseStatus(found.status), {})


@keeps_typed
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correspond(request, pk):
    """Messages both ways. An internal note is not among them (L12)."""
    found = _case(request, pk)
    form = MessageForm(request.POST or typed_before(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            correspondence.write_to_office(found, text=form.cleaned_data["text"], by=request.user, moment=timezone.now())
            correspondence.mark_read(found, by=request.user, moment=timezone.now())
        forget_typed(request)
        messages.success(request, _("Wiadomość wysłana do urzędu."))
        return redirect("eboi:messages", pk=pk)
    page = {"case": found, "thread": found.messages.for_party().order_by("at"), "form": form}
    return render(request, "eboi/messages.html", page)


@login_required
@require_POST
def mark_read(request, pk):
    found = _case(request, pk)
    correspondence.mark_read(found, by=request.user, moment=timezone.now())
    return redirect("eboi:messages", pk=pk)


@keeps_typed
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request, pk):
    found = _case(request, pk)
    if not found.is_active:
        raise Http404
    form = DocumentForm(*_given(request))
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        forget_typed(request)
        messages.success(request, _("Dokument jest już w sprawie."))
        return redirect("eboi:case", pk=pk)
    return render(request, "eboi/add_document.html", {"case": found, "form": form})


def _given(request):
    """What came with the form now, or what came when the session had ended."""
    return (request.POST, request.FILES) if request.method == "POST" else (typed_before(request),)


@transaction.atomic
def _added(request, found, form):
    """All the files or none: a refused one is told beside the field."""
    point = transaction.savepoint()
    try:
        for upload in form.cleaned_data["uploads"]:
            title = form.cleaned_data["title"]
            correspondence.add_document(found, title=title, upload=upload, by=request.user, moment=timezone.now())
    except (ValidationError, Refused) as why:
        transaction.savepoint_rollback(point)
        form.add_error("uploads", why if isinstance(why, ValidationError) else str(why))
    return form.is_valid()


@keeps_typed
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_call(request, pk, call_pk):
    """The paper that was missing, online; the day of receipt of the letter stays (L7)."""
    found = _case(request, pk)
    call = get_object_or_404(DefectCall.objects.filter(case=found).exclude(status=CallStatus.DRAFT), pk=call_pk)
    call.case = found
    if call.status not in (CallStatus.SENT, CallStatus.SERVED):
        messages.info(request, _("Na to wezwanie nie można już odpowiedzieć."))
        return redirect("eboi:case", pk=pk)
    form = AnswerForm(*_given(request))
    if request.method == "POST" and form.is_valid() and _answered(request, call, form):
        forget_typed(request)
        messages.success(request, _("Dziękujemy. Uzupełnienie jest w urzędzie, data złożenia zgłoszenia się nie zmienia."))
        return redirect("eboi:case", pk=pk)
    page = {"case": found, "call": call, "form": form, "days": _call_days(call, Calendar.of_office(), timezone.localdate())}
    return render(request, "eboi/answer_call.html", page)


def _answered(request, call, form):
    """Refused files and a term that ran out are told beside the form; nothing is half done."""
    title = _("Uzupełnienie")
    uploads = [(f"{title}: {upload.name}", upload) for upload in form.cleaned_data["uploads"]]
    try:
        rulings.answer_call(call, text=form.cleaned_data["text"], uploads=uploads, by=request.user, moment=timezone.now())
    except ValidationError as error:
        form.add_error("uploads", error)
    except Refused as why:
        form.add_error(None, str(why))
    return form.is_valid()


@keeps_typed
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Asks once more, because it can not be taken back."""
    found = _case(request, pk)
    if not may_withdraw(found):
        messages.info(request, _("Tej sprawy nie można już wycofać."))
        return redirect("eboi:case", pk=pk)
    form = WithdrawForm(request.POST or typed_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            cases.withdraw(found, by=request.user, reason=form.cleaned_data["reason"], moment=timezone.now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Sprawa została wycofana."))
        forget_typed(request)
        return redirect("eboi:case", pk=pk)
    return render(request, "eboi/withdraw.html", {"case": found, "form": form})


@login_required
@require_safe
def decision(request, pk):
    """A copy to read; the decision itself is what was served by post, e-delivery or in person (L16)."""
    found = _case(request, pk)
    story = story_of(found)
    if story.decision is None:
        raise Http404
    return render(request, "eboi/decision.html", {"case": found, "decision": story.decision, "deliveries": story.deliveries})


@login_required
@require_safe
def term_ics(request, pk):
    """The office's term and the day of an open call, for a calendar."""
    found = _case(request, pk)
    story = story_of(found)
    response = HttpResponse(
        icalendar_feed.of_case(story, request.build_absolute_uri), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="termin.ics")
    return response
