"""The way to a card, screen by screen: for whom, what is asked, papers and the photo."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.kept import forget_typed, keeps_typed, typed_before
from office.transitions import Refused
from resident_card import conditions, rules, steps
from resident_card.actions import applying
from resident_card.forms.applying import FORMS
from resident_card.models import Membership, PackageType
from resident_card.views.of_age import of_age_first
from resident_card.views.sending import revision_of
from resident_card.views.sent import FORM_METHODS, is_draft, mine, told_beside


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
    found, moment = mine(request, pk), timezone.now()
    day = timezone.localdate(moment)
    policy = rules.policy(day)
    asked = steps.steps_of(found, policy, day)
    if not is_draft(found) or code not in asked:
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
    keep = {"revision": revision_of(request), "by": request.user, "moment": moment}
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
            told_beside(form, kind, partial(applying.add_document, found, kind, upload, by=request.user, moment=moment))
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
        told_beside(form, "photo", partial(applying.send_photo, found, upload, by=request.user, moment=moment))
    elif steps.photo_of(found) is None:
        form.add_error("photo", _("Wybierz zdjęcie."))
    return _show(request, found, "zdjecie", asked, form, status=422) if form.errors else _go(request, found, "zdjecie")


FILES = {"dokumenty": _documents, "zdjecie": _photo}
