"""„Sprawdź odpowiedzi”, one sending, the receipt. No page of these writes down who sent what (decision 0010)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import ballot_box, voters
from consultations.actions import versions
from consultations.views import sending
from consultations.views.instruments import home_of, step_url, survey
from consultations.views.survey_drafts import COOKIE, begun, checked_of, forget, keep, next_url, waiting, with_cookies
from office.transitions import Refused
from schemas.definition import compiled
from schemas.readable import readable


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def review(request, survey):
    """„Sprawdź odpowiedzi”. The form holds everything that is sent, sealed, so that a repeat needs no draft and no session."""
    if request.method == "POST":
        return _posted(request, survey)
    draft = begun(request, survey)
    if not draft.answers:
        return redirect(home_of(survey))
    return _review(request, survey, draft)


def _review(request, survey, draft, *, ending=None, error="", status=200):
    definition, checked = compiled(draft.version_id), checked_of(draft)
    waits = waiting(draft, checked)
    page = {
        "survey": survey, "consultation": survey.consultation, "definition": definition, "error": error,
        "sections": readable(definition, draft.answers, checked.computed), "missing": list(_missing(survey, definition, waits)),
        "voice": "" if waits else sending.sealed_voice(survey, draft, checked.answers), "ending": ending or sending.ending(request, survey),
    }  # fmt: skip
    return render(request, "consultations/survey_review.html", page, status=status)


def _missing(survey, definition, errors):
    for code, message in errors.items():
        url = step_url("survey_page", survey, definition.page_of(code).code)
        yield {"text": f"{definition.questions[code].label}: {message}", "url": f"{url}?z=sprawdz#id_{code}"}


def _posted(request, survey):
    draft = sending.opened_voice(survey, request.POST.get("voice"))
    if draft is None:
        return redirect(step_url("survey_review", survey))
    if request.POST.get("go") == "code":
        return _ask_for_code(request, survey, draft)
    faces, again = sending.proved(request, survey)
    if again is not None:
        return _review(request, survey, draft, ending=again, status=422)
    return _send(request, survey, draft, faces)


def _ask_for_code(request, survey, draft):
    ending, status = sending.asked_for_code(request, survey)
    return _review(request, survey, draft, ending=ending, status=status)


def _send(request, survey, draft, faces):
    """The voice goes into the box; a form of a version that is not taken any more asks about what changed."""
    if not versions.is_collected(survey, draft.version_id, timezone.now()):
        known = ballot_box.repeat_of(survey, token=draft.token, answers=draft.answers, version=_Version(draft.version_id))
        if known:
            return _receipt(request, survey, known)
        versions.carry_over(draft, versions.in_use(survey).version_id)
        if waiting(draft, checked := checked_of(draft)):
            return _ask_about_changes(request, survey, draft)
        draft.answers = checked.answers
    marks = voters.marks_of(request, timezone.localdate())
    try:
        receipt = ballot_box.accept(
            survey, token=draft.token, answers=draft.answers, version=_Version(draft.version_id), faces=faces, marks=marks
        )
    except Refused as why:
        page = {
            "survey": survey,
            "consultation": survey.consultation,
            "why": str(why),
            "is_double": isinstance(why, ballot_box.AlreadyVoted),
        }
        return render(request, "consultations/survey_refused.html", page, status=409)
    return _receipt(request, survey, receipt)


def _receipt(request, survey, receipt):
    forget(request, survey)
    response = redirect(f"{step_url('survey_sent', survey)}?p={receipt.commitment_hex}")
    response.delete_cookie(COOKIE, path=home_of(survey))
    return response


class _Version:
    """A version by its id alone: the box needs no more, and no query."""

    def __init__(self, pk):
        self.pk = pk


def _ask_about_changes(request, survey, draft):
    holder = keep(request, survey, draft)
    messages.info(request, _("Pytania zmieniły się, zanim wysłano odpowiedzi. Sprawdź, proszę, te, które się zmieniły."))
    return with_cookies(request, redirect(next_url(survey, draft)), survey, holder)
