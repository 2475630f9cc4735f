"""My payments: what is owed, how to pay it and what came in. Everything is found through `Payment.objects.of(user)`."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from payments import rules, zbp
from payments.models import Entry, Payment, in_fours
from payments.statuses import PaymentStatus

PAGE = 25
TONES = {PaymentStatus.DUE: "warn", PaymentStatus.PAID: "good", PaymentStatus.CANCELLED: "neutral"}


def _mine(request, pk):
    return get_object_or_404(Payment.objects.of(request.user).select_related("account").with_received(), pk=pk)


@login_required
@require_safe
def mine(request):
    """What is due first, the rest with the newest on top."""
    payments = Payment.objects.of(request.user).with_received().due_first()
    page = Paginator(payments, PAGE).get_page(request.GET.get("page"))
    rows = [{"payment": one, "tone": TONES[PaymentStatus(one.status)], "owed": rules.outstanding(one)} for one in page]
    shown = {"page": page, "rows": rows, "today": timezone.localdate(), "due_sum": Payment.objects.of(request.user).owed_in_all()}
    return render(request, "payments/mine.html", shown | {"pays_online": rules.pays_online()})


@login_required
@require_safe
def payment(request, pk):
    found = _mine(request, pk)
    page = {
        "payment": found, "account": found.account, "number": in_fours(found.account.number), "today": timezone.localdate(),
        "received": rules.received(found), "owed": rules.outstanding(found), "surplus": rules.surplus(found),
        "transfer_title": rules.transfer_title(found), "code": rules.transfer_code(found),
        "entries": found.entries.all(), "kinds": Entry.Kind, "pays_online": rules.pays_online(), "key": str(found.pk),
    }  # fmt: skip
    return render(request, "payments/payment.html", page)


@login_required
@require_safe
def code_svg(request, pk):
    return _picture(zbp.svg(_code(request, pk)), "image/svg+xml")


@login_required
@require_safe
def code_png(request, pk):
    """To keep in the gallery of the phone on which the bank's app is: it can not photograph its own screen."""
    answer = _picture(zbp.png(_code(request, pk)), "image/png")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="kod-przelewu.png")
    return answer


def _code(request, pk):
    """404 when nothing is owed, or when the code can not say the sum."""
    code = rules.transfer_code(_mine(request, pk))
    if code is None:
        raise Http404
    return code


def _picture(content, media_type):
    """The sum changes with the ledger, so nobody keeps the picture."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer
