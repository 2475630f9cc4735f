"""Answering a survey: what it is, one screen after another, and coming back later. Checking and sending: `survey_review`.

No page of these names its visitor in the log of requests, and none writes down who sent what (decision 0010).
"""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import attachments, ballot_box, contact, drafts, keys, voters
from consultations.actions import versions
from consultations.models import InstrumentKind, IntegrityLevel
from consultations.statuses import Phase
from consultations.views.instruments import home_of, load, step_url, survey, unnamed
from consultations.views.survey_drafts import (
    begun,
    checked_of,
    draft_of,
    holder_of,
    keep,
    lay_cookie,
    next_url,
    waiting,
    with_cookies,
)
from consultations.views.survey_forms import EmailForm
from office.outbox import post
from schemas.checking import half_typed, merged
from schemas.computed import Context
from schemas.definition import compiled
from schemas.forms import page_form

OTHER_DOORS = {InstrumentKind.BUDGET: "consultations:budget_vote", InstrumentKind.REMARKS: "consultations:document"}


@require_safe
@unnamed
def instrument(request, slug, code):
    """The cover of a survey: what is asked, who may answer, how to begin. Other instruments have pages of their own."""
    found = load(slug, code)
    if found.kind in OTHER_DOORS:
        return redirect(OTHER_DOORS[found.kind], slug, code)
    current = versions.in_use(found)
    if current is None:
        raise Http404
    definition = compiled(current.version_id)
    has_key = keys.is_made(found.consultation)
    draft = draft_of(request, found) if has_key else None
    page = {
        "survey": found, "consultation": found.consultation, "definition": definition, "draft": draft,
        "obstacle": voters.obstacle(request, found.consultation, timezone.localdate()),
        "level_words": voters.LEVEL_WORDS[IntegrityLevel(found.consultation.integrity)],
        "is_open": found.consultation.phase == Phase.OPEN and has_key, "is_before": found.consultation.phase == Phase.BEFORE,
        "first_url": next_url(found, draft or drafts.begin(current.version_id)), "questions": _how_many(definition),
    }  # fmt: skip
    return render(request, "consultations/survey.html", page)


def _how_many(definition) -> int:
    return sum(question.is_asked for question in definition.questions.values())


# One screen


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def page(request, survey, page_code):
    draft = begun(request, survey)
    definition = compiled(draft.version_id)
    screen = _screen(definition, draft, page_code)
    if screen is None:
        return redirect(next_url(survey, draft))
    if request.method == "POST":
        return _save(request, survey, draft, definition, screen)
    return _show(request, survey, draft, definition, screen, _form(draft, definition, screen))


def _screen(definition, draft, code):
    """None for a screen that this person is not asked."""
    return next((one for one in definition.visible_pages(draft.answers) if one.code == code), None)


def _form(draft, definition, screen, data=None, files=None):
    day = timezone.localdate()
    return page_form(definition, screen, answers=draft.answers, data=data, files=files, day=day, context=Context(day=day))


def _show(request, survey, draft, definition, screen, form):
    pages = definition.visible_pages(draft.answers)
    page = {
        "survey": survey, "consultation": survey.consultation, "definition": definition, "screen": screen, "form": form,
        "place": pages.index(screen) + 1, "count": len(pages), "is_first": screen == pages[0], "saved_on": draft.saved_on,
        "attached": attachments.on_screen(screen, draft.answers),
    }  # fmt: skip
    return render(request, "consultations/survey_page.html", page)


def _save(request, survey, draft, definition, screen):
    """„Dalej” and the other buttons; whatever is wrong, what was typed is kept."""
    if survey.consultation.phase != Phase.OPEN:
        messages.info(request, str(ballot_box.NotOpen()))
        return redirect(home_of(survey))
    form = _form(draft, definition, screen, request.POST, request.FILES)
    is_good = form.is_valid()
    draft.answers = (
        merged(definition, screen, draft.answers, form.cleaned_data)
        if is_good
        else half_typed(definition, screen, request.POST, answers=draft.answers, day=timezone.localdate())
    )
    is_good = _attach_all(request, survey, draft, form) and is_good
    if is_good:
        seen = {question.code for question in screen.questions}
        draft.to_confirm = [code for code in draft.to_confirm if code not in seen]
    holder = keep(request, survey, draft)
    return with_cookies(request, _go(request, survey, draft, definition, screen, form, is_good), survey, holder)


