"""Written voices for everybody: published ones with the town's answers, „Co zrobiliśmy z Waszymi głosami”, a reader's complaint."""

import uuid

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consultations import visible
from consultations.actions import voices as verbs
from consultations.models import Instrument, InstrumentKind, Moderation, Paragraph, Ruling, Voice
from consultations.views.remark_forms import FlagForm
from office.transitions import Refused
from ui.text import clean_text
from ui.visitors import same_for_visitors
from ui.words import counted

PAGE = 20
LONGEST_QUESTION = 100  # characters
FIRST_OF_EACH = 5
FLAG_BUDGET = {"flag": "10/h/ip"}
DONE = {  # what an outcome means for people, in the order of the page
    Ruling.Outcome.ACCEPTED: (gettext_lazy("Zrobimy to"), gettext_lazy("Te głosy uwzględniliśmy w całości."), "good"),
    Ruling.Outcome.PARTLY: (gettext_lazy("Zrobimy część"), gettext_lazy("Te głosy uwzględniliśmy częściowo. Piszemy, co tak, a co nie, i dlaczego."), "info"),
    Ruling.Outcome.COVERED: (gettext_lazy("To już jest w projekcie"), gettext_lazy("O to prosiliście, a projekt już to przewiduje."), "info"),
    Ruling.Outcome.REJECTED: (gettext_lazy("Tego nie zrobimy"), gettext_lazy("Tych głosów nie uwzględniliśmy. Przy każdym piszemy dlaczego."), "urgent"),
    Ruling.Outcome.NOT_APPLICABLE: (gettext_lazy("To nie dotyczy tych konsultacji"), gettext_lazy("Ważne, ale do załatwienia gdzie indziej. Piszemy gdzie."), "neutral"),
}  # fmt: skip
TONES = {outcome: tone for outcome, (_title, _text, tone) in DONE.items()}


def _consultation(slug):
    consultation = visible.public_consultation(slug)
    if consultation is None:
        raise Http404
    return consultation


def _page(request, consultation, template, make):
    """A page whose body is the same for everybody: who is signed in has only a header of their own."""
    drawn = visible.drawn(request, f"consultations/{template}_body.html", f"{consultation.status}:{consultation.phase}", make)
    response = render(request, f"consultations/{template}.html", {"consultation": consultation, "drawn": drawn.html})
    response.stays_true = drawn.seconds_left
    return response


def _outcome(request):
    asked = request.GET.get("wynik", "")
    return asked if asked in Ruling.Outcome.values else ""


def _question(request):
    return clean_text(request.GET.get("q", ""))[:LONGEST_QUESTION]


@require_safe
@same_for_visitors
def voices(request, slug):
    """Every published voice, in an order that tells nothing of when it came; with the town's answer once the report is out."""
    consultation = _consultation(slug)
    return _page(request, consultation, "voices", lambda: _voices(request, consultation))


def _voices(request, consultation):
    is_answered = visible.answers_are_public(consultation)
    outcome, q = _outcome(request) if is_answered else "", _question(request)
    paragraph, group = _paragraph(request, consultation), _group(request, consultation)
    found = visible.voices_of(consultation)
    found = found.filter(paragraph=paragraph) if paragraph else found
    found = found.filter(group=group) if group else found
    found = visible.with_outcome(found, outcome) if outcome else found
    found = visible.search_voices(found, q) if q else found
    key = ":".join(map(str, (consultation.pk, is_answered, outcome, q, paragraph and paragraph.pk, group and group.pk)))
    page = visible.KeptCount(found, PAGE, key=key).get_page(request.GET.get("page"))
    rows = [_row(voice, is_answered) for voice in page.object_list]
    return {
        "consultation": consultation, "page": page, "rows": rows, "q": q, "outcome": outcome, "is_answered": is_answered,
        "outcomes": _filters(is_answered), "paragraph": paragraph, "group": group,
        **({} if rows else _why_empty(consultation, is_all=not (q or outcome or paragraph or group))),
    }, [row["voice"] for row in rows]  # fmt: skip


def _filters(is_answered):
    return [(value, title) for value, (title, _text, _tone) in DONE.items()] if is_answered else []


def _paragraph(request, consultation):
    asked = request.GET.get("do", "")
    mine = Paragraph.objects.filter(document__instrument__consultation=consultation)
    return mine.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None


def _group(request, consultation):
    """A group of like voices; named to the public only once it is answered."""
    try:
        asked = uuid.UUID(request.GET.get("grupa", ""))
    except ValueError:
        return None
    return consultation.voice_groups.filter(pk=asked).first() if visible.answers_are_public(consultation) else None


