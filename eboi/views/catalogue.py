"""What can be settled through the portal, and where my own matters stand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from eboi import drafts, open_data, search
from eboi.actions import filing
from eboi.models import Case, MatterTerms, MatterType, Submission
from eboi.timeline import short_status, status_sentence, tone_of
from eboi.words import term_length
from office.compiled import compiled
from office.transitions import Refused
from residents.views import person_required
from ui.visitors import same_for_visitors
from ui.words import long_date

PAGE = 20


@require_safe
@same_for_visitors
def home(request):
    """My matters first, then everything that can be settled, with a search that needs no diacritics."""
    question = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = search.matters(question)
    page = {"question": question, "matters": found, "themes": [] if question else _by_theme(found)}
    if request.user.is_authenticated:
        page |= _mine(request.user, timezone.now(), request.GET.get("page"))
    return render(request, "eboi/home.html", page)


def _by_theme(matters):
    """(heading, matters) in the order of the themes; empty ones are left out."""
    under = [(theme.label, [one for one in matters if one.theme == theme]) for theme in MatterType.Theme]
    return [(label, those) for label, those in under if those]


def _mine(user, moment, number):
    begun = list(_begun(account=user.pk))
    days = drafts.kept_days(moment) if begun else None
    page = _page_of_cases(user.pk, number)
    return {
        "drafts": [draft for draft in begun if not drafts.is_past(draft, moment, days)],
        "waiting": list(_filed(account=user.pk)),
        "cases": [_row(case) for case in page],
        "cases_page": page,
        "today": timezone.localdate(moment),
    }


@compiled
def _begun(*, account: int) -> QuerySet[Submission]:
    told = ("status", "started_at", "saved_at", "matter__name")
    return Submission.objects.of(account).drafts().select_related("matter").only(*told).order_by("-saved_at")


@compiled
def _filed(*, account: int) -> QuerySet[Submission]:
    """Filed and not yet a case."""
    told = ("status", "received_at", "matter__name", "letter__year", "letter__number")
    waiting = Submission.objects.of(account).filed().filter(letter__case__isnull=True)
    return waiting.select_related("matter", "letter").only(*told).order_by("-received_at")


def _cases(account) -> QuerySet[Case]:
    mine = Case.objects.of(account).with_term().select_related("matter")
    return mine.only("mark", "status", "matter__name").order_by("-opened_at", "pk")


@compiled
def _newest(*, account: int) -> QuerySet[Case]:
    """A page and one: who has no more needs no counting."""
    return _cases(account)[: PAGE + 1]


def _page_of_cases(account, number):
    newest = list(_newest(account=account))
    return Paginator(newest if len(newest) <= PAGE else _cases(account), PAGE).get_page(number)


def _row(case):
    return {
        "case": case,
        "text": f"{case.mark}. {status_sentence(case)}",
        "status": short_status(case),
        "tone": tone_of(case),
        "due_on": case.due_on if case.is_active and not case.is_paused else None,
    }


@require_safe
@same_for_visitors
def matter(request, code):
    """The service card (L52): what, who, what for, by when, on what basis, and the data-protection clause before any data (L20)."""
    found = _offered(code)
    draft = None
    if request.user.is_authenticated:
        moment = timezone.now()
        draft = Submission.objects.of(request.user).drafts().filter(matter=found).defer("answers").first()
        draft = None if draft and drafts.has_expired(draft, moment) else draft
    return render(request, "eboi/matter.html", {"matter": found, "terms": found.terms_now[0], "draft": draft, **_card(found)})


def _card(matter):
    terms, today = matter.terms_now[0], timezone.localdate()
    since = {"since": long_date(terms.valid_from), "until": long_date(terms.valid_to) if terms.valid_to else ""}
    return {
        "term": term_length(terms.term_count, terms.term_unit),
        "reckoned": urlencode({"od": today.isoformat(), "ile": terms.term_count, "jednostka": terms.term_unit, "ustawa": "kpa"}),
        "valid": (_("od %(since)s do %(until)s") if terms.valid_to else _("od %(since)s")) % since,
        "version": matter.form.current(),
    }


@require_safe
@cache_control(public=True, max_age=300)
def matters_json(request):
    """The catalogue as data, for other systems and for who wants to compare (L51)."""
    return _as_json(open_data.catalogue(timezone.localdate()))


@require_safe
@cache_control(public=True, max_age=300)
def matter_json(request, code):
    """One card as data, with the fees and terms that were before."""
    found = _offered(code)
    card = open_data.newest_cards(timezone.localdate())[found.pk]
    return _as_json(open_data.matter_twin(found, card, found.terms.order_by("-valid_from")))


def _as_json(content):
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _offered(code):
    """With the service card in force today; a matter without one is not offered."""
    now = MatterTerms.objects.valid_on(timezone.localdate()).order_by("-valid_from")
    matters = MatterType.objects.filter(is_offered=True).select_related("unit", "form")
    found = get_object_or_404(matters.prefetch_related(Prefetch("terms", now, to_attr="terms_now")), code=code)
    if not found.terms_now:
        raise Http404
    return found


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, code):
    """Begin, or go on with what was begun: there is one draft of a matter. Back from sign-in, one presses once more."""
    if request.method != "POST":
        return redirect("eboi:matter", code=code)
    try:
        draft = filing.open_draft(request.person, _offered(code), moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:matter", code=code)
    return redirect("eboi:draft", pk=draft.pk)
