"""Telling of a fault without an account: screens of the form, what may be the same, one sending, and the page of the report.

What is not sent yet belongs to the browser in which it was begun (its session holds the ids); the page of a sent report is open to
whoever holds its address and names nobody.
"""

from uuid import UUID

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from eboi import faults
from eboi.actions import faults as verbs
from eboi.actions.filing import Incomplete
from eboi.models import Fault, FaultFile, MatterType
from eboi.statuses import OPEN_FAULTS, FaultStatus
from office.transitions import Refused, history_of
from schemas.checking import check_all, half_typed, merged
from schemas.computed import Context
from schemas.definition import compiled
from schemas.forms import page_form
from schemas.models import Kind
from schemas.readable import readable
from ui.headers import PERMISSIONS

BUDGET = {"fault": "20/h/ip,60/d/ip"}  # S46
SESSION, MOST = "eboi_faults", 10  # reports begun in this browser and not forgotten yet


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, code):
    """The first screen; nothing is stored before it is sent once."""
    matter = get_object_or_404(MatterType.objects.select_related("form", "unit"), code=code, is_offered=True, takes_faults=True)
    version = matter.form.current()
    if version is None:
        raise Http404
    found = Fault(matter=matter, form_version=version)
    screen = compiled(version.pk).visible_pages({})[0]
    if request.method != "POST":
        return _show(request, found, screen, _form(found, screen))
    if answer := consume_or_429(request, app="eboi", action="fault", config=BUDGET):
        return answer
    try:
        found = verbs.begin(matter, moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:matter", code=code)
    request.session[SESSION] = [*request.session.get(SESSION, []), str(found.pk)][-MOST:]
    return _save(request, found, screen)


def _mine(request, pk):
    """A report begun in this browser and not sent; anything else is not there."""
    if str(pk) not in request.session.get(SESSION, []):
        raise Http404
    drafts = Fault.objects.select_related("matter__unit", "matter__form", "form_version")
    return get_object_or_404(drafts, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk, page_code):
    found = _mine(request, pk)
    if found.status != FaultStatus.DRAFT:
        return redirect("eboi:fault", pk=pk)
    definition = compiled(found.form_version_id)
    screen = next((one for one in definition.visible_pages(found.answers) if one.code == page_code), None)
    if screen is None:
        return redirect("eboi:fault_review", pk=pk)
    if request.method == "POST":
        return _save(request, found, screen)
    return _show(request, found, screen, _form(found, screen))


def _form(found, screen, data=None, files=None):
    day = timezone.localdate()
    return page_form(
        compiled(found.form_version_id), screen, answers=found.answers, data=data, files=files, day=day, context=Context(day)
    )


def _show(request, found, screen, form, *, status=200):
    pages = compiled(found.form_version_id).visible_pages(found.answers)
    attached = FaultFile.objects.filter(fault=found.pk, question__in=[one.code for one in screen.questions]).select_related(
        "file"
    )
    context = {
        "fault": found, "screen": screen, "form": form, "place": pages.index(screen) + 1, "count": len(pages),
        "definition": compiled(found.form_version_id), "is_first": screen == pages[0],
        "attached": attached if any(one.kind == Kind.FILE for one in screen.questions) else [],
    }  # fmt: skip
    answer = render(request, "eboi/fault_page.html", context, status=status)
    answer["Permissions-Policy"] = PERMISSIONS.replace("geolocation=()", "geolocation=(self)")
    return answer


def _save(request, found, screen):
    """„Dalej”: whatever is wrong, what was typed and the good photographs are kept."""
    definition = compiled(found.form_version_id)
    form = _form(found, screen, request.POST, request.FILES)
    is_good = form.is_valid()
    if is_good:
        answers = merged(definition, screen, found.answers, form.cleaned_data)
    else:
        answers = half_typed(definition, screen, request.POST, answers=found.answers, day=timezone.localdate())
    try:
        verbs.keep(found, answers)
        if detached := _uuid(request.POST.get("detach")):
            verbs.detach(found, detached)
            return redirect("eboi:fault_page", pk=found.pk, page_code=screen.code)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:fault", pk=found.pk)
    _attach_all(request, found, screen, form)
    if request.POST.get("go") == "back" and (before := definition.previous_page(screen.code, found.answers)):
        return redirect("eboi:fault_page", pk=found.pk, page_code=before.code)
    if not is_good or form.errors:
        return _show(request, found, screen, form)
    after = definition.next_page(screen.code, found.answers)
    return redirect("eboi:fault_page", pk=found.pk, page_code=after.code) if after else redirect("eboi:fault_review", pk=found.pk)


def _attach_all(request, found, screen, form):
    for question in screen.questions:
        if question.kind == Kind.FILE and question.code in form.fields and question.code not in form.errors:
            for upload in request.FILES.getlist(question.code):
                try:
                    verbs.attach(found, question.code, upload)
                except ValidationError as error:
                    form.add_error(question.code, error)


def _uuid(text):
    try:
        return UUID(text or "")
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    """„Sprawdź i wyślij”: the answers, and reports nearby that may be of the same fault (50 m and 7 days are data)."""
    found, moment = _mine(request, pk), timezone.now()
    if found.status != FaultStatus.DRAFT:
        return redirect("eboi:fault", pk=pk)
    definition = compiled(found.form_version_id)
    checked = check_all(definition, found.answers, context=Context(timezone.localdate(moment)))
    if checked.errors:
        return redirect("eboi:fault_page", pk=pk, page_code=definition.page_of(next(iter(checked.errors))).code)
    if request.method == "POST":
        return _send(request, found, moment)
    for name, value in faults.place_of(checked.answers).items():
        setattr(found, name, value)
    context = {
        "fault": found, "sections": readable(definition, checked.answers), "is_urgent": checked.answers.get("danger") == "yes",
        "others": [_told(other, metres) for other, metres in faults.similar(found, moment)],
    }  # fmt: skip
    return render(request, "eboi/fault_review.html", context)


def _told(other, metres):
    words = faults.kind_in_words(compiled(other.form_version_id), other.answers)
    return {"fault": other, "metres": metres, "kind": words}


def _send(request, found, moment):
    try:
        if same := _uuid(request.POST.get("same")):
            verbs.join(found, get_object_or_404(Fault.objects.standing(), pk=same), moment=moment)
        else:
            verbs.send(found, moment=moment)
    except Incomplete:
        return redirect("eboi:fault_review", pk=found.pk)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:fault_review", pk=found.pk)
    return redirect("eboi:fault", pk=found.pk)


@require_safe
def fault(request, pk):
    """What became of a report, for whoever holds its address. It names nobody and shows no photograph."""
    found = get_object_or_404(Fault.objects.select_related("matter__unit", "same_as"), pk=pk)
    if found.status == FaultStatus.DRAFT:
        _mine(request, pk)
        return redirect("eboi:fault_review", pk=pk)
    whole = found.same_as or found
    context = {
        "fault": found, "whole": whole, "is_standing": whole.status in OPEN_FAULTS,
        "kind": faults.kind_in_words(compiled(whole.form_version_id), whole.answers),
        "moves": [{"title": FaultStatus(move.to_status).label, "at": move.at, "text": move.note, "state": "done"} for move in history_of(whole)],
        "voices": whole.joined.count() + 1, "is_answered": not found.answers.get("email"), "now": timezone.now(),
    }  # fmt: skip
    return render(request, "eboi/fault.html", context)
