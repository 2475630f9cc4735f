"""Filling in a form: screens, autosave, files, „Sprawdź odpowiedzi” and sending."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import encryption
from accounts.decorators import strong_sign_in_required
from accounts.kept import forget_typed, keeps_typed, typed_before
from accounts.rules import authentication_records
from eboi import drafts, receipts
from eboi.actions import duties, filing
from eboi.models import Submission
from eboi.rules import may_file
from eboi.statuses import SubmissionStatus
from office.idempotency import KeyReused
from office.transitions import Refused
from residents.models import IdentityConfirmation
from residents.views import person_required
from schemas.checking import canonical, half_typed, merged
from schemas.comparison import difference
from schemas.computed import Context
from schemas.definition import compiled
from schemas.forms import page_form
from schemas.models import Kind
from schemas.readable import answer_in_words, readable


@dataclass(frozen=True)
class Difference:
    """One question answered differently on two devices."""

    label: str
    here: str
    there: str


def _draft(request, pk):
    """The person's own draft; `Filed` submissions are led to their receipt by the caller."""
    confirmed = IdentityConfirmation.objects.standing().filter(person=OuterRef("person"))
    mine = Submission.objects.of(request.user).select_related("matter__form", "matter__unit", "form_version", "person")
    mine = mine.annotate(is_confirmed=Exists(confirmed))
    return get_object_or_404(mine, pk=pk)


def _is_filed(submission):
    return submission.status == SubmissionStatus.SUBMITTED


@person_required
@require_safe
def draft(request, pk):
    """Goes on where the person stopped: the first screen that is not complete yet, else the check of all answers."""
    found = _draft(request, pk)
    if elsewhere := _elsewhere(found):
        return elsewhere
    missing = _checked(found, timezone.now()).errors
    definition = compiled(found.form_version_id)
    if not missing:
        return redirect("eboi:review", pk=pk)
    return redirect("eboi:page", pk=pk, page_code=definition.page_of(next(iter(missing))).code)


def _elsewhere(found):
    """Where a draft that can not go on as it is has to be looked at instead; None for one that can."""
    if _is_filed(found):
        return redirect("eboi:filed", pk=found.pk)
    return redirect("eboi:renew", pk=found.pk) if found.form_version.withdrawn_at else None


def _checked(found, moment):
    return filing.checked_draft(found, moment)


def _context(moment):
    return Context(day=timezone.localdate(moment))


def _page(definition, page_code, answers):
    """The screen, if this person is asked it."""
    return next((page for page in definition.visible_pages(answers) if page.code == page_code), None)


@keeps_typed
@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk, page_code):
    found, moment = _draft(request, pk), timezone.now()
    if _is_filed(found):
        return redirect("eboi:filed", pk=pk)
    definition = compiled(found.form_version_id)
    if definition.page(page_code) is None:
        raise Http404
    screen = _page(definition, page_code, found.answers)
    if drafts.has_expired(found, moment):
        messages.info(request, _("Ten formularz czekał zbyt długo i nie można go już dokończyć. Zacznij od nowa."))
        return redirect("eboi:matter", code=found.matter.code)
    if screen is None:
        return redirect("eboi:draft", pk=pk)
    if request.method == "POST":
        return _save(request, found, definition, screen, moment)
    if elsewhere := _elsewhere(found):
        return elsewhere
    typed = typed_before(request)
    return _show(
        request, found, definition, screen, moment, _form(found, definition, screen, moment, typed), recovered=bool(typed)
    )


def _form(found, definition, screen, moment, data=None, files=None):
    return page_form(
        definition,
        screen,
        answers=found.answers,
        data=data,
        files=files,
        day=timezone.localdate(moment),
        context=_context(moment),
    )


def _show(request, found, definition, screen, moment, form, *, recovered=False, differences=(), status=200):
    pages = definition.visible_pages(found.answers)
    page = {
        "draft": found, "definition": definition, "screen": screen, "form": form, "recovered": recovered,
        "differences": differences, "seen": seen_on(found, screen), "place": pages.index(screen) + 1, "count": len(pages),
        "attached": [one for one in found.attachments.select_related("file") if any(q.code == one.question for q in screen.questions)],
        "expires_on": drafts.expires_on(found, moment), "from_review": request.GET.get("z") == "sprawdz",
        "is_first": screen == pages[0], "card": _card_of(found, moment) if screen == pages[0] else None,
    }  # fmt: skip
    return render(request, "eboi/page.html", page, status=status)


def _card_of(found, moment):
    """The service card in force, whose documents and fee are said where the form begins."""
    return found.matter.terms.valid_on(timezone.localdate(moment)).order_by("-valid_from", "-pk").first()


