"""Everything that a report says in numbers and in the town's words, as it stood at one moment; JSON without fractions.

A voice received is in exactly one place: considered, late, to complete, rejected, refused, or still on its way. Per channel and
in all, the places add up to what was received (I1).
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate, localtime

from consultations import chain, results, visible
from consultations.background import background_of
from consultations.models import (
    Ballot,
    ChainEntry,
    CollectingChannel,
    Envelope,
    InstrumentKind,
    Moderation,
    PaperForm,
    Remark,
    Ruling,
    Settlement,
    Voice,
)
from consultations.models.written import CONSIDERED
from consultations.report.words import channel_rule, integrity_caveat
from consultations.statistics.suppression import protect_line
from consultations.statuses import EnvelopeState, PaperStatus, RemarkStatus, RulingStatus
from schemas.checking import canonical
from schemas.definition import compiled
from schemas.models import Kind

FORMAT = 1
LISTED = 2000  # voices told one by one in the report itself; the page of voices has them all
PLACES = ("considered", "late", "to_complete", "rejected", "refused", "waiting")
COUNTED_KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.SCALE, Kind.MATRIX, Kind.RANKING, Kind.STATEMENT)


def freeze(consultation, moment) -> dict[str, Any]:
    """The report's figures at the moment. The only place where they are counted; page, PDF and CSV read what this gives."""
    channels = list(_channels(consultation))
    return {
        "format": FORMAT,
        "frozen_at": moment.isoformat(timespec="seconds"),
        "consultation": _facts(consultation),
        "channels": channels,
        "totals": {name: sum(channel[name] for channel in channels) for name in ("received", *PLACES)},
        "rejections": _rejections(consultation),
        "held": _held(consultation),
        "remarks": _letters(consultation),
        "integrity": {
            "level": consultation.integrity, "label": consultation.get_integrity_display(),
            "caveat": integrity_caveat(consultation), "counts": "people" if consultation.speaks_of_people else "answers",
        },
        "instruments": [_instrument(instrument) for instrument in consultation.instruments.order_by("order")],
        "voices": _voices(consultation),
        "chain": {"head": chain.head(consultation), "entries": ChainEntry.objects.filter(consultation=consultation).count()},
    }  # fmt: skip


def digest(frozen: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(frozen)).hexdigest()