@require_POST
@survey
def autosave(request, survey, page_code):
    """What was typed so far, right or not yet, every few seconds. Answers of other screens stay as they are."""
    draft = begun(request, survey)
    definition = compiled(draft.version_id)
    screen = _screen(definition, draft, page_code)
    if screen is None or survey.consultation.phase != Phase.OPEN:
        return JsonResponse({"message": _("Tu nie można już odpowiadać.")}, status=409)
    now = timezone.localtime()
    draft.answers = half_typed(definition, screen, request.POST, answers=draft.answers, day=now.date())
    holder = keep(request, survey, draft)
    saved = _("Zapisano o %(time)s. Odpowiedzi wyślesz dopiero na końcu.") % {"time": f"{now:%H:%M}"}
    return with_cookies(request, JsonResponse({"message": saved}), survey, holder)


def _attach_all(request, survey, draft, form) -> bool:
    """Each file on its own: a refused one is told beside its question, the good ones stay. Removing is a button of the same form."""
    if gone := request.POST.get("detach"):
        attachments.detach(survey, gone, draft.answers)
    for question in form.shown:
        for upload in form.uploads(question.code) if question.code not in form.errors else ():
            try:
                entry = attachments.attach(survey, upload, token=draft.token)
            except ValidationError as why:
                form.add_error(question.code, why)
            else:
                draft.answers[question.code] = [*(draft.answers.get(question.code) or []), entry]
    return not form.errors


def _go(request, survey, draft, definition, screen, form, is_good):
    go = "stay" if request.POST.get("detach") else request.POST.get("go", "")
    if go == "stay":
        return _show(request, survey, draft, definition, screen, form if form.errors else _form(draft, definition, screen))
    before = definition.previous_page(screen.code, draft.answers)
    if go == "back" and before:
        return redirect(step_url("survey_page", survey, before.code))
    if go == "later":
        return redirect(step_url("survey_kept", survey))
    if not is_good:
        return _show(request, survey, draft, definition, screen, form)
    after = definition.next_page(screen.code, draft.answers)
    if after is None or (request.GET.get("z") == "sprawdz" and not waiting(draft, checked_of(draft))):
        return redirect(step_url("survey_review", survey))
    return redirect(step_url("survey_page", survey, after.code))


# Later


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def kept(request, survey):
    """Saved: how to come back. Without an account by a secret link, also by e-mail when asked."""
    draft, holder = draft_of(request, survey), holder_of(request)
    if draft is None:
        return redirect(home_of(survey))
    path = f"{step_url('survey_resume', survey)}?z={holder.secret}" if holder.secret else ""
    form = EmailForm(request.POST or None)
    form.fields["email"].help_text = _("Wyślemy na niego link, którym wrócisz. Adresu nie zapisujemy przy ankiecie.")
    is_sent = request.method == "POST" and path and form.is_valid() and _send_link(request, survey, form, path)
    link = f"{settings.PORTAL_URL}{path}" if path else ""
    page = {"survey": survey, "consultation": survey.consultation, "link": link, "form": form, "is_sent": is_sent}
    return render(request, "consultations/survey_kept.html", page)


def _send_link(request, survey, form, path) -> bool:
    email = form.cleaned_data["email"]
    mailbox = keys.mark(survey.consultation_id, keys.CONTACT, f"link\0{email.lower()}").hex()
    if not contact.may_write(request, mailbox):
        form.add_error("email", _("Na ten adres wysłaliśmy już kilka listów. Skopiuj link z tej strony."))
        return False
    with transaction.atomic():
        context = {"path": path, "title": survey.title}
        post(event="consultations/survey_link", to=email, context=context)
    return True


@require_safe
@unnamed
def resume(request, slug, code):
    """By the secret link: the browser gets the draft's secret and goes on where the person stopped."""
    survey, secret = load(slug, code), request.GET.get("z", "")
    if len(secret) != drafts.SECRET_LENGTH or drafts.load(survey, drafts.Holder(secret=secret)) is None:
        messages.info(request, _("Pod tym linkiem nie ma już zapisanych odpowiedzi: wysłano je albo ankieta się skończyła."))
        return redirect(home_of(survey))
    response = redirect(home_of(survey))
    lay_cookie(response, survey, secret)
    return response
