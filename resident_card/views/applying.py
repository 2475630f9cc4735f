"""The room's front page and the way to a card: screens, „Sprawdź odpowiedzi”, sending, what happens next, mending."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import strong_sign_in_required
from accounts.kept import forget_typed, keeps_typed, typed_before
from accounts.rules import is_strongly_signed_in
from office.files import open_for_owner
from office.idempotency import KeyReused
from office.transitions import Refused
from resident_card import conditions, rules, steps
from resident_card.actions import applying
from resident_card.forms.applying import FORMS, CorrectionForm
from resident_card.models import Application, Membership, PackageType
from resident_card.readable import answers_in_words, progress_of, status_sentence, tone_of
from resident_card.statuses import LIVE, ApplicationStatus
from resident_card.views.of_age import of_age_first

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def _mine(request, pk) -> Application:
    mine = Application.objects.of(request.user).select_related("package", "person", "applicant", "dwelling__address")
    return get_object_or_404(mine, pk=pk)


def _is_draft(application):
    return application.status == ApplicationStatus.DRAFT


# Beginning


@of_age_first
@FORM_METHODS
def apply(request, code="mieszkanca"):
    """For whom. Whoever has begun before goes on with that (R5)."""
    package = get_object_or_404(PackageType, code=code, grant=PackageType.Grant.REQUESTED, is_offered=True)
    if request.method == "POST":
        return _begin(request, package)
    children = _children_of(request.person) if package.condition != PackageType.Condition.LARGE_FAMILY else []
    return render(request, "resident_card/applying/apply.html", {"package": package, "children": children})


def _begin(request, package):
    chosen, moment = request.POST.get("dla", ""), timezone.now()
    if chosen == "dorosly":
        return redirect(_adults_page())
    person = _chosen(request.person, chosen)
    try:
        draft = applying.open_draft(request.person, package, person=person, moment=moment)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("resident_card:apply_for", code=package.code)
    return redirect("resident_card:application", pk=draft.pk)


def _adults_page():
    """Another adult is invited and applies themselves (1.2)."""
    try:
        return reverse("resident_card:family_invite")
    except NoReverseMatch:
        return reverse("resident_card:home")


def _chosen(applicant, chosen):
    if chosen in ("", "ja"):
        return applicant
    if chosen == "nowe":
        return None
    child = next((one for one in _children_of(applicant) if str(one.pk) == chosen), None)
    if child is None:
        raise Http404
    return child


def _children_of(person):
    families = Membership.objects.standing().filter(person=person, role=Membership.Role.ADMINISTRATOR).values("family")
    children = Membership.objects.standing().filter(family__in=families, role=Membership.Role.CHILD)
    return [one.person for one in children.select_related("person").order_by("person__born_on")]


# The screens


@keeps_typed
@of_age_first
@FORM_METHODS
def step(request, pk, code):
    found, moment = _mine(request, pk), timezone.now()
    day = timezone.localdate(moment)
    policy = rules.policy(day)
    asked = steps.steps_of(found, policy, day)
    if not _is_draft(found) or code not in asked:
        return redirect("resident_card:application", pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[code](
        typed_before(request) if posted is None else posted,
        initial=_initial(found, code),
        application=found,
        day=day,
        policy=policy,
    )
    if posted is None:
        return _show(request, found, code, asked, form)
    if posted.get("go") == "back":
        return _back(found, code, asked)
    if not form.is_valid():
        return _show(request, found, code, asked, form, status=422)
    forget_typed(request)
    if code in FILES:
        return FILES[code](request, found, asked, form, moment)
    return _save(request, found, code, asked, form, moment)


def _initial(found, code):
    stored = found.details.get(code, {})
    if code == "dziecko" and found.person:
        return {**stored, "first_name": found.person.first_name, "last_name": found.person.last_name}
    if code == "dane" and found.applicant.born_on:
        return {"born_on": found.applicant.born_on, **stored}
    return stored or (_home_so_far(found) if code == "adres" else {})


def _home_so_far(found):
    """Nobody types an address that the town hall knows."""
    home = applying.home_of(found.applicant, timezone.localdate())
    return {"street": home.address.street, "number": home.address.number, "flat": home.flat} if home else {}


def _save(request, found, code, asked, form, moment):
    """What another device saved meanwhile is shown beside what was typed here; the next press keeps the latter."""
    answers, typed = form.stored(), form.cleaned_data
    keep = {"revision": _revision(request), "by": request.user, "moment": moment}
    if keep["revision"] != found.revision and found.details.get(code) == answers:
        keep["revision"] = found.revision
    try:
        if code == "dane":
            applying.save_own_data(found, answers, pesel=typed.get("pesel", ""), **keep)
        elif code == "dziecko":
            names = {"first_name": typed["first_name"], "last_name": typed["last_name"]}
            applying.save_child(found, answers, pesel=typed["pesel"], **names, **keep)
        else:
            applying.save_step(found, code, answers, **keep)
    except applying.StaleDraft as why:
        return _show(request, found, code, asked, form, stale=str(why), status=409)
    except Refused as why:
        form.add_error(None, str(why))
        return _show(request, found, code, asked, form, status=409)
    return _go(request, found, code)


def _revision(request):
    text = request.POST.get("revision", "")
    return int(text[:9]) if text.isdecimal() else -1


def _go(request, found, code):
    """On to the next screen that is asked now; from „Sprawdź odpowiedzi” back there, when nothing lacks."""
    if request.POST.get("go") == "later":
        messages.success(request, _("Zapisaliśmy. Wróć, kiedy Ci wygodnie, także na innym urządzeniu."))
        return redirect("resident_card:home")
    day = timezone.localdate()
    policy = rules.policy(day)
    asked = steps.steps_of(found, policy, day)
    lacking = steps.missing(found, policy, day)
    after = asked[asked.index(code) + 1 :] if code in asked else lacking
    next_one = (
        next((one for one in after if one in lacking), None) if request.GET.get("z") == "sprawdz" else next(iter(after), None)
    )
    if next_one is None:
        return redirect("resident_card:review", pk=found.pk)
    return redirect("resident_card:step", pk=found.pk, code=next_one)


def _back(found, code, asked):
    place = asked.index(code)
    if place == 0:
        return redirect("resident_card:home")
    return redirect("resident_card:step", pk=found.pk, code=asked[place - 1])


def _show(request, found, code, asked, form, *, status=200, stale=""):
    page = {
        "application": found, "code": code, "form": form, "place": asked.index(code) + 1, "count": len(asked), "stale": stale,
        "is_first": asked[0] == code, "from_review": request.GET.get("z") == "sprawdz", **_beside(found, code),
    }  # fmt: skip
    return render(request, "resident_card/applying/step.html", page, status=status)


def _beside(found, code) -> dict:
    """What a screen shows besides its form."""
    if code == "rodzina":
        return {"family": conditions.dependants_of(found.applicant, timezone.localdate())}
    if code == "zdjecie":
        return {"photo": steps.photo_of(found)}
    return (
        {"attached": found.files.filter(file__isnull=False).select_related("file").order_by("pk")} if code == "dokumenty" else {}
    )


def _documents(request, found, asked, form, moment):
    """Each file is taken or refused on its own; the good ones stay."""
    if attached := request.POST.get("detach"):
        one = get_object_or_404(found.files, pk=attached if attached.isdecimal() else 0)
        applying.remove_document(one, by=request.user, moment=moment)
        return redirect("resident_card:step", pk=found.pk, code="dokumenty")
    for kind in form.fields:
        for upload in request.FILES.getlist(kind):
            _told_beside(form, kind, partial(applying.add_document, found, kind, upload, by=request.user, moment=moment))
    have = {one.basis for one in found.files.all()}
    if not form.errors and request.POST.get("go") != "stay":
        for kind in [kind for kind in form.fields if kind not in have]:
            form.add_error(kind, _("Dołącz plik: zdjęcie albo skan."))
    if form.errors:
        return _show(request, found, "dokumenty", asked, form, status=422)
    if request.POST.get("go") == "stay":
        return redirect("resident_card:step", pk=found.pk, code="dokumenty")
    return _go(request, found, "dokumenty")


def _photo(request, found, asked, form, moment):
    """A new one, or the one from before."""
    if upload := request.FILES.get("photo"):
        _told_beside(form, "photo", partial(applying.send_photo, found, upload, by=request.user, moment=moment))
    elif steps.photo_of(found) is None:
        form.add_error("photo", _("Wybierz zdjęcie."))
    return _show(request, found, "zdjecie", asked, form, status=422) if form.errors else _go(request, found, "zdjecie")


def _told_beside(form, name, verb):
    """What can not be taken is told beside its box."""
    try:
        verb()
    except ValidationError as error:
        form.add_error(name, error)
    except Refused as why:
        form.add_error(name, str(why))


FILES = {"dokumenty": _documents, "zdjecie": _photo}


# Checking and sending


@of_age_first
@FORM_METHODS
def review(request, pk):
    """„Sprawdź odpowiedzi”. Each showing gives a new one-time key; sending asks for a second step (S9)."""
    if request.method == "POST":
        _mine(request, pk)  # a stranger learns nothing, not even that a second step would be asked
        return _submit(request, pk)
    found = _mine(request, pk)
    return _review(request, found) if _is_draft(found) else redirect("resident_card:application", pk=pk)


def _review(request, found, *, error="", status=200):
    day = timezone.localdate()
    policy = rules.policy(day)
    page = {
        "application": found, "error": error, "key": uuid.uuid4(), "sections": answers_in_words(found, policy, day),
        "missing": steps.missing(found, policy, day), "photo": steps.photo_of(found) if "zdjecie" in steps.steps_of(found, policy, day) else None,
        "is_strong": is_strongly_signed_in(request), "days": policy.decision_working_days,
        "strong_url": f"{reverse('strong_sign_in')}?next={reverse('resident_card:review', args=[found.pk])}",
    }  # fmt: skip
    return render(request, "resident_card/applying/review.html", page, status=status)


@strong_sign_in_required
def _submit(request, pk):
    """PRG: the confirmation comes after commit. A repeat leads to the same one; another body under the key is a 409."""
    found, moment = _mine(request, pk), timezone.now()
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return _review(request, found)
    try:
        applying.submit(found, by=request.user, key=key, revision=_revision(request), moment=moment)
    except applying.Incomplete:
        return _review(request, found)
    except (KeyReused, Refused) as why:
        found.refresh_from_db()
        if _is_draft(found):
            return _review(request, found, error=str(why), status=409)
        messages.info(request, str(why))
    return redirect("resident_card:sent", pk=pk)


@of_age_first
@require_safe
def sent(request, pk):
    """A confirmation that could be framed: the number, what happens now, by when, how to come back."""
    found = _mine(request, pk)
    if not found.mark:
        return redirect("resident_card:application", pk=pk)
    return render(request, "resident_card/applying/sent.html", {"application": found})


# Afterwards


@of_age_first
@require_safe
def application(request, pk):
    """Where it stands, in plain words. A draft goes on at the first screen that is not complete yet."""
    found, day = _mine(request, pk), timezone.localdate()
    if _is_draft(found):
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
    found = _mine(request, pk)
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
            _told_beside(form, name, partial(applying.replace_document, one, upload, by=by, moment=moment))
        elif name == "photo" and "photo" in form.fields:
            _told_beside(form, name, partial(applying.send_photo, found, upload, by=by, moment=moment))
    for name in [name for name in form.fields if name not in request.FILES]:
        form.add_error(name, _("Wybierz nowy plik."))
    if not form.errors:
        _told_beside(form, None, partial(applying.send_again, found, by=by, moment=moment))


@of_age_first
@FORM_METHODS
def withdraw(request, pk):
    """A draft is thrown away, a sent application is taken back."""
    found = _mine(request, pk)
    if found.status not in LIVE:
        return redirect("resident_card:application", pk=pk)
    if request.method == "POST":
        try:
            _end(request, found)
        except Refused as why:
            messages.error(request, str(why))
        return redirect("resident_card:home")
    return render(request, "resident_card/applying/withdraw.html", {"application": found, "is_draft": _is_draft(found)})


def _end(request, found):
    if _is_draft(found):
        applying.discard(found, by=request.user)
        messages.success(request, _("Szkic usunięty."))
    else:
        applying.withdraw(found, by=request.user, moment=timezone.now())
        messages.success(request, _("Wniosek %(mark)s wycofany.") % {"mark": found.mark})


@of_age_first
@require_safe
def file(request, pk, file_pk):
    """S19: a paper or the photo of my own application; a stranger's address is 404."""
    found = _mine(request, pk)
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
