"""A basket: choosing, paying, waiting, done. The page to which the provider leads back only shows; it changes nothing (D6)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept import forget_typed, keeps_typed, typed_before
from office.transitions import Refused
from payments import rules
from payments.actions import checkout as baskets
from payments.confirmation import confirmation_pdf
from payments.forms import BasketForm
from payments.models import Checkout, Payment
from payments.statuses import CheckoutStatus, PaymentStatus


def _mine(request, pk):
    return get_object_or_404(Checkout.objects.of(request.user), pk=pk)


@keeps_typed
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request):
    """Everything due, all of it chosen at first; ?p=… chooses one. A choice made as the session ended is chosen again."""
    due = list(Payment.objects.of(request.user).filter(status=PaymentStatus.DUE).with_received().due_first()[: baskets.MOST])
    kept = typed_before(request)
    chosen = kept.getlist("payments") if kept else request.GET.getlist("p")
    form = BasketForm(due, request.POST if request.method == "POST" else None, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            begun = baskets.begin(form.cleaned_data["payments"], by=request.user, moment=timezone.now())
        except baskets.AlreadyPaying as standing:
            messages.info(request, str(standing))
            return redirect("payments:checkout", standing.checkout.pk)
        except Refused as refused:
            form.add_error("payments", str(refused))
        else:
            forget_typed(request)
            return redirect("payments:checkout", begun.pk)
    page = {"form": form, "due": due, "pays_online": rules.pays_online()}
    return render(request, "payments/basket.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def checkout(request, pk):
    found = _mine(request, pk)
    lines = found.lines.select_related("payment")
    page = {"basket": found, "lines": lines, "pays_online": rules.pays_online()}
    return render(request, "payments/checkout.html", page)


@login_required
@require_safe
def confirmation(request, pk):
    """404 until it is paid."""
    found = _mine(request, pk)
    if found.status != CheckoutStatus.PAID:
        raise Http404
    answer = HttpResponse(confirmation_pdf(found), content_type="application/pdf")
    name = f"potwierdzenie-{found.confirmation.replace('/', '-')}.pdf"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def pay(request, pk):
    """To the provider's page; when it can not be reached, back with the reason."""
    found = _mine(request, pk)
    try:
        return redirect(baskets.connect(found, by=request.user, moment=timezone.now()))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("payments:checkout", found.pk)


@login_required
@require_POST
def give_up(request, pk):
    found = _mine(request, pk)
    try:
        baskets.give_up(found, by=request.user, moment=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("payments:checkout", found.pk)
    messages.success(request, _("Przerwane. Możesz wybrać płatności jeszcze raz albo zapłacić przelewem."))
    return redirect("payments:mine")
