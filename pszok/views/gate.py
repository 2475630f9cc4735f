"""The start of the gate: a card, a document, a refusal. HTTP only."""

from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office import files
from office.transitions import Refused
from pszok import rules
from pszok.actions import shifts, visits
from pszok.forms.gate import DwellingForm, RefusalForm, ScanForm
from pszok.hours import Timetable
from pszok.models import Visit
from pszok.views.shifts import COOKIE, at_gate
from pszok.views.shifts import enrol as enrol_page
from resident_card.models import Photo
from resident_card.pictures import code_in
from resident_card.statuses import PhotoStatus
from ui.addresses import address_of

FACE_LIVES = 15 * 60  # seconds in which the address of a face opens it, on the same device
LONGEST_NUMBER = 20  # characters, spaces between fours included
FACE_SALT = "pszok.face"


def home(request):
    """The start screen; on a browser that is no gate the page that asks for the one-time code."""
    if shifts.device_of(request.COOKIES.get(COOKIE)) is None:
        return enrol_page(request)
    return start(request)


@at_gate
@require_safe
def start(request, gate):
    return _start(request, gate, ScanForm())


def _start(request, gate, form, refusal="", status=200):
    now = timezone.now()
    timetable = Timetable.of(gate.point)
    context = {
        "gate": gate, "form": form, "refusal": refusal, "is_open": timetable.closes_at(now) is not None, "today": timetable.on(localdate(now)),
        "may_open": rules.may_open_outside_hours(gate.operator),
        "open_visits": Visit.objects.at_gate(gate).in_progress().select_related("dwelling__address").order_by("opened_at"),
    }  # fmt: skip
    return render(request, "pszok/gate/start.html", context, status=status)


@at_gate
@require_http_methods(["GET", "POST"])
def scan(request, gate):
    """A code or a number, and a visit; a bare number leads to the photo first (R71)."""
    if request.method == "GET":
        return redirect("pszok:gate")
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, gate, form, status=422)
    try:
        text = form.cleaned_data["text"] or code_in(form.cleaned_data["picture"])
        chosen = {name: form.cleaned_data[name] for name in ("face_matches", "reason")}
        visit = visits.open_by_card(text, gate=gate, moment=timezone.now(), **chosen)
    except visits.FaceNotCompared as not_yet:
        return _compare(request, gate, not_yet.person, text, chosen["reason"])
    except Refused as refused:
        return _start(request, gate, ScanForm(initial=_worth_keeping(form)), str(refused), status=409)
    return HttpResponseRedirect(address_of("pszok:gate_visit", visit.pk))


def _worth_keeping(form) -> dict[str, str]:
    """A number with a slip stays to be mended; a phone's code is spent, and the next scan would be typed behind it."""
    text = form.cleaned_data["text"].strip()
    return {"text": text if len(text) <= LONGEST_NUMBER else "", "reason": form.cleaned_data["reason"]}


def _compare(request, gate, person, text, reason):
    context = {"gate": gate, "person": person, "text": text, "reason": reason, "face": face_token(person, gate)}
    return render(request, "pszok/gate/compare.html", context)


@at_gate
@require_http_methods(["GET", "POST"])
def document(request, gate):
    """A resident without a card at hand: a document is shown and the dwelling is looked up (R51)."""
    form = DwellingForm(request.POST or None, initial=request.GET.dict())  # what was typed before the shift ended
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            visit = visits.open_by_document(form.dwelling(), gate=gate, moment=timezone.now(), reason=form.cleaned_data["reason"])
            return redirect("pszok:gate_visit", pk=visit.pk)
        except Refused as refused:
            refusal = str(refused)
    may_open = rules.may_open_outside_hours(gate.operator)
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(
        request, "pszok/gate/document.html", {"gate": gate, "form": form, "refusal": refusal, "may_open": may_open}, status=status
    )


@at_gate
@require_http_methods(["GET", "POST"])
def turn_away(request, gate):
    """A refusal before anything was opened (R52)."""
    form = RefusalForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        visits.refuse_at_gate(why=form.cleaned_data["why"], gate=gate, moment=timezone.now())
        return redirect("pszok:gate")
    context = {"gate": gate, "form": form, "title": _("Odmowa przyjęcia")}
    return render(request, "pszok/gate/refuse.html", context, status=422 if form.is_bound else 200)


# A face, only while it has to be compared


def face_token(person, gate) -> str:
    """The address of the accepted photograph on this device; empty when there is none."""
    photo = _photos().filter(person=person).first()
    return signing.dumps([str(photo.pk), str(gate.device.pk)], salt=FACE_SALT) if photo and photo.file.is_clean else ""


def _photos():
    return Photo.objects.filter(status=PhotoStatus.ACCEPTED).select_related("file").order_by("-reviewed_at")


@at_gate
@require_safe
def face(request, gate, token):
    try:
        photo, device = signing.loads(token, salt=FACE_SALT, max_age=FACE_LIVES)
    except signing.BadSignature:
        raise Http404 from None
    if device != str(gate.device.pk):
        raise Http404
    try:
        return files.open_for_clerk(get_object_or_404(_photos(), pk=photo).file, as_name="twarz.jpg")
    except Refused:
        raise Http404 from None
