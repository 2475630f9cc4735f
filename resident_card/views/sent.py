"""An application that was sent: where it stands, mending what a clerk flagged, taking it back, its papers. And what all its pages ask first."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office.files import open_for_owner
from office.transitions import Refused
from resident_card import rules, steps
from resident_card.actions import applying
from resident_card.forms.applying import CorrectionForm
from resident_card.models import Application
from resident_card.readable import progress_of, status_sentence, tone_of
from resident_card.statuses import LIVE, ApplicationStatus
from resident_card.views.of_age import of_age_first

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def mine(request, pk) -> Application:
    own = Application.objects.of(request.user).select_related("package", "person", "applicant", "dwelling__address")
    return get_object_or_404(own, pk=pk)


def is_draft(application):
    return application.status == ApplicationStatus.DRAFT


def told_beside(form, name, verb):
    """What can not be taken is told beside its box; of many files one reason is told once."""
    try:
        verb()
    except ValidationError as error:
        form.add_error(name, error)
    except Refused as why:
        if str(why) not in form.errors.get(name, []):
            form.add_error(name, str(why))


@of_age_first
@require_safe
def application(request, pk):
    """Where it stands, in plain words. A draft goes on at the first screen that is not complete yet."""
    found, day = mine(request, pk), timezone.localdate()
    if is_draft(found):
        lacking = steps.missing(found, rules.policy(day), day)
        if lacking:
            return redirect("resident_card:step", pk=pk, code=lacking[0])
        return redirect("resident_card:review", pk=pk)
    page = {
        "application": found, "sentence": status_sentence(found), "tone": tone_of(found), "steps": progress_of(found), "today": day,
        "lacks": applying.lacks_of(found) if found.status == ApplicationStatus.NEEDS_CORRECTION else {}, "is_live": found.status in LIVE,
    }  # fmt: skip
    return render(request, "resident_card/applying/application.html", page)


@of_age_first
@FORM_METHODS
def correct(request, pk):
    """R6: only what a clerk flagged can be replaced, each with its reason beside it. Each good file is kept at once."""
    found = mine(request, pk)
    if found.status != ApplicationStatus.NEEDS_CORRECTION:
        return redirect("resident_card:application", pk=pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, lacks=applying.lacks_of(found))
    if form.is_bound and form.is_valid():
        _replace(request, found, form)
        if not form.errors:
            messages.success(request, _("Wysłaliśmy poprawiony wniosek do urzędu."))
            return redirect("resident_card:application", pk=pk)
    return render(
        request, "resident_card/applying/correct.html", {"application": found, "form": form}, status=422 if form.errors else 200
    )


def _replace(request, found, form):
    moment, by = timezone.now(), request.user
    for name, upload in request.FILES.items():
        if one := form.files_by_name.get(name):
            told_beside(form, name, partial(applying.replace_document, one, upload, by=by, moment=moment))
        elif name == "photo" and "photo" in form.fields:
            told_beside(form, name, partial(applying.send_photo, found, upload, by=by, moment=moment))
    for name in [name for name in form.fields if name not in request.FILES]:
        form.add_error(name, _("Wybierz nowy plik."))
    if not form.errors:
        told_beside(form, None, partial(applying.send_again, found, by=by, moment=moment))


@of_age_first
@FORM_METHODS
def withdraw(request, pk):
    """A draft is thrown away, a sent application is taken back."""
    found = mine(request, pk)
    if found.status not in LIVE:
        return redirect("resident_card:application", pk=pk)
    if request.method == "POST":
        try:
            _end(request, found)
        except Refused as why:
            messages.error(request, str(why))
        return redirect("resident_card:home")
    return render(request, "resident_card/applying/withdraw.html", {"application": found, "is_draft": is_draft(found)})


def _end(request, found):
    if is_draft(found):
        applying.discard(found, by=request.user)
        messages.success(request, _("Szkic usunięty."))
    else:
        applying.withdraw(found, by=request.user, moment=timezone.now())
        messages.success(request, _("Wniosek %(mark)s wycofany.") % {"mark": found.mark})


@of_age_first
@require_safe
def file(request, pk, file_pk):
    """S19: a paper or the photo of my own application; a stranger's address is 404."""
    found = mine(request, pk)
    stored = next((one.file for one in found.files.select_related("file") if one.file_id == file_pk), None)
    photo = steps.photo_of(found)
    if stored is None and photo is not None and photo.file_id == file_pk:
        stored = photo.file
    if stored is None:
        raise Http404
    try:
        return open_for_owner(stored)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("resident_card:application", pk=pk)
    except FileNotFoundError:
        raise Http404 from None
