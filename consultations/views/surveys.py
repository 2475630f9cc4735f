"""Answering a survey: what it is, one screen after another, „Sprawdź odpowiedzi”, one sending, the receipt.

No page of these names its visitor in the log of requests, and none writes down who sent what (decision 0010).
"""

from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import attachments, ballot_box, contact, drafts, keys, voters
from consultations.actions import versions
from consultations.models import Consultation, Instrument, InstrumentKind, IntegrityLevel
from consultations.statuses import Phase
from consultations.views import sending
from consultations.views.survey_forms import EmailForm
from office import compiled as sql
from office.outbox import post
from office.transitions import Refused
from schemas.checking import check_all, half_typed, merged
from schemas.computed import Context
from schemas.definition import compiled
from schemas.forms import page_form
from schemas.readable import readable

COOKIE, COOKIE_DAYS = "ankieta", 60
OTHER_DOORS = {InstrumentKind.BUDGET: "consultations:budget_vote", InstrumentKind.REMARKS: "consultations:document"}


def unnamed(view):
    """Nobody's name in the log of requests: a moment of voting is not to be found there."""

    @wraps(view)
    def quiet(request, *args, **kwargs):
        request.leaves_no_name = True
        return view(request, *args, **kwargs)

    return quiet


def load(slug, code) -> Instrument:
    """A public instrument with its consultation and the phase by the clock of the database."""
    consultation = next(_public(slug=slug), None)
    instrument = consultation and next(_instruments(consultation=consultation.pk, code=code), None)
    if instrument is None:
        raise Http404
    instrument.consultation = consultation
    return instrument


@sql.compiled
def _public(*, slug: str) -> QuerySet[Consultation]:
    return Consultation.objects.public().with_phase().filter(slug=slug)


@sql.compiled
def _instruments(*, consultation: UUID, code: str) -> QuerySet[Instrument]:
    return Instrument.objects.filter(consultation=consultation, code=code).select_related("definition")


def survey(view):
    """Gives the view the survey, a place in it and its draft; leads away who can not answer now."""

    @unnamed
    @wraps(view)
    def guarded(request, slug, code, *args, **kwargs):
        found = load(slug, code)
        if found.kind != InstrumentKind.SURVEY:
            return redirect("consultations:instrument", slug, code)
        is_read = request.method != "POST"  # a form sent again after the closing still gets its receipt
        is_shut = not keys.is_made(found.consultation) or (is_read and found.consultation.phase != Phase.OPEN)
        if is_shut or voters.obstacle(request, found.consultation, timezone.localdate()):
            return redirect("consultations:instrument", slug, code)
        return view(request, found, *args, **kwargs)

    return guarded


# Whose draft


def holder_of(request) -> drafts.Holder:
    """The account, else the secret in this browser's cookie; without both nobody's yet."""
    if request.user.is_authenticated:
        return drafts.Holder(subject=str(request.user.subject))
    secret = request.COOKIES.get(COOKIE, "")
    return drafts.Holder(secret=secret if len(secret) == drafts.SECRET_LENGTH else "")


def draft_of(request, survey) -> drafts.Draft | None:
    """The draft begun before; what was begun in this browser goes along into an account."""
    holder = holder_of(request)
    if holder == drafts.Holder():
        return None
    found = drafts.load(survey, holder)
    secret = request.COOKIES.get(COOKIE, "")
    if found is None and holder.subject and len(secret) == drafts.SECRET_LENGTH:
        found = drafts.load(survey, drafts.Holder(secret=secret))
    return found


def _begun(request, survey) -> drafts.Draft:
    """The draft on a version that is still taken: answers to what did not change are carried over (4.5)."""
    current = versions.in_use(survey)
    if current is None:
        raise Http404
    found = draft_of(request, survey) or drafts.begin(current.version_id)
    if found.version_id != current.version_id and not versions.is_collected(survey, found.version_id, timezone.now()):
        versions.carry_over(found, current.version_id)
    return found


def _keep(request, survey, draft) -> drafts.Holder:
    holder = holder_of(request)
    if holder == drafts.Holder():
        holder = drafts.Holder(secret=drafts.new_secret())
    drafts.keep(survey, holder, draft, day=timezone.localdate())
    return holder


def _with_cookies(request, response, survey, holder):
    if holder.secret and request.COOKIES.get(COOKIE) != holder.secret:
        _lay_cookie(response, survey, holder.secret)
    voters.mark_device(request, response, secure=settings.SESSION_COOKIE_SECURE)
    return response


def _lay_cookie(response, survey, secret):
    response.set_cookie(
        COOKIE, secret, max_age=COOKIE_DAYS * 86_400, path=home_of(survey), secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def home_of(survey) -> str:
    return reverse("consultations:instrument", args=[survey.consultation.slug, survey.code])


def _url(name, survey, *rest) -> str:
    return reverse(f"consultations:{name}", args=[survey.consultation.slug, survey.code, *rest])


# What it is


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
        "first_url": _next_url(found, draft or drafts.begin(current.version_id)), "questions": _how_many(definition),
    }  # fmt: skip
    return render(request, "consultations/survey.html", page)


def _how_many(definition) -> int:
    return sum(question.is_asked for question in definition.questions.values())


