"""What was filed: the receipt that could be framed, its PDF, the content for keeping, and the public check of a receipt."""

import json

from allauth.core.internal.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.decorators import strong_sign_in_required
from eboi import receipts
from eboi.actions import duties
from eboi.deadlines import last_day
from eboi.forms import VerifyForm
from eboi.models import Submission
from office.working_days import Calendar
from schemas.definition import compiled
from schemas.readable import readable

VERIFY_BUDGET = {"verify": "30/m/ip,300/d/ip"}  # S46


def _filed(request, pk):
    mine = Submission.objects.of(request.user).filed()
    return get_object_or_404(
        mine.select_related("matter", "receipt", "letter__case", "person", "form_version__definition"), pk=pk
    )


@login_required
@require_safe
def filed(request, pk):
    """The confirmation: number, what happens now, by when, how to come back."""
    found = _filed(request, pk)
    page = {
        "submission": found, "receipt": found.receipt, "body": found.receipt.body, "letter": found.letter,
        "received": receipts.exact_moment(found.receipt.body["received_at"]["warsaw"]),
        "sections": readable(compiled(found.form_version_id), found.answers, found.computed),
        "is_declared": found.identity_level == "declared", "due_on": _due_on(found), "portal_url": settings.PORTAL_URL,
        "duties": duties.of_submissions([found.pk]), "today": timezone.localdate(),
        "attached": receipts.attachments_of(found),
    }  # fmt: skip
    return render(request, "eboi/filed.html", page)


def _due_on(found):
    """By when, as the term of the service card says; a call or a suspension may move it later."""
    received = timezone.localdate(found.received_at)
    card = found.matter.terms.valid_on(received).order_by("-valid_from").first()
    return last_day(received, card.term_count, card.term_unit, calendar=Calendar.of_office()) if card else None


@login_required
@require_safe
def receipt_pdf(request, pk):
    found = _filed(request, pk)
    return _download(receipts.pdf(found.receipt), "application/pdf", f"upo-{_slug(found)}.pdf")


@strong_sign_in_required
@require_safe
def content(request, pk):
    """The filed content as it was hashed, with the salt, so that its owner can prove it to anyone. Holds the whole PESEL (S9)."""
    found = _filed(request, pk)
    salt = bytes(found.receipt.salt).hex()
    whole = {"salt": salt, "payload": json.loads(receipts.payload(found)), "sha256": found.receipt.body["payload"]["sha256"]}
    text = json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True)
    return _download(text.encode(), "application/json", f"zgloszenie-{_slug(found)}.json")


@login_required
@require_safe
def receipt_qr(request, pk):
    """The code of the receipt as a picture of our own address."""
    return HttpResponse(receipts.qr_svg(_filed(request, pk).receipt), content_type="image/svg+xml")


def _slug(found):
    return found.letter.rpw.replace("/", "-").lower()


def _download(content, media_type, name):
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def verify(request):
    """Open to everyone: is this receipt ours? Shows no content, says the same of an unknown number as of a wrong hash."""
    form = VerifyForm(request.GET if {"numer", "skrot"} & request.GET.keys() else None)
    result = None
    is_asked = form.is_bound and form.is_valid()
    if is_asked:
        if answer := consume_or_429(request, app="eboi", action="verify", config=VERIFY_BUDGET, limit_get=True):
            return answer
        result = receipts.verify(form.cleaned_data["numer"], form.cleaned_data["skrot"])
    return render(request, "eboi/verify.html", {"form": form, "result": result, "is_asked": is_asked})
