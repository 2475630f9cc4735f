"""My dues: what, why, how much today, and choosing what to pay. Everything is found through `of(request.user)` (L42)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dues import story
from dues.actions import paying
from dues.models import Import, Instalment, PayerLink, with_postings
from dues.rules import Table
from dues.statuses import ImportStatus
from office.compiled import compiled
from office.transitions import Refused
from payments import rules as till_rules
from payments.actions import checkout
from residents.views import person_required

CHOSEN = "rata"


@person_required
@require_safe
def mine(request):
    """What is owed by kind, with interest to today; nothing linked yet: how to do it."""
    today = localdate()
    lines = story.lines_of(request.person.pk, today, Table.on(today))
    if not lines and not PayerLink.objects.standing().filter(person=request.person).exists():
        return render(request, "dues/unlinked.html")
    page = {
        "groups": story.groups_of(lines), "today": today, "as_of": next(iter(_loaded()), None),
        "owed": sum(one.owed_grosze for one in lines), "late": sum(one.owed_grosze for one in lines if one.is_late),
        "over": sum(one.over_grosze for one in lines), "has_unknown": any(one.interest_grosze is None for one in lines),
    }  # fmt: skip
    return render(request, "dues/mine.html", page)


@compiled
def _loaded() -> QuerySet:
    return Import.objects.filter(status=ImportStatus.LOADED).order_by("-as_of").values_list("as_of", flat=True)[:1]


@person_required
@require_safe
def liability(request, pk):
    """Why: the basis of the calculation, each instalment, what the portal took, what the tax system changed."""
    today = localdate()
    table = Table.on(today)
    lines = story.lines_of_liability(request.user.pk, pk, today, table)
    if not lines:
        raise Http404
    found = lines[0].instalment.liability
    page = {
        "liability": found, "lines": lines, "today": today, "needs_confirmation": table.needs_confirmation,
        "basis_sum": sum(one["grosze"] for one in found.basis), "changes": story.told_changes(found),
        "postings": story.postings_of(found), "is_any_open": any(one.may_be_chosen for one in lines),
    }  # fmt: skip
    return render(request, "dues/liability.html", page)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request):
    """GET shows what the chosen instalments cost today, POST asks the till for it. Instalments of others fall out unseen."""
    chosen = _chosen(request)
    if request.method == "POST":
        return _asked(request, chosen)
    mine = with_postings(Instalment.objects.of(request.user).filter(pk__in=chosen))
    read = mine.select_related("liability__kind", "liability__payer")
    found = paying.basket(read.order_by("due_on", "pk"), localdate())
    if chosen and not found.lines:
        messages.info(request, _("Tu nie ma już nic do zapłaty."))
        return redirect("dues:mine")
    page = {"basket": found, "payments": len(found.by_purpose()), "pays_online": till_rules.pays_online()}
    return render(request, "dues/basket.html", page)


def _chosen(request) -> list[int]:
    given = (request.POST if request.method == "POST" else request.GET).getlist(CHOSEN)
    return [int(one) for one in given[: paying.MOST] if one.isascii() and one.isdigit() and len(one) < 19]


def _asked(request, chosen):
    try:
        return _to_pay(request, paying.ask_to_pay(request.person, chosen=chosen, by=request.user, moment=timezone.now()))
    except Refused as why:
        messages.error(request, str(why))
        return HttpResponseRedirect(_back(chosen))


def _to_pay(request, asked):
    """All in one go where the town takes money online; else to the data of the transfer."""
    if till_rules.pays_online():
        try:
            return redirect("payments:checkout", checkout.begin(asked, by=request.user, moment=timezone.now()).pk)
        except checkout.AlreadyPaying as standing:
            messages.info(request, str(standing))
            return redirect("payments:checkout", standing.checkout.pk)
    if len(asked) > 1:
        messages.info(
            request, _("Wybrane należności idą na różne rachunki, więc są to osobne płatności. Wszystkie czekają tutaj.")
        )
        return redirect("payments:mine")
    return redirect("payments:payment", asked[0].pk)


def _back(chosen) -> str:
    query = urlencode([(CHOSEN, one) for one in chosen])
    return f"{reverse('dues:basket')}?{query}" if query else reverse("dues:mine")