def seen_on(found, screen):
    """A keyed mark of what is stored for this screen: a device that has seen something else must not overwrite it."""
    codes = {question.code for question in screen.questions if question.kind != Kind.FILE}
    stored = {code: value for code, value in found.answers.items() if code in codes}
    return encryption.lookup(canonical(stored).decode(), "eboi.screen").hex()[:24]


def _save(request, found, definition, screen, moment):
    """„Dalej” and the other buttons. Whatever is wrong, what was typed and the good files are kept."""
    form = _form(found, definition, screen, moment, request.POST, request.FILES)
    is_valid = form.is_valid()

    def answers():
        """Good answers when all is good, else everything as it was typed; other screens as they are stored now."""
        if is_valid:
            return merged(definition, screen, found.answers, form.cleaned_data)
        return half_typed(definition, screen, request.POST, answers=found.answers, day=timezone.localdate(moment))

    try:
        _keep(found, screen, answers, request)
        if detached := request.POST.get("detach"):
            _detach(found, detached, request.user)
    except filing.StaleDraft:
        differences = _differences(screen, answers(), found.answers)
        return _show(request, found, definition, screen, moment, form, differences=differences, status=409)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:draft", pk=found.pk)
    forget_typed(request)
    _attach_all(found, screen, form, request)
    return _go(request, found, definition, screen, moment, form, is_valid and not form.errors)


def _keep(found, screen, answers, request):
    """Save, unless another device has changed this very screen since it was shown here; equal answers are no conflict."""
    for _attempt in range(3):
        is_stale = request.POST.get("seen") != seen_on(found, screen)
        if is_stale and _differences(screen, answers(), found.answers):
            break
        try:
            return filing.save_answers(found, answers(), revision=found.revision, by=request.user)
        except filing.StaleDraft:
            found.refresh_from_db()
    raise filing.StaleDraft


def _differences(screen, here, there):
    asked = [question for question in screen.questions if question.is_asked and question.kind != Kind.FILE]
    return [
        Difference(
            question.label,
            answer_in_words(question, here.get(question.code)),
            answer_in_words(question, there.get(question.code)),
        )
        for question in asked
        if here.get(question.code) != there.get(question.code)
    ]


def _attach_all(found, screen, form, request):
    """Each file on its own: a refused one is told beside the field, the good ones stay."""
    for question in screen.questions:
        if question.kind == Kind.FILE and question.code in form.fields and question.code not in form.errors:
            for upload in request.FILES.getlist(question.code):
                try:
                    filing.attach(found, question.code, upload, by=request.user)
                except ValidationError as error:
                    form.add_error(question.code, error)


def _detach(found, pk, by):
    try:
        attachment = found.attachments.select_related("file", "submission__person").get(pk=uuid.UUID(pk))
    except (ValueError, found.attachments.model.DoesNotExist):
        raise Http404 from None
    filing.detach(attachment, by=by)
    found.refresh_from_db()


def _go(request, found, definition, screen, moment, form, is_good):
    go = request.POST.get("go", "")
    before = definition.previous_page(screen.code, found.answers)
    if go == "back" and before:
        return redirect("eboi:page", pk=found.pk, page_code=before.code)
    if go == "later":
        messages.success(request, _("Zapisaliśmy. Wróć, kiedy Ci wygodnie."))
        return redirect("eboi:home")
    if elsewhere := _elsewhere(found):
        return elsewhere  # what was typed is kept already
    if "detach" in request.POST or (go == "stay" and is_good):
        return redirect("eboi:page", pk=found.pk, page_code=screen.code)
    if not is_good:
        return _show(request, found, definition, screen, moment, form)
    after = definition.next_page(screen.code, found.answers)
    if after is None or (request.GET.get("z") == "sprawdz" and not _checked(found, moment).errors):
        return redirect("eboi:review", pk=found.pk)
    return redirect("eboi:page", pk=found.pk, page_code=after.code)


@person_required
@require_POST
def autosave(request, pk, page_code):
    """What was typed so far, right or not yet, every few seconds. 409: another device changed this screen; nothing is overwritten."""
    found, moment = _draft(request, pk), timezone.now()
    definition = compiled(found.form_version_id)
    screen = _page(definition, page_code, found.answers)
    if _is_filed(found) or screen is None:
        return JsonResponse({"message": _("Tego zgłoszenia nie można już zmienić.")}, status=409)

    def answers():
        return half_typed(definition, screen, request.POST, answers=found.answers, day=timezone.localdate(moment))

    try:
        _keep(found, screen, answers, request)
    except Refused:
        words = _("Na innym urządzeniu zapisano w międzyczasie inne odpowiedzi. Wybierz „Dalej”, a pokażemy obie wersje.")
        return JsonResponse({"message": words}, status=409)
    saved = _("Zapisano o %(time)s.") % {"time": timezone.localtime(found.saved_at).strftime("%H:%M")}
    return JsonResponse({"seen": seen_on(found, screen), "message": saved})


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request, pk):
    """The form was withdrawn under this draft: what is different now, what has to be answered again, and the step over to it.

    Without a form in force the answers are shown to be copied; the draft waits as long as any other.
    """
    found = _draft(request, pk)
    if _is_filed(found) or found.form_version.withdrawn_at is None:
        return redirect("eboi:draft", pk=pk)
    if request.method == "POST":
        try:
            filing.bring_up_to_date(found, by=request.user)
        except Refused as why:
            messages.error(request, str(why))
            return redirect("eboi:renew", pk=pk)
        messages.success(request, _("Twoje odpowiedzi są już w nowej wersji formularza. Sprawdź je i dokończ."))
        return redirect("eboi:draft", pk=pk)
    return render(request, "eboi/renew.html", {"draft": found, **_what_changed(found, timezone.now())})


