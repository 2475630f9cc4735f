"""Voting on projects: the list, one project, the card, checking and sending it, the result that anybody can count again."""

import secrets

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import ballot_box, budget, drafts, voters
from consultations.actions.pabulib_files import export_lines
from consultations.actions.paper import urn_record
from consultations.models import InstrumentKind, IntegrityLevel
from consultations.sentences import zloty
from consultations.statuses import ConsultationStatus, Phase
from consultations.tally import RULES
from consultations.views import sending
from consultations.views.card_forms import CardForm
from consultations.views.instruments import load, unnamed
from office.transitions import Refused

PAGE = 30
SHOWN_RESULTS = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED)


def _vote(slug, code):
    """A public vote with its rules."""
    found = load(slug, code)
    if found.kind != InstrumentKind.BUDGET or not hasattr(found, "budget"):
        raise Http404
    return found


@require_safe
def projects(request, slug, code):
    vote = _vote(slug, code)
    asked = request.GET.get("q", "").strip()[:100]
    found = vote.projects.order_by("order", "id")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(place__icontains=asked) | Q(code=asked))
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    return render(
        request,
        "consultations/projects.html",
        {**_about(vote), "page": page, "asked": asked, "has_result": _run(vote) is not None},
    )


@require_safe
def project(request, slug, code, project_code):
    vote = _vote(slug, code)
    found = get_object_or_404(vote.projects, code=project_code)
    return render(request, "consultations/project.html", {**_about(vote), "project": found})


def _about(vote):
    consultation = vote.consultation
    return {
        "vote": vote, "consultation": consultation, "rules": vote.budget, "is_open": consultation.phase == Phase.OPEN,
        "is_before": consultation.phase == Phase.BEFORE,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@unnamed
def budget_vote(request, slug, code):
    """The card, then „Sprawdź głos”, then into the box. Nothing is stored between the steps: the page carries the voice."""
    vote = _vote(slug, code)
    obstacle = voters.obstacle(request, vote.consultation, timezone.localdate())
    if request.method != "POST":
        return _card(request, vote, CardForm(instrument=vote), obstacle=obstacle)
    if (vote.consultation.phase != Phase.OPEN and "voice" not in request.POST) or obstacle:
        return redirect(_url("budget_vote", vote))
    if "voice" not in request.POST:
        return _check(request, vote)
    return _posted(request, vote)


def _card(request, vote, form, *, obstacle=None, status=200):
    page = {
        **_about(vote), "form": form, "obstacle": obstacle, "level_words": voters.LEVEL_WORDS[IntegrityLevel(vote.consultation.integrity)],
    }  # fmt: skip
    response = render(request, "consultations/budget_vote.html", page, status=status)
    voters.mark_device(request, response, secure=request.is_secure())
    return response


def _check(request, vote):
    form = CardForm(request.POST, instrument=vote)
    if not form.is_valid():
        return _card(request, vote, form, status=422)
    draft = drafts.Draft(None, form.answers, secrets.token_urlsafe(32))
    return _review(request, vote, draft)


def _review(request, vote, draft, *, ending=None, status=200):
    page = {
        **_about(vote), "survey": vote, "chosen": _chosen(vote, draft.answers), "voice": sending.sealed_voice(vote, draft, draft.answers),
        "ending": ending or sending.ending(request, vote),
    }  # fmt: skip
    return render(request, "consultations/budget_review.html", page, status=status)


def _chosen(vote, answers):
    """The marked projects in the order of the card, with what stands beside each."""
    by_code = {one.code: one for one in budget.on_card(vote)}
    is_ordinal = vote.budget.ballot_type == "ordinal"
    for place, (code, points) in enumerate(answers["votes"], 1):
        beside = _("miejsce %(place)d") % {"place": place} if is_ordinal else points
        yield by_code[code], beside


def _posted(request, vote):
    draft = sending.opened_voice(vote, request.POST.get("voice"))
    if draft is None:
        return redirect(_url("budget_vote", vote))
    if request.POST.get("go") == "change":
        return _card(request, vote, CardForm.filled(vote, draft.answers))
    if request.POST.get("go") == "code":
        ending, status = sending.asked_for_code(request, vote)
        return _review(request, vote, draft, ending=ending, status=status)
    faces, again = sending.proved(request, vote)
    if again is not None:
        return _review(request, vote, draft, ending=again, status=422)
    return _send(request, vote, draft, faces)


def _send(request, vote, draft, faces):
    marks = voters.marks_of(request, timezone.localdate())
    try:
        receipt = ballot_box.accept(vote, token=draft.token, answers=draft.answers, faces=faces, marks=marks)
    except Refused as why:
        page = {
            "survey": vote,
            "consultation": vote.consultation,
            "why": str(why),
            "is_double": isinstance(why, ballot_box.AlreadyVoted),
        }
        return render(request, "consultations/survey_refused.html", page, status=409)
    return redirect(f"{_url('survey_sent', vote)}?p={receipt.commitment_hex}")


def _url(name, vote):
    return reverse(f"consultations:{name}", args=[vote.consultation.slug, vote.code])


# The result


def _run(vote):
    """The count that decides, once the town has announced it."""
    is_shown = vote.consultation.status in SHOWN_RESULTS or vote.consultation.interim_results_open
    return vote.tallies.filter(is_what_if=False).order_by("-at").first() if is_shown else None


@require_safe
def budget_result(request, slug, code):
    vote = _vote(slug, code)
    run = _run(vote)
    if run is None:
        return render(request, "consultations/budget_waiting.html", _about(vote))
    what_ifs = {one.rule: one for one in vote.tallies.filter(is_what_if=True).order_by("at")}
    last = vote.batches.order_by("-number").first()
    page = {
        **_about(vote), "run": run, "rows": _rows(vote, run), "winners": len(run.result["winners"]), "left": zloty(run.result["left"]), "head": last.head if last else "",
        "draws": vote.draws.all(), "what_ifs": [(_(RULES[one.rule].name), _rows(vote, one, only_winners=True)) for one in what_ifs.values()],
        "urn": urn_record(vote) if vote.urn_sessions.exists() else None,
    }  # fmt: skip
    return render(request, "consultations/budget_result.html", page)


@require_safe
def budget_file(request, slug, code):
    """The ballots as anybody may count them: a Pabulib file without exact ages, once the result is announced."""
    vote = _vote(slug, code)
    if _run(vote) is None:
        raise Http404
    response = StreamingHttpResponse(export_lines(vote, profile="public"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{vote.consultation.slug}.pb"'
    return response


def _rows(vote, run, *, only_winners=False):
    by_code = {one.code: one for one in vote.projects.all()}
    shows_points = vote.budget.ballot_type not in ("approval", "choose-1")
    steps = [step for step in run.result["steps"] if not only_winners or step["outcome"] == "won"]
    most = max((_worth(step, shows_points) for step in steps), default=0) or 1
    return [
        {
            "project": by_code.get(step["project"]), "won": step["outcome"] == "won", "score": _worth(step, shows_points),
            "votes": step["votes"], "share": round(100 * _worth(step, shows_points) / most), "reason": step["reason"], "after": step["after"],
        }
        for step in steps
    ]  # fmt: skip


def _worth(step, shows_points):
    points = step["points"]
    return step["votes"] if not shows_points else int(str(points).split("/")[0]) // int(str(points).partition("/")[2] or 1)
