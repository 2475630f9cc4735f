"""A partner verifies cards: on a phone or at a desk with a reader. Nothing of the holder but validity, photograph, first name and offers (R49)."""

from datetime import timedelta

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office import files
from office.models import ScanState
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import discounts as verbs
from resident_card.actions import partners as invitations
from resident_card.discounts import NoDiscount, discounts_of
from resident_card.forms.partners import CodeForm, PointForm, RedeemForm
from resident_card.models import CardCheck, Offer, PartnerPoint, PartnerUser, Photo, Redemption
from resident_card.pictures import code_in
from resident_card.statuses import PhotoStatus
from resident_card.verification import CardRefused

POINT = "partner_point"  # in the session
BUDGET = {"card_check": "60/m/user"}


def _points(user, day):
    return (
        PartnerPoint.objects.filter(users__in=PartnerUser.objects.of(user).working_on(day)).select_related("partner").distinct()
    )


def _chosen(request, points) -> PartnerPoint | None:
    """The point chosen in this session; the only one needs no choice."""
    found = list(points)
    if len(found) == 1:
        return found[0]
    return next((point for point in found if str(point.pk) == request.session.get(POINT)), None)


@login_required
@require_http_methods(["GET", "POST"])
def verifying(request):
    """Choose a point, show a card. A good one leads to its own page, so that reloading never spends a code twice."""
    now = timezone.now()
    points = _points(request.user, timezone.localdate(now))
    point = _chosen(request, points)
    if point is None:
        return _without_point(request, points, now)
    form = CodeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _shown(request, form, point, now)
    return _page(request, point, now, form, status=422 if form.is_bound else 200)


def _without_point(request, points, now):
    """Nothing is read before it is known where: a form sent from another session first asks for the point."""
    if request.method == "POST" and not points:
        raise PermissionDenied
    is_invited = PartnerUser.objects.waiting_for(request.user).on(timezone.localdate(now)).exists()
    form = PointForm(points=points) if points else None
    return render(request, "resident_card/partners/points.html", {"form": form, "is_invited": is_invited})


def _shown(request, form, point, now):
    if not consume(request, app="resident_card", action="card_check", config=BUDGET):
        form.add_error("code", _("Sprawdzasz karty bardzo szybko. Odczekaj minutę."))
        return _page(request, point, now, form, status=429)
    try:
        text = form.cleaned_data["code"] or code_in(form.cleaned_data["photo"])
        check = verbs.check_card(text, point=point, by=request.user, moment=now)
    except Refused as refused:
        return _page(request, point, now, CodeForm(), refusal=refused, status=422)
    return redirect("resident_card:card_check", pk=check.pk)


