"""Documents, letters and voices that tests start from; what verbs make, verbs make here too."""

import uuid

from django.utils import timezone

from consultations.actions import remarks, rulings, voices
from consultations.actions.remarks import Author, Point
from consultations.cells import cells_of
from consultations.models import (
    AnswerCell,
    Ballot,
    Batch,
    ConsultedDocument,
    Instrument,
    InstrumentKind,
    Moderation,
    Paragraph,
    Voice,
)
from schemas.definition import compiled

TEXTS = [
    ("§ 1", "Zakres", "Uchwała określa zasady sytuowania reklam."),
    ("§ 2 ust. 1", "Reklamy przy drogach", "Przy ulicach nie stawia się tablic większych niż 3 m²."),
    ("§ 2 ust. 2", "Szyldy", "Na budynku wolno umieścić jeden szyld każdej firmy."),
]


def make_document(consultation, *, code="uwagi", moderation=Moderation.BEFORE, definition=None, **fields) -> Instrument:
    """Remarks to a document of three paragraphs."""
    instrument = Instrument.objects.create(
        consultation=consultation, code=code, kind=InstrumentKind.REMARKS, title="Uwagi do projektu uchwały", moderation=moderation,
        definition=definition, **fields,
    )  # fmt: skip
    document = ConsultedDocument.objects.create(instrument=instrument, title="Projekt uchwały krajobrazowej")
    for order, (number, heading, text) in enumerate(TEXTS, start=1):
        Paragraph.objects.create(document=document, order=order, number=number, heading=heading, text=text)
    return instrument


def write_to(document, *texts, author=None, **fields):
    """A letter through the portal, one point a text; returns its voices in the order of the texts."""
    points = [text if isinstance(text, Point) else Point(text) for text in texts]
    remark = remarks.send(document, points=points, author=author or Author(), key=uuid.uuid4(), **fields)
    by_text = {voice.original: voice for voice in remark.voices.select_related("instrument", "consultation", "remark")}
    return [by_text[point.text] for point in points]


def publish_voice(voice, *, first, second, text=None) -> Voice:
    """Through the hands of two people."""
    voices.redact(voice, public_text=text or voice.original, by=first, moment=timezone.now())
    return voices.release(voice, by=second, moment=timezone.now())


def list_ballots(survey, *answers, channel="online") -> list[Ballot]:
    """Sealed ballots of the survey as a sealing leaves them: with their cells and the voices of their long texts."""
    version = survey.versions.latest("approved_at").version
    form = compiled(version.pk)
    number = survey.batches.count() + 1
    roots = {"ballots_root": "0" * 64, "commitments_root": "0" * 64, "head": f"{number:064}"}
    batch = Batch.objects.create(instrument=survey, number=number, day=timezone.localdate(), count=len(answers), **roots)
    ballots = [Ballot(instrument=survey, batch=batch, version=version, channel=channel, answers=one) for one in answers]
    Ballot.objects.bulk_create(ballots)
    AnswerCell.objects.bulk_create(cell for ballot in ballots for cell in cells_of(ballot, form))
    voices.voices_from_ballots(ballots, form)
    return ballots


def answer_all(consultation, *, author, approver, outcome="accepted", reasons="Zrobimy to w przyszłym roku."):
    """An approved answer to every voice that waits for one."""
    for voice in consultation.voices.unanswered().filter(group=None):
        rulings.approve(rulings.rule(voice, outcome=outcome, reasons=reasons, by=author), by=approver, moment=timezone.now())
