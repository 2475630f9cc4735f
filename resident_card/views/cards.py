"""My card: on the phone, in plastic, blocked. A parent finds the cards of their children through `rules.in_care_of`; nobody else's.

Who came of age decides first about the family account (R20); only blocking waits for nothing.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import recent_sign_in_required, strong_sign_in_required
from office import files
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import media, plastic
from resident_card.face import accepted_photo, face_of
from resident_card.forms.cards import BlockForm, DuplicateForm, TieForm
from resident_card.models import CardMedium, PlasticOrder
from resident_card.statuses import MediumStatus
from resident_card.views.of_age import settled_first
from residents.models import Person

MINE = "resident_card:card_of"


def _cared_for(request):
    return rules.in_care_of(request.user, timezone.localdate())


def _person(request, pk) -> Person:
    return get_object_or_404(_cared_for(request), pk=pk)


@login_required
@settled_first
@require_safe
def my_card(request):
    """The signed-in person's card, or what to do to have one."""
    people = list(_cared_for(request).order_by("born_on"))
    mine = next((one for one in people if one.account_id == request.user.pk), None)
    return _card_page(request, mine, people)


@login_required
@settled_first
@require_safe
def card_of(request, pk):
    people = list(_cared_for(request).order_by("born_on"))
    person = next((one for one in people if one.pk == pk), None)
    if person is None:
        raise Http404
    return _card_page(request, person, people)


def _card_page(request, person, people):
    face = face_of(person, timezone.localdate()) if person else None
    page = {
        "person": person, "face": face, "others": [one for one in people if one != person],
        "is_mine": person is not None and person.account_id == request.user.pk, "form": TieForm(),
        **(_plastic_of(face) if face else {}),
    }  # fmt: skip
    return render(request, "resident_card/cards/card.html", page)


def _plastic_of(face):
    """What the page says of the plastic card: the one in hand, the one on its way."""
    plastics = [one for one in face.media if one.kind == CardMedium.Kind.PLASTIC]
    apps = [one for one in face.media if one.kind == CardMedium.Kind.APP]
    live = {one.status: one for one in reversed(plastics)}
    return {
        "plastic": live.get(MediumStatus.ACTIVE),
        "ordered": next((live[status] for status in plastic.OPEN if status in live), None),
        "is_first": not any(one.status != MediumStatus.CANCELLED for one in plastics),
        "blocked": next((one for one in face.media if one.status == MediumStatus.BLOCKED), None), "had_app": bool(apps),
    }  # fmt: skip


@login_required
@require_safe
def photo(request, pk):
    """The accepted photo, for its owner's own card; 404 while there is none."""
    found = accepted_photo(_person(request, pk))
    if found is None:
        raise Http404
    return files.response(found.file)


@strong_sign_in_required
@settled_first
@require_POST
def tie(request, pk):
    """This phone from now on signs for the card; a phone tied before stops."""
    person, form = _person(request, pk), TieForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(MINE, pk)
    return _done(
        request, pk, _("Ten telefon pokazuje teraz kartę."), media.tie_phone, person, **form.cleaned_data, by=request.user,
        moment=timezone.now(),
    )  # fmt: skip


@strong_sign_in_required
@settled_first
@require_POST
def new_card(request, pk):
    """A new number after a block."""
    person, done = _person(request, pk), _("Masz nową kartę z nowym numerem.")
    return _done(request, pk, done, media.make_new_card, person, by=request.user, moment=timezone.now())


def _done(request, pk, words, verb, *args, **given):
    """To the card, with what the verb did or why it refused."""
    try:
        verb(*args, **given)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect(MINE, pk)


@login_required
@recent_sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request, pk):
    """One card, or all cards of its holder, also of an adult who agreed (3.4). Asks once, because there is no way back."""
    may_block = rules.may_be_blocked_by(request.user, timezone.localdate())
    medium = get_object_or_404(CardMedium.objects.select_related("person"), pk=pk, person__in=may_block)
    is_cared_for = _cared_for(request).filter(pk=medium.person_id).exists()
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "moment": timezone.now(), **form.cleaned_data}
        done = _("Karta jest zablokowana. Nikt jej już nie użyje.")
        shown = _done(request, medium.person_id, done, media.block, medium, **given)
        return shown if is_cared_for else redirect("resident_card:family")
    page = {"medium": medium, "form": form, "is_cared_for": is_cared_for, "is_active": medium.status == MediumStatus.ACTIVE}
    return render(request, "resident_card/cards/block.html", page)


@strong_sign_in_required
@settled_first
@require_http_methods(["GET", "HEAD", "POST"])
def order_plastic(request, pk):
    """The first card by one button; a duplicate after its reason, with the fee told before."""
    person = _person(request, pk)
    is_first = plastic.may_be_first(person)
    form = DuplicateForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and (is_first or form.is_valid()):
        reason = PlasticOrder.Reason.FIRST if is_first else form.cleaned_data["reason"]
        try:
            order = plastic.order(person, reason=reason, by=request.user, moment=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("payments:payment", order.payment_id) if order.payment_id else redirect(MINE, pk)
    fee = rules.policy(timezone.localdate()).duplicate_fee_grosze
    page = {"person": person, "form": form, "is_first": is_first, "fee": fee, "refusal": refusal}
    return render(request, "resident_card/cards/plastic.html", page, status=409 if refusal else 200)


@strong_sign_in_required
@require_POST
def cancel_plastic(request, pk):
    """Of the order, before money came."""
    order = get_object_or_404(
        PlasticOrder.objects.select_related("medium__person", "payment"), pk=pk, medium__person__in=_cared_for(request)
    )
    given = {"by": request.user, "moment": timezone.now()}
    return _done(request, order.medium.person_id, _("Zamówienie karty jest anulowane."), plastic.cancel, order, **given)