def _what_changed(found, moment):
    old, version = compiled(found.form_version_id), found.matter.form.current()
    page = {"expires_on": drafts.expires_on(found, moment), "sections": readable(old, found.answers), "version": version}
    if version is None:
        return page
    new = compiled(version.pk)
    again = [(new.questions[code].label, answer_in_words(old.questions[code], found.answers.get(code), answers=found.answers))
             for code in filing.to_answer_again(old, new, found.answers) if code in old.questions]  # fmt: skip
    return {**page, "changes": difference(old, new), "again": again}


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, pk):
    found = _draft(request, pk)
    if _is_filed(found):
        return redirect("eboi:filed", pk=pk)
    if request.method == "POST":
        filing.discard_draft(found, by=request.user)
        messages.success(request, _("Szkic usunięty."))
        return redirect("eboi:home")
    return render(request, "eboi/discard.html", {"draft": found})


@keeps_typed
@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    """„Sprawdź odpowiedzi”. Each showing of the page gives a new one-time key (D2); sending asks for a second step (S9)."""
    moment = timezone.now()
    if request.method == "POST":
        return submit(request, pk, moment)
    found = _draft(request, pk)
    return _elsewhere(found) or _review(request, found, moment)


def _review(request, found, moment, *, error="", status=200):
    definition = compiled(found.form_version_id)
    checked = _checked(found, moment)
    page = {
        "draft": found, "definition": definition, "error": error, "key": uuid.uuid4(),
        "sections": readable(definition, found.answers, checked.computed), "missing": list(_missing(found, definition, checked.errors)),
        "fees": [(definition.questions[code].label, computed) for code, computed in checked.computed.items()],
        "fee_codes": list(checked.computed), "duties": duties.due(found.matter_id, checked.answers, timezone.localdate(moment)), "may_file": may_file(request),
        "is_confirmed": found.is_confirmed, "terms": _card_of(found, moment),
        "strong_url": f"{reverse('strong_sign_in')}?next={reverse('eboi:review', args=[found.pk])}",
    }  # fmt: skip
    return render(request, "eboi/review.html", page, status=status)


def _missing(found, definition, errors):
    for code, message in errors.items():
        url = reverse("eboi:page", args=[found.pk, definition.page_of(code).code])
        yield {"text": f"{definition.questions[code].label}: {message}", "url": f"{url}?z=sprawdz#id_{code}"}


def submit(request, pk, moment):
    """PRG: the receipt page comes after commit. A repeat leads to the same receipt; another body under the key is a 409."""
    if not may_file(request):
        _draft(request, pk)  # a stranger learns nothing, not even that a second step would be asked
    return _submit(request, pk, moment)


@strong_sign_in_required
def _submit(request, pk, moment):
    """The verb alone reads the draft, under its lock. Whatever it refuses leads through `_draft`, so a stranger sees 404."""
    key, revision = _uuid(request.POST.get("key")), request.POST.get("revision", "")
    if key is None or not revision.isdecimal():
        return _review(request, _draft(request, pk), moment)
    method = receipts.how_signed_in(authentication_records(request))
    try:
        filing.submit(
            Submission(pk=pk), by=request.user, key=key, revision=int(revision[:9]), sign_in_method=method, moment=moment
        )
    except KeyReused as why:
        return render(request, "eboi/reused.html", {"why": str(why), "draft": _draft(request, pk)}, status=409)
    except filing.AlreadyFiled as why:
        messages.info(request, str(why))
    except filing.FormWithdrawn as why:
        messages.info(request, str(why))
        return redirect("eboi:renew", pk=pk)
    except filing.Incomplete:
        return _review(request, _draft(request, pk), moment)
    except Refused as why:
        return _review(request, _draft(request, pk), moment, error=str(why), status=409)
    return redirect("eboi:filed", pk=pk)


def _uuid(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