def _why_empty(consultation, *, is_all):
    """`is_private`: this consultation publishes no voice one by one. `is_quick`: some are published before anybody reads them."""
    written = Instrument.objects.filter(consultation=consultation).exclude(kind=InstrumentKind.BUDGET)
    ways = set(written.values_list("moderation", flat=True))
    return {"is_private": is_all and ways <= {Moderation.PRIVATE}, "is_quick": Moderation.AFTER in ways}


def _row(voice, is_answered):
    ruling = (getattr(voice, "ruling", None) or (voice.group and getattr(voice.group, "ruling", None))) if is_answered else None
    ruling = ruling if ruling and ruling.approver else None
    return {"voice": voice, "ruling": ruling, "tone": TONES[ruling.outcome] if ruling else "neutral"}


@require_http_methods(["GET", "HEAD", "POST"])
def voice_flag(request, pk):
    """Tell the moderator that a published voice breaks the rules. No account, no data asked."""
    voice = get_object_or_404(Voice.objects.published().select_related("consultation", "paragraph"), pk=pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, app="consultations", action="flag", config=FLAG_BUDGET):
            form.add_error(None, _("Wysłano stąd już wiele zgłoszeń. Spróbuj za godzinę."))
            return render(request, "consultations/voice_flag.html", {"voice": voice, "form": form}, status=429)
        try:
            verbs.flag(voice, reason=form.cleaned_data["reason"], moment=timezone.now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Dziękujemy. Osoba, która przegląda głosy, sprawdzi to zgłoszenie."))
        return redirect("consultations:voices", slug=voice.consultation.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/voice_flag.html", {"voice": voice, "form": form}, status=status)


@require_safe
@same_for_visitors
def what_we_did(request, slug):
    """„Co zrobiliśmy z Waszymi głosami”: the answers by outcome in plain words, those to the most voices first (N12)."""
    consultation = _consultation(slug)
    return _page(request, consultation, "what_we_did", lambda: _what_we_did(request, consultation))


def _what_we_did(request, consultation):
    if not visible.answers_are_public(consultation):
        return {"consultation": consultation, "is_answered": False}, []
    outcome, q = _outcome(request), _question(request)
    counts = visible.reported_outcomes(consultation)
    rulings = visible.rulings_of(consultation)
    rulings = visible.search_rulings(rulings, q) if q else rulings
    if outcome or q:
        shown = _one_list(request, consultation, rulings, outcome, q)
    else:
        shown = {"sections": _sections(visible.first_of_each(rulings, FIRST_OF_EACH), counts)}
    total = sum(counts.values())
    return {
        "consultation": consultation, "is_answered": True, "q": q, "outcome": outcome, "shares": list(_shares(counts)), "total": total,
        "total_words": counted(total, _("głos"), _("głosy"), _("głosów")), **shown,
    }, _quoted(shown)  # fmt: skip


def _one_list(request, consultation, rulings, outcome, q):
    rulings = rulings.filter(outcome=outcome) if outcome else rulings
    page = visible.KeptCount(rulings, PAGE, key=f"rulings:{consultation.pk}:{outcome}:{q}").get_page(request.GET.get("page"))
    title, text, _tone = DONE.get(outcome, (_("Wszystkie odpowiedzi"), "", ""))
    return {"page": page, "list_title": title, "list_text": text, "entries": [_entry(ruling) for ruling in page.object_list]}


def _quoted(shown):
    """The voices whose words stand on the page."""
    entries = [*shown.get("entries", []), *(entry for section in shown.get("sections", []) for entry in section["entries"])]
    return [entry["voice"] for entry in entries if entry["voice"]]


def _entry(ruling):
    return {"ruling": ruling, "tone": TONES[ruling.outcome], "done": DONE[ruling.outcome][0], "voice": _quotable(ruling.voice)}


def _quotable(voice):
    is_public = voice and voice.status == "published" and voice.instrument.moderation != Moderation.PRIVATE
    return voice if is_public else None


def _sections(rulings, counts):
    rulings = list(rulings)
    by_outcome = {outcome: [_entry(ruling) for ruling in rulings if ruling.outcome == outcome] for outcome in DONE}
    return [
        {"outcome": outcome, "title": title, "text": text, "tone": tone, "count": counts[outcome], "entries": by_outcome[outcome],
         "has_more": len(by_outcome[outcome]) == FIRST_OF_EACH}
        for outcome, (title, text, tone) in DONE.items() if by_outcome[outcome]
    ]  # fmt: skip


def _shares(counts):
    """Of each hundred voices, how many got which outcome; only what happened. `start`: where its part of the bar begins."""
    total, so_far = sum(counts.values()) or 1, 0
    for outcome, (title, _text, tone) in DONE.items():
        if counts[outcome]:
            place = {"start": round(100 * so_far / total), "percent": max(1, round(100 * counts[outcome] / total))}
            so_far += counts[outcome]
            yield {"outcome": outcome, "title": title, "tone": tone, "count": counts[outcome], **place}
