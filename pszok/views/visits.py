"""A visit on the gate's screen: what was brought, one line a page, the summary, the receipt. HTTP only."""

import json
from dataclasses import asdict, dataclass, replace
from uuid import UUID, uuid4

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office.compiled import compiled
from office.idempotency import KeyReused
from office.transitions import Refused
from pszok import limits as quotas
from pszok.actions import closing, visits
from pszok.actions.closing import Over, OverLimit
from pszok.forms.gate import LineForm, RefusalForm
from pszok.lines import MEASURES, BadLine, Line, cut, guard, read_lines
from pszok.models import Fraction, Visit, VisitLine, WasteCode
from pszok.statuses import VisitStatus
from pszok.views.gate import face_token
from pszok.views.shifts import at_gate
from ui.addresses import address_of


def _visit(gate, pk) -> Visit:
    """A visit of this point; of another one 404."""
    found = next(_at_point(point=gate.device.point_id, pk=pk), None)
    if found is None:
        raise Http404
    return found


@compiled
def _at_point(*, point: int, pk: UUID):
    return Visit.objects.filter(point=point, pk=pk).select_related("dwelling__address", "person", "medium")


def _open(gate, pk) -> Visit | None:
    visit = _visit(gate, pk)
    return visit if visit.status == VisitStatus.OPEN else None


def _over(pk):
    """A page of a visit that is over leads to its end."""
    return redirect("pszok:gate_receipt", pk=pk)


@at_gate
@require_safe
def visit(request, gate, pk):
    """Who came, what is left of the limits, what is written down already, and the fractions to choose from."""
    found = _open(gate, pk)
    if found is None:
        return _over(pk)
    if found.person:
        visits.record_view_once(found, gate=gate)
    fractions = list(Fraction.objects.all())
    context = {
        "gate": gate, "visit": found, "face": face_token(found.person, gate) if found.person else "",
        "balances": quotas.balances_of(found.dwelling, found.rules_on), "lines": _shown(read_lines(found.draft)),
        "fractions": [one for one in fractions if one.is_accepted], "never": [one for one in fractions if not one.is_accepted],
    }  # fmt: skip
    return render(request, "pszok/gate/visit.html", context)


def _shown(lines: list[Line]) -> list[dict]:
    """Lines with their codes and fractions, in one query."""
    codes = {code.pk: code for code in WasteCode.objects.filter(pk__in={line.code for line in lines}).select_related("fraction")}
    return [{"line": line, "code": codes.get(line.code), "place": place} for place, line in enumerate(lines)]


@at_gate
@require_http_methods(["GET", "POST"])
def line(request, gate, pk, fraction):
    """One fraction: balance first, then code and amounts. What goes over a limit is offered up to the remainder (R59)."""
    found = _open(gate, pk)
    if found is None:
        return _over(pk)
    place = _place(request, found)
    codes = list(WasteCode.objects.valid_on(found.rules_on).filter(fraction__code=fraction).select_related("fraction"))
    if not codes:
        raise Http404
    balances = quotas.balances_of(found.dwelling, found.rules_on, codes[0].fraction)
    page = {"gate": gate, "visit": found, "fraction": codes[0].fraction, "balances": balances, "place": place}
    options = {"codes": codes, "limited": {balance.limit.measure for balance in balances}}
    if request.method == "POST":
        return _typed(request, page, LineForm(request.POST, **options))
    form = LineForm(initial=_initial(request, found, place), **options)
    return _line_page(request, page, form, _over_of(page, _as_line(form)) if place is not None else None)


def _place(request, found):
    text = request.POST.get("pozycja") or request.GET.get("pozycja") or ""
    return int(text) if text.isascii() and text.isdigit() and int(text) < len(found.draft) else None


def _initial(request, found, place):
    """What stands in the draft, or what was typed before the shift ended."""
    asked = {name: value for name, value in request.GET.items() if name in LineForm.base_fields}
    return {**(found.draft[place] if place is not None else {}), **asked}