def same_figures(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether nothing that is reported has changed: the moment and the growing chain aside."""
    aside = ("frozen_at", "chain")
    return {k: v for k, v in one.items() if k not in aside} == {k: v for k, v in other.items() if k not in aside}


def _facts(consultation):
    return {
        "title": consultation.title, "slug": consultation.slug, "purpose": consultation.purpose, "subject": consultation.subject,
        "basis": consultation.basis.title, "effect": consultation.basis.effect, "is_binding": consultation.basis.is_binding,
        "order_number": consultation.order_number, "order_on": _day(consultation.order_on), "order_url": consultation.order_url,
        "opened_on": _day(localdate(consultation.opens_at)), "closed_on": _day(localdate(consultation.last_moment)),
        "closed_at": localtime(consultation.closes_at).isoformat(), "place": consultation.place, "unit": consultation.unit,
        "contact": consultation.contact, "addressees": list(consultation.addressees), "results_method": consultation.results_method,
        "forms": [*consultation.instruments.order_by("order").values_list("title", flat=True)],
        "activities": [
            {"title": one.title, "kind": one.get_kind_display(), "on": _day(localdate(one.starts_at)), "place": one.place}
            for one in consultation.activities.order_by("starts_at")
        ],
        "announcements": [
            {"channel": one.get_channel_display(), "about": one.get_about_display(), "on": _day(one.announced_on), "url": one.url}
            for one in consultation.announcements.order_by("announced_on", "id")
        ],
    }  # fmt: skip


def _day(day):
    return day.isoformat() if day else None


# Channels


def _channels(consultation) -> Iterator[dict[str, Any]]:
    """Voices by the door they came through, with where each of them ended. Doors of the order first, others that were used after."""
    counts = _places_by_channel(consultation)
    rules = {door.kind: channel_rule(door) for door in consultation.channels.all()}
    for kind in [*rules, *sorted(set(counts) - set(rules))]:
        places = {name: counts[kind][name] for name in PLACES}
        yield {
            "kind": kind, "label": str(CollectingChannel.Kind(kind).label), "rule": rules.get(kind, ""),
            "received": sum(places.values()), **places,
        }  # fmt: skip


def _places_by_channel(consultation) -> dict[str, Counter]:
    """A paper form that was counted is a ballot already, so it is not counted a second time."""
    counts: dict[str, Counter] = {}
    for rows, place_of in (
        (Ballot.objects.filter(instrument__consultation=consultation), lambda row: "considered"),
        (Envelope.objects.filter(instrument__consultation=consultation).exclude(state=EnvelopeState.LISTED), _of_envelope),
        (PaperForm.objects.filter(consultation=consultation).exclude(status=PaperStatus.COUNTED), _of_paper),
        (Remark.objects.filter(instrument__consultation=consultation), _of_letter),
    ):
        told = [name for name in ("state", "status", "is_late") if name in {field.name for field in rows.model._meta.fields}]
        for row in rows.order_by().values("channel", *told).annotate(count=Count("pk")):
            counts.setdefault(row["channel"], Counter())[place_of(row)] += row["count"]
    return _with_all(consultation, counts)


def _with_all(consultation, counts):
    for door in consultation.channels.all():
        counts.setdefault(door.kind, Counter())
    return counts


def _of_envelope(row):
    return "refused" if row["state"] == EnvelopeState.REFUSED else "waiting"


def _of_paper(row):
    return {
        PaperStatus.LATE: "late", PaperStatus.REJECTED: "rejected", PaperStatus.TO_COMPLETE: "to_complete",
    }.get(row["status"], "waiting")  # fmt: skip


def _of_letter(row):
    """A late letter is late whatever it lacks."""
    if row["is_late"]:
        return "late"
    return {RemarkStatus.TO_COMPLETE: "to_complete", RemarkStatus.LEFT: "rejected"}.get(row["status"], "considered")


def _rejections(consultation):
    """Forms and letters by the reason they were turned away for; a late letter is counted as late."""
    counts: Counter = Counter()
    for rejected in (
        PaperForm.objects.filter(consultation=consultation, status=PaperStatus.REJECTED),
        Remark.objects.filter(instrument__consultation=consultation, status=RemarkStatus.LEFT, is_late=False),
    ):
        counts.update(dict(rejected.order_by().values_list("defect").annotate(count=Count("pk"))))
    return [{"reason": reason, "count": count} for reason, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))]


def _held(consultation):
    settled = Settlement.objects.filter(envelope__instrument__consultation=consultation, confirmed_by__isnull=False)
    admitted = Count("pk", filter=Q(is_admitted=True))
    return settled.aggregate(held=Count("pk"), admitted=admitted, refused=Count("pk", filter=Q(is_admitted=False)))


def _letters(consultation):
    letters = Remark.objects.filter(instrument__consultation=consultation)
    considered = Q(is_late=False, status=RemarkStatus.TAKEN)
    return letters.aggregate(
        received=Count("pk"), considered=Count("pk", filter=considered), late=Count("pk", filter=Q(is_late=True)),
        organisations=Count("pk", filter=considered & Q(is_organisation=True)),
    )  # fmt: skip


# Answers to questions


def _instrument(instrument) -> dict[str, Any]:
    ballots = instrument.ballots.count()
    questions = _questions(instrument, ballots) if instrument.kind == InstrumentKind.SURVEY else []
    return {
        "code": instrument.code, "title": instrument.title, "kind": instrument.kind, "audience": instrument.audience,
        "ballots": ballots, "voices": instrument.voices.considered().count(), "questions": questions,
    }  # fmt: skip


def _questions(instrument, ballots) -> list[dict[str, Any]]:
    """Every question of every collected version, by its code; those of the newest version first, in its order."""
    asked: dict[str, Any] = {}
    for approved in instrument.versions.order_by("-approved_at", "-id").select_related("version"):
        for code, question in compiled(approved.version_id).questions.items():
            asked.setdefault(code, question)
    summary = results.summary_of(instrument)
    counts = Counter({(code, *place): count for code, mine in summary.counts.items() for place, count in mine.items()})
    personal = background_of(compiled(approved.version_id) for approved in instrument.versions.all()).codes
    told = [
        _question(question, counts, summary.answered.get(code, 0), summary.asked.get(code, ballots))
        for code, question in asked.items() if question.kind not in (Kind.NOTE, Kind.COMPUTED)
    ]  # fmt: skip
    return [_without_small_groups(one) if one["code"] in personal else one for one in told]


def _without_small_groups(told: dict[str, Any]) -> dict[str, Any]:
    """Of a question about the person: counts that would single somebody out are None, here as on the page of results (N2)."""
    hidden = protect_line({line["code"]: line["count"] for line in told["options"]})
    lines = [{**line, "count": None} if line["code"] in hidden else line for line in told["options"]]
    return {**told, "options": lines}


def _question(question, counts, answered, asked) -> dict[str, Any]:
    lines = list(_lines(question, counts)) if question.kind in COUNTED_KINDS else []
    return {
        "code": question.code,
        "label": question.label,
        "kind": question.kind,
        "asked": asked,
        "answered": answered,
        "options": lines,
    }


def _lines(question, counts) -> Iterator[dict[str, Any]]:
    """One line an answer that could be chosen, none chosen included; for a table and a ranking one line a row and answer."""
    labels = {option.code: option.label for option in question.options} or {"yes": "tak", "no": "nie"}
    if question.kind == Kind.STATEMENT:
        labels = {"yes": "oświadczono"}
    if question.kind == Kind.SCALE:
        labels = {str(step): str(step) for step in range(question.minimum or 1, (question.maximum or 5) + 1)}
    rows = _rows(question, counts)
    for row, row_label in rows.items():
        used = {option: counts[code, place, option] for code, place, option in counts if (code, place) == (question.code, row)}
        for option in [*labels, *sorted(set(used) - set(labels))]:
            label = labels.get(option, option)
            yield {
                "row": row,
                "code": option,
                "label": f"{row_label}: {label}" if row_label else label,
                "count": used.get(option, 0),
            }


def _rows(question, counts):
    if question.kind == Kind.MATRIX:
        return {row.code: row.label for row in question.rows}
    if question.kind == Kind.RANKING:
        places = sorted({int(row) for code, row, _option in counts if code == question.code and row.isdecimal()})
        return {str(place): f"miejsce {place}" for place in places}
    return {"": ""}


# Voices and answers


def _voices(consultation) -> dict[str, Any]:
    every = Voice.objects.filter(consultation=consultation)
    counts = every.aggregate(
        received=Count("pk"), considered=Count("pk", filter=CONSIDERED), late=Count("pk", filter=Q(is_late=True)),
        published=Count("pk", filter=CONSIDERED & Q(status="published")), hidden=Count("pk", filter=CONSIDERED & Q(status="hidden")),
    )  # fmt: skip
    outcomes = visible.outcome_counts(consultation)
    return {
        **counts,
        "unanswered": every.unanswered().count(),
        "outcomes": [
            {"outcome": value, "label": str(label), "count": outcomes[value]} for value, label in Ruling.Outcome.choices
        ],
        "answers": [_answer(ruling) for ruling in visible.rulings_of(consultation)[:LISTED]],
        "answers_count": Ruling.objects.filter(consultation=consultation, status=RulingStatus.APPROVED).count(),
        "texts": _texts(consultation),
    }


def _answer(ruling) -> dict[str, Any]:
    voice = ruling.voice
    is_public = voice is not None and voice.status == "published" and voice.instrument.moderation != Moderation.PRIVATE
    return {
        "id": str(ruling.pk), "outcome": ruling.outcome, "label": str(ruling.get_outcome_display()), "reasons": ruling.reasons,
        "group": str(ruling.group_id) if ruling.group_id else None, "title": ruling.group.title if ruling.group_id else "",
        "summary": ruling.group.summary if ruling.group_id else "", "count": ruling.answered if ruling.group_id else 1,
        "mark": voice.mark if voice else "", "paragraph": voice.paragraph.number if voice and voice.paragraph_id else "",
        "text": voice.public_text if is_public else "",
    }  # fmt: skip


def _texts(consultation) -> list[dict[str, Any]]:
    """Published voices in groups, so that whoever reads the report sees what was answered; at most LISTED of them."""
    grouped = visible.voices_of(consultation).filter(CONSIDERED, group__isnull=False).order_by("group", "sort_key")
    return [
        {"group": str(voice.group_id), "mark": voice.mark, "text": voice.public_text, "paragraph": voice.paragraph.number if voice.paragraph else ""}
        for voice in grouped[:LISTED]
    ]  # fmt: skip
