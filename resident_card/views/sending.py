"""„Sprawdź odpowiedzi”, sending, and the confirmation."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import strong_sign_in_required
from accounts.rules import is_strongly_signed_in
from office.idempotency import KeyReused
from office.transitions import Refused
from resident_card import rules, steps
from resident_card.actions import applying
from resident_card.readable import answers_in_words
from resident_card.views.of_age import of_age_first
from resident_card.views.sent import FORM_METHODS, is_draft, mine


@of_age_first
@FORM_METHODS
def review(request, pk):
    """„Sprawdź odpowiedzi”. Each showing gives a new one-time key; sending asks for a second step (S9)."""
    if request.method == "POST":
        mine(request, pk)  # a stranger learns nothing, not even that a second step would be asked
        return _submit(request, pk)
    found = mine(request, pk)
    return _review(request, found) if is_draft(found) else redirect("resident_card:application", pk=pk)


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
    found, moment = mine(request, pk), timezone.now()
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return _review(request, found)
    try:
        applying.submit(found, by=request.user, key=key, revision=revision_of(request), moment=moment)
    except applying.Incomplete:
        return _review(request, found)
    except (KeyReused, Refused) as why:
        found.refresh_from_db()
        if is_draft(found):
            return _review(request, found, error=str(why), status=409)
        messages.info(request, str(why))
    return redirect("resident_card:sent", pk=pk)


@of_age_first
@require_safe
def sent(request, pk):
    """A confirmation that could be framed: the number, what happens now, by when, how to come back."""
    found = mine(request, pk)
    if not found.mark:
        return redirect("resident_card:application", pk=pk)
    return render(request, "resident_card/applying/sent.html", {"application": found})


def revision_of(request):
    text = request.POST.get("revision", "")
    return int(text[:9]) if text.isdecimal() else -1