def _page(request, point, now, form, *, refusal=None, status=200):
    """`refusal` is the huge no: whether of a card that is not good, or of what is no card."""
    since = now - timedelta(minutes=rules.policy(timezone.localdate(now)).reversal_minutes)
    recent = Redemption.objects.filter(point=point, by=request.user.subject, at__gt=since).select_related("offer")
    page = {
        "point": point, "form": form, "refusal": refusal, "is_no_card": refusal and not isinstance(refusal, CardRefused),
        "recent": recent, "may_choose": len(_points(request.user, timezone.localdate(now))) > 1,
    }  # fmt: skip
    return render(request, "resident_card/partners/verifying.html", page, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def points(request):
    """Choose the point, remembered until the session ends."""
    found = _points(request.user, timezone.localdate())
    if not found:
        return redirect("resident_card:verifying")
    form = PointForm(request.POST or None, points=found, initial={"point": request.session.get(POINT)})
    if not form.is_valid():
        return render(request, "resident_card/partners/points.html", {"form": form}, status=422 if form.is_bound else 200)
    request.session[POINT] = str(form.cleaned_data["point"].pk)
    return redirect("resident_card:verifying")


@login_required
@require_POST
def accept_invitation(request):
    try:
        invitations.accept(request.user, moment=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("resident_card:verifying")


# One card, for ten minutes


def _own_check(request, pk) -> CardCheck:
    has_photo = Exists(_faces().filter(person=OuterRef("medium__person")))
    checks = CardCheck.objects.of(request.user).select_related("medium__person", "point__partner").annotate(has_photo=has_photo)
    return get_object_or_404(checks, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def card_check(request, pk):
    """Yes or no, the face, the first name, the discounts; POST counts one."""
    now = timezone.now()
    check = _own_check(request, pk)
    try:
        found = _guarded_discounts(request.user, check, now)
    except Refused as refused:
        return _refused(request, check, refused)
    page = _page_of_card(check, found, now, request.POST or None)
    if request.method == "POST":
        return _redeemed(request, check, page, now)
    return _answered(request, page)


def _guarded_discounts(user, check, now):
    verbs.guard_fresh(check, now)
    verbs.guard_may_verify(user, check.point, now)
    return discounts_of(check.medium, check.point, timezone.localdate(now))


def _page_of_card(check, found, now, data):
    """What the cashier sees of the holder, and nothing else (R49)."""
    day, person = timezone.localdate(now), check.medium.person
    done = list(_done(check))
    counted = {one.offer.subject.casefold() for one in done}
    waiting = [one for one in found if one.offer.subject.casefold() not in counted]
    form = RedeemForm(
        data, discounts=waiting, is_adult=rules.is_adult(person, day), by_phone=bool(check.nonce), has_photo=check.has_photo,
        card_age=rules.policy(day).card_age,
    )  # fmt: skip
    return {
        "check": check, "point": check.point, "first_name": person.first_name, "has_photo": check.has_photo, "form": form,
        "waiting": waiting, "is_any_open": any(one.is_open for one in waiting), "done": done,
    }  # fmt: skip


def _done(check):
    """What was counted since the card was shown."""
    found = Redemption.objects.filter(point=check.point_id, medium=check.medium_id, at__gte=check.at)
    return found.select_related("offer").order_by("at")


def _redeemed(request, check, page, now):
    form = page["form"]
    if not form.is_valid():
        return _answered(request, page, status=422)
    offer = get_object_or_404(Offer, pk=form.cleaned_data["offer"])
    try:
        verbs.redeem(check, offer, **form.verb_arguments(), by=request.user, moment=now)
    except (CardRefused, NoDiscount, verbs.CheckEnded) as refused:
        return _refused(request, check, refused)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _answered(request, page, status=409)
    return redirect("resident_card:card_check", pk=check.pk)


def _refused(request, check, refused):
    """The huge no. Nothing of the person is shown any more, not even what was a moment ago (R43)."""
    status = 409 if request.method == "POST" else 200
    return _answered(request, {"point": check.point, "refusal": refused, "done": list(_done(check))}, status=status)


def _answered(request, page, status=200):
    return render(request, "resident_card/partners/check.html", page, status=status)


def _faces():
    """Accepted photographs, found clean; none other is ever shown (R23)."""
    return Photo.objects.filter(status=PhotoStatus.ACCEPTED, file__scan_state=ScanState.CLEAN)


@login_required
@require_safe
def face(request, pk):
    """The photograph, for as long as the check is fresh and the card good: never kept by anybody."""
    now = timezone.now()
    check = _own_check(request, pk)
    try:
        _guarded_discounts(request.user, check, now)
        photo = _faces().filter(person=check.medium.person_id).select_related("file").order_by("-reviewed_at").first()
        if photo is None:
            raise Http404
        return files.open_for_clerk(photo.file, as_name="twarz.jpg")
    except Refused:
        raise Http404 from None


@login_required
@require_POST
def undo(request, pk):
    redemption = get_object_or_404(Redemption.objects.filter(point__in=_points(request.user, timezone.localdate())), pk=pk)
    try:
        verbs.undo(redemption, by=request.user, moment=timezone.now())
        messages.success(request, _("Cofnięto. Licznik wrócił."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("resident_card:verifying")
