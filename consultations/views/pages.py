"""The list of consultations, the page of one, its materials."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import search, visible
from consultations.models import Consultation, Material
from consultations.story import left_tone, public_story, seconds_until_change, stage_of, time_left
from office.files import open_for_clerk
from office.models import StoredFile
from office.transitions import Refused
from ui.visitors import same_for_visitors

PAGE = 20


@require_safe
@same_for_visitors
def home(request):
    """What is asked now, first; then what will be, what is read, what is finished. A search that needs no diacritics.

    Drawn at most once in half a minute for everybody, signed in or not, and anew at the moment when one opens or closes.
    """
    question = request.GET.get("q", "").replace("\0", "").strip()[:100]
    stage = request.GET.get("stan", "") if request.GET.get("stan") in search.STAGES else ""
    drawn = visible.drawn(request, "consultations/home_body.html", "", lambda: (_listed(request, question, stage), []))
    response = render(request, "consultations/home.html", {"drawn": drawn.html})
    response.stays_true = max(0, drawn.seconds_left)
    return response


def _listed(request, question, stage):
    change, now = search.next_change()
    found = search.listed(question, stage) if question else search.Unsearched(stage)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate(now)
    stages = [(code, words, code == stage) for code, words in search.stages_in_words()]
    return {
        "question": question, "stage": stage, "stages": stages, "page": page, "rows": [_row(one, today) for one in page],
        "stays_true": seconds_until_change([change], now),
    }  # fmt: skip


def _row(consultation, today):
    word, tone = stage_of(consultation)
    return {
        "consultation": consultation, "word": word, "tone": tone, "left": time_left(consultation, today),
        "left_tone": left_tone(consultation, today), "is_open": consultation.phase == "open",
    }  # fmt: skip


@require_safe
@same_for_visitors
def consultation(request, slug):
    """One consultation, understood in a minute. Kept for visitors only until it opens, closes or the day ends."""
    story = public_story(slug)
    if story is None:
        raise Http404
    response = render(request, "consultations/consultation.html", {"story": story, "consultation": story.consultation})
    response.stays_true = story.seconds_unchanged
    return response


@require_safe
def material(request, slug, pk):
    """Public with its consultation, once a scan found it clean; the page does not link to it earlier."""
    here = Material.objects.filter(pk=pk, consultation__in=Consultation.objects.public().filter(slug=slug))
    stored = get_object_or_404(StoredFile.objects.filter(Exists(here.filter(file=OuterRef("pk")))))
    try:
        return open_for_clerk(stored)
    except (Refused, FileNotFoundError):
        raise Http404 from None