def _next_url(survey, draft) -> str:
    """The first screen that is not complete or holds a changed question, else the check of all answers."""
    definition = compiled(draft.version_id)
    if not draft.answers:
        return _url("survey_page", survey, definition.visible_pages({})[0].code)
    waits = next(iter(_waiting(draft, _checked(draft))), None)
    return _url("survey_page", survey, definition.page_of(waits).code) if waits else _url("survey_review", survey)


def _waiting(draft, checked) -> dict[str, str]:
    """What keeps the answers from being sent, by question in the order of the form."""
    changed = _("To pytanie się zmieniło. Sprawdź swoją odpowiedź.")
    waits = {**dict.fromkeys((code for code in draft.to_confirm if code in checked.answers), changed), **checked.errors}
    return {code: waits[code] for code in compiled(draft.version_id).questions if code in waits}


def _checked(draft):
    return check_all(compiled(draft.version_id), draft.answers, context=Context(day=timezone.localdate()))


# One screen


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def page(request, survey, page_code):
    draft = _begun(request, survey)
    definition = compiled(draft.version_id)
    screen = _screen(definition, draft, page_code)
    if screen is None:
        return redirect(_next_url(survey, draft))
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
    holder = _keep(request, survey, draft)
    return _with_cookies(request, _go(request, survey, draft, definition, screen, form, is_good), survey, holder)


@require_POST
@survey
def autosave(request, survey, page_code):
    """What was typed so far, right or not yet, every few seconds. Answers of other screens stay as they are."""
    draft = _begun(request, survey)
    definition = compiled(draft.version_id)
    screen = _screen(definition, draft, page_code)
    if screen is None or survey.consultation.phase != Phase.OPEN:
        return JsonResponse({"message": _("Tu nie można już odpowiadać.")}, status=409)
    now = timezone.localtime()
    draft.answers = half_typed(definition, screen, request.POST, answers=draft.answers, day=now.date())
    holder = _keep(request, survey, draft)
    saved = _("Zapisano o %(time)s. Odpowiedzi wyślesz dopiero na końcu.") % {"time": f"{now:%H:%M}"}
    return _with_cookies(request, JsonResponse({"message": saved}), survey, holder)


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
        return redirect(_url("survey_page", survey, before.code))
    if go == "later":
        return redirect(_url("survey_kept", survey))
    if not is_good:
        return _show(request, survey, draft, definition, screen, form)
    after = definition.next_page(screen.code, draft.answers)
    if after is None or (request.GET.get("z") == "sprawdz" and not _waiting(draft, _checked(draft))):
        return redirect(_url("survey_review", survey))
    return redirect(_url("survey_page", survey, after.code))


# Later


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def kept(request, survey):
    """Saved: how to come back. Without an account by a secret link, also by e-mail when asked."""
    draft, holder = draft_of(request, survey), holder_of(request)
    if draft is None:
        return redirect(home_of(survey))
    path = f"{_url('survey_resume', survey)}?z={holder.secret}" if holder.secret else ""
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
    _lay_cookie(response, survey, secret)
    return response


# Checking and sending


@require_http_methods(["GET", "HEAD", "POST"])
@survey
def review(request, survey):
    """„Sprawdź odpowiedzi”. The form holds everything that is sent, sealed, so that a repeat needs no draft and no session."""
    if request.method == "POST":
        return _posted(request, survey)
    draft = _begun(request, survey)
    if not draft.answers:
        return redirect(home_of(survey))
    return _review(request, survey, draft)


def _review(request, survey, draft, *, ending=None, error="", status=200):
    definition, checked = compiled(draft.version_id), _checked(draft)
    waits = _waiting(draft, checked)
    page = {
        "survey": survey, "consultation": survey.consultation, "definition": definition, "error": error,
        "sections": readable(definition, draft.answers, checked.computed), "missing": list(_missing(survey, definition, waits)),
        "voice": "" if waits else sending.sealed_voice(survey, draft, checked.answers), "ending": ending or sending.ending(request, survey),
    }  # fmt: skip
    return render(request, "consultations/survey_review.html", page, status=status)


def _missing(survey, definition, errors):
    for code, message in errors.items():
        url = _url("survey_page", survey, definition.page_of(code).code)
        yield {"text": f"{definition.questions[code].label}: {message}", "url": f"{url}?z=sprawdz#id_{code}"}


def _posted(request, survey):
    draft = sending.opened_voice(survey, request.POST.get("voice"))
    if draft is None:
        return redirect(_url("survey_review", survey))
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
        if _waiting(draft, checked := _checked(draft)):
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
    _forget(request, survey)
    response = redirect(f"{_url('survey_sent', survey)}?p={receipt.commitment_hex}")
    response.delete_cookie(COOKIE, path=home_of(survey))
    return response


class _Version:
    """A version by its id alone: the box needs no more, and no query."""

    def __init__(self, pk):
        self.pk = pk


def _ask_about_changes(request, survey, draft):
    holder = _keep(request, survey, draft)
    messages.info(request, _("Pytania zmieniły się, zanim wysłano odpowiedzi. Sprawdź, proszę, te, które się zmieniły."))
    return _with_cookies(request, redirect(_next_url(survey, draft)), survey, holder)


def _forget(request, survey):
    """Apart from the transaction of the voice, so that nothing in the database ties the two."""
    drafts.forget(survey, holder_of(request))
    secret = request.COOKIES.get(COOKIE, "")
    if request.user.is_authenticated and len(secret) == drafts.SECRET_LENGTH:
        drafts.forget(survey, drafts.Holder(secret=secret))