def _as_line(form) -> Line:
    known = {name: value for name, value in form.initial.items() if name in Line.__dataclass_fields__ and type(value) is not str}
    return Line(**{"fraction": form.fraction, "code": form.codes[0].pk, **known})


def _typed(request, page, form):
    if not form.is_valid():
        return _line_page(request, page, form, status=422)
    typed = form.line()
    over = _over_of(page, typed)
    if over and "rest" in request.POST:
        typed, over = cut(typed, over.left), None
        form = LineForm(
            {**request.POST.dict(), **_as_data(typed)}, codes=form.codes, limited={b.limit.measure for b in page["balances"]}
        )
        form.is_valid()
    elif over and over.grosze and request.POST.get("surplus") == str(over.grosze):
        typed, over = replace(typed, surplus_grosze=over.grosze), None
    try:
        guard(
            typed,
            next((code for code in form.codes if code.pk == typed.code), None),
            [balance.limit for balance in page["balances"]],
        )
    except BadLine as bad:
        form.add_error(bad.field if bad.field in form.fields else None, str(bad))
    if form.errors or over:
        return _line_page(request, page, form, over, status=422)
    try:
        visits.keep_line(page["visit"], typed, place=page["place"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _line_page(request, page, form, status=409)
    return redirect("pszok:gate_summary" if "end" in request.POST else "pszok:gate_visit", pk=page["visit"].pk)


def _as_data(typed: Line) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in asdict(typed).items() if type(value) is not bool}


@dataclass(frozen=True)
class TooMuch:
    """What may be done with a line over its limits: by measure what is `left`; `grosze` to pay for the rest, 0 where it is not taken."""

    left: dict[str, int]
    charge: Over | None

    @property
    def grosze(self) -> int:
        return self.charge.grosze if self.charge else 0

    @property
    def offers(self) -> list[dict]:
        return [{"measure": measure, "left": left} for measure, left in self.left.items()]

    @property
    def is_nothing_left(self) -> bool:
        return not all(self.left.values())


def _over_of(page, typed: Line) -> TooMuch | None:
    """Where the line asks for more than there is; lines of the same visit count as used already. Paying is for who came with a card:
    a payment is somebody's."""
    others = [one for at, one in enumerate(read_lines(page["visit"].draft)) if at != page["place"]]
    try:
        closing.guard_room(page["visit"], [*others, typed])
    except OverLimit as over:
        if left := over.left_of(len(others)):
            return TooMuch(left, over.charge_of(len(others)) if page["visit"].person_id else None)
    return None


def _line_page(request, page, form, over: TooMuch | None = None, status=200):
    return render(request, "pszok/gate/line.html", {**page, "form": form, "over": over}, status=status)


@at_gate
@require_http_methods(["GET", "POST"])
def drop_line(request, gate, pk, place):
    """After a PIN in between nothing is dropped; the visit is shown and the operator presses again."""
    found = _visit(gate, pk)
    try:
        if request.method == "POST":
            visits.drop_line(found, place)
    except Refused:
        return _over(pk)
    return redirect("pszok:gate_visit", pk=pk)


@at_gate
@require_http_methods(["GET", "POST"])
def summary(request, gate, pk):
    """What will be posted, as it will be posted: the lines travel with the form, so nobody closes what they have not seen (R69)."""
    if request.method == "POST":
        return _closed(request, gate, pk)
    found = _visit(gate, pk)
    if found.status != VisitStatus.OPEN:
        return _over(pk)
    return _summary(request, gate, found, read_lines(found.draft), uuid4())


def _closed(request, gate, pk):
    """The visit is read where it is locked; once more only when there is something to show."""
    lines, key = [], uuid4()
    try:
        lines, key = _posted(request)
        closing.close(pk, lines, key, gate=gate, moment=timezone.now())
    except Visit.DoesNotExist:
        raise Http404 from None
    except OverLimit as over:
        return _summary(request, gate, _visit(gate, pk), lines, key, over=over, status=409)
    except KeyReused as reused:
        return _summary(request, gate, _visit(gate, pk), lines, key, refusal=str(reused), status=409)
    except Refused as refused:
        found = _visit(gate, pk)
        return _summary(request, gate, found, read_lines(found.draft), uuid4(), refusal=str(refused), status=409)
    return HttpResponseRedirect(address_of("pszok:gate_receipt", pk))


def _posted(request) -> tuple[list[Line], UUID]:
    try:
        return read_lines(json.loads(request.POST.get("lines", ""))), UUID(request.POST.get("key", ""))
    except ValueError:
        raise Refused(_("Tego podsumowania nie da się odczytać. Sprawdź pozycje i zakończ jeszcze raz.")) from None


def _summary(request, gate, found, lines, key, *, over=None, refusal="", status=200):
    shown = _shown(lines)
    context = {
        "gate": gate, "visit": found, "lines": shown, "key": key, "body": json.dumps([one.as_json() for one in lines]),
        "overs": over.overs if over else [], "refusal": refusal, "alerts": _alerts(shown), "is_open": found.status == VisitStatus.OPEN,
        "is_any_taken": any(not one.is_turned_away for one in lines), "to_pay": sum(one.surplus_grosze or 0 for one in lines),
    }  # fmt: skip
    return render(request, "pszok/gate/summary.html", context, status=status)


def _alerts(shown) -> list[str]:
    """Loads so large that a company may stand behind them; the operator decides (Q9)."""
    sums: dict[Fraction, dict[str, int]] = {}
    for row in shown:
        if row["code"]:
            fraction = sums.setdefault(row["code"].fraction, dict.fromkeys(MEASURES, 0))
            for measure in MEASURES:
                fraction[measure] += row["line"].of(measure)
    return [
        _("%(name)s: %(amount)d %(unit)s to dużo jak na mieszkanie. Zapytaj, skąd pochodzą.") % {"name": one.name, "amount": amounts[m], "unit": unit}
        for one, amounts in sums.items()
        for m, most, unit in (("kg", one.soft_most_kg, "kg"), ("pieces", one.soft_most_pieces, "szt."))
        if most is not None and amounts[m] > most
    ]  # fmt: skip


@at_gate
@require_http_methods(["GET", "POST"])
def refuse(request, gate, pk):
    found = _open(gate, pk)
    if found is None:
        return _over(pk)
    form = RefusalForm(request.POST or None, initial={"why": request.GET.get("why") or request.GET.get("powod", "")})
    if request.method == "POST" and form.is_valid():
        try:
            visits.refuse(found, why=form.cleaned_data["why"], gate=gate, moment=timezone.now())
        except Refused:
            return _over(pk)
        return redirect("pszok:gate_receipt", pk=pk)
    context = {"gate": gate, "form": form, "visit": found, "title": _("Odmowa przyjęcia")}
    return render(request, "pszok/gate/refuse.html", context, status=422 if form.is_bound else 200)


@at_gate
@require_safe
def receipt(request, gate, pk):
    """What was taken and turned away and what is left: to print for who has no account (R64). Names nobody."""
    found = _visit(gate, pk)
    if found.status == VisitStatus.OPEN:
        return redirect("pszok:gate_visit", pk=pk)
    lines = (
        VisitLine.objects.filter(visit=found)
        .select_related("fraction", "code", "surplus__rule", "surplus__payment")
        .order_by("sequence")
    )
    context = {
        "gate": gate, "visit": found, "lines": lines, "refused": found.refused_amounts.select_related("fraction"),
        "balances": quotas.balances_of(found.dwelling, found.rules_on) if found.dwelling and found.status == VisitStatus.CLOSED else [],
        "has_letter": bool(found.person and (found.person.account_id or found.person.email)), "start_url": reverse("pszok:gate"),
    }  # fmt: skip
    return render(request, "pszok/gate/receipt.html", context)
