"""Remarks: a letter with a name on it, or without where nobody asks for one, made of points tied to paragraphs (C5, C6, C11, C12).

One transaction writes the letter, its number, its points as voices, its files, the mail and the reply to the form's key (D1, D2).
A letter after the term is kept, numbered, marked and counted as late, and not considered (C18).
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import paper
from consultations.actions import voices
from consultations.models import CollectingChannel, Instrument, InstrumentKind, PaperForm, Paragraph, Remark, RemarkFile, Voice
from consultations.statuses import ConsultationStatus, RemarkStatus, VoiceStatus
from office import files, idempotency
from office.numbering import next_number
from office.outbox import post
from office.transitions import Refused, move
from residents.models import Person
from schemas.actions import load_definition
from ui.text import clean_text

SERIES = "KU"  # konsultacje, uwagi
MOST_POINTS = 20
LONGEST = 20_000  # characters of one point
PLANNING_FORM = settings.BASE_DIR / "sample_data" / "forms" / "pismo-planistyczne.json"


class NotCollecting(Refused):
    """Before the opening, while suspended, or once the town has begun to work on the voices."""


@dataclass(frozen=True)
class Point:
    text: str
    paragraph: Paragraph | None = None


@dataclass(frozen=True)
class Author:
    """Only what the form asks; everything may stay empty where the integrity level allows (C5, C6). No PESEL, by design."""

    name: str = ""
    organisation: str = ""
    email: str = ""
    address: str = ""
    is_resident: bool = False  # declared, where the level asks for it


@dataclass(frozen=True)
class Sender:
    """Who holds the key of a form: an account, or whoever holds the random key itself."""

    subject: uuid.UUID


@dataclass(frozen=True)
class _Calendar:
    status: str
    opens_at: datetime
    closes_at: datetime
    now: datetime


# Through the portal


@transaction.atomic
def send(
    instrument: Instrument, *, points: Sequence[Point], author: Author, is_organisation: bool = False, person: Person | None = None,
    answers: dict[str, Any] | None = None, version=None, uploads: Sequence = (), key: uuid.UUID, by=None,
) -> Remark:  # fmt: skip
    """Take the letter in and number it. `answers` and `version` are those of a statutory form (C11). `by`: the account, if any.

    The same key with the same letter gives the same remark; with another one KeyReused. Whether it is in time is decided by
    the clock of the database at this statement, never by the page (C17). Raises NotCollecting, and ValidationError for a file.
    """
    sender = by or Sender(key)
    body = _body(instrument, points, author, is_organisation, answers, uploads)
    if reply := idempotency.replay(key, by=sender, body=body):
        return Remark.objects.get(pk=reply["remark"])
    calendar = _collecting(instrument)
    remark = _store(
        instrument, points=points, author=author, is_organisation=is_organisation, person=person, answers=answers, version=version,
        channel=CollectingChannel.Kind.ONLINE, received_at=calendar.now, is_late=calendar.now >= calendar.closes_at,
    )  # fmt: skip
    _attach(remark, uploads, owner=sender)
    _number(remark, calendar.now)
    _tell_author(remark, person)
    idempotency.remember(key, by=sender, body=body, reply={"remark": str(remark.pk)})
    return remark


def _body(instrument, points, author, is_organisation, answers, uploads):
    said = [[str(point.paragraph.pk) if point.paragraph else None, point.text] for point in points]
    return [str(instrument.pk), said, asdict(author), is_organisation, answers or {}, [_sha256(upload) for upload in uploads]]


def _sha256(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _collecting(instrument):
    """The calendar by the clock of the database, held until commit, so that closing waits for a letter on its way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select status, opens_at, closes_at, clock_timestamp() from consultations_consultation where id = %s for share",
            [instrument.consultation_id],
        )
        calendar = _Calendar(*cursor.fetchone())
    if calendar.status != ConsultationStatus.ANNOUNCED or calendar.now < calendar.opens_at:
        raise NotCollecting(
            _("Teraz nie zbieramy uwag. Skopiuj to, co napisałaś lub napisałeś, i sprawdź terminy na stronie konsultacji.")
        )
    return calendar


def _store(instrument, *, points, author, is_organisation, person, answers, version, channel, received_at, is_late, **more):
    if instrument.kind != InstrumentKind.REMARKS:
        raise Refused(_("Tutaj nie zbieramy uwag do dokumentu."))
    if not 1 <= len(points) <= MOST_POINTS or any(not point.text.strip() or len(point.text) > LONGEST for point in points):
        raise Refused(_("Napisz od 1 do %(most)d uwag, każda najwyżej na 20 000 znaków.") % {"most": MOST_POINTS})
    said = [{"paragraph": point.paragraph.number if point.paragraph else None, "text": point.text} for point in points]
    remark = Remark.objects.create(
        instrument=instrument, person=person, author=asdict(author), is_organisation=is_organisation, channel=channel,
        letter={"points": said, "answers": answers or {}}, version=version, received_at=received_at, is_late=is_late, **more,
    )  # fmt: skip
    voices.add(
        Voice(
            consultation_id=instrument.consultation_id, instrument=instrument, remark=remark, paragraph=point.paragraph,
            channel=channel, is_late=is_late, original=point.text,
        )
        for point in points
    )  # fmt: skip
    return remark


def _attach(remark, uploads, *, owner, is_scan=False):
    for upload in uploads:
        RemarkFile.objects.create(remark=remark, file=files.store(upload, owner=owner), is_scan=is_scan)


def _number(remark, moment):
    """The mark on the confirmation, taken last: its counter stays locked until commit."""
    year = timezone.localdate(moment).year
    remark.registry_number = f"{SERIES}/{next_number(SERIES, year)}/{year}"
    remark.save(update_fields=["registry_number"])


def _tell_author(remark, person, event="remark_received"):
    """A mail with the mark's address and not a word of the letter (S42)."""
    if to := remark.author.get("email"):
        path = reverse("consultations:remark_sent", args=[remark.pk])
        post(
            event=f"consultations/{event}",
            to=to,
            context={"path": path},
            recipient=person.pk if person else None,
            about=remark,
        )


# At the desk


@transaction.atomic
def register(
    instrument: Instrument, *, channel: str, received_on: date, postmarked_on: date | None = None, registry_number: str = "",
    points: Sequence[Point], author: Author, is_organisation: bool = False, scan=None, by, moment: datetime,
) -> Remark:  # fmt: skip
    """Key a letter that came by post, e-mail, box or at the desk, with its scan (C21). The rule of its channel says whether it is
    in time (C16). Without a number from the office's own registry it gets ours. Refused: a door this consultation does not have,
    a day in the future, a number taken, a consultation that is not announced yet or whose report is out."""
    consultation = instrument.consultation
    door = consultation.channels.exclude(kind=CollectingChannel.Kind.ONLINE).filter(kind=channel).first()
    if door is None:
        raise Refused(_("Te konsultacje nie zbierają głosów tą drogą."))
    if max(received_on, postmarked_on or received_on) > timezone.localdate(moment):
        raise Refused(_("Data nie może być z przyszłości."))
    if consultation.status not in (ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED, ConsultationStatus.UNDER_ANALYSIS):
        raise Refused(_("W tych konsultacjach nie można teraz zapisać pisma."))
    if registry_number and Remark.objects.filter(instrument=instrument, registry_number=registry_number).exists():
        raise Refused(_("Numer %(number)s jest już zajęty.") % {"number": registry_number})
    came = PaperForm(
        consultation=consultation, received_on=received_on, postmarked_on=postmarked_on
    )  # judged as one, never stored
    remark = _store(
        instrument, points=points, author=author, is_organisation=is_organisation, person=None, answers=None, version=None,
        channel=channel, received_at=_at_noon(received_on), is_late=paper.is_late(came, door),
        postmarked_on=postmarked_on, registry_number=registry_number, keyed_by=by.subject,
    )  # fmt: skip
    _attach(remark, [scan] if scan else [], owner=by, is_scan=True)
    if not registry_number:
        _number(remark, moment)
    return remark


@transaction.atomic
def ask_to_complete(remark, *, defect, complete_until, by, moment):
    """A formal defect that the author may mend until a day (C19); who left an e-mail is told at once. Refused for a day that has passed."""
    defect = clean_text(defect)
    if not defect:
        raise Refused(_("Napisz, czego brakuje."))
    if complete_until < timezone.localdate(moment):
        raise Refused(_("Termin uzupełnienia nie może być z przeszłości."))
    remark.defect, remark.complete_until = defect, complete_until
    remark.save(update_fields=["defect", "complete_until"])  # first: the database wants a named defect in this state
    move(remark, RemarkStatus.TO_COMPLETE, by=by, note=defect, moment=moment)
    _tell_author(remark, remark.person, event="remark_to_complete")


@transaction.atomic
def complete(remark, *, completed_on, scan=None, by, moment, **particulars):
    """The missing thing came: from now on the letter counts as any other. `particulars`: what the author added to their own data.

    Refused after the term, and for a day to come.
    """
    if not (remark.complete_until and completed_on <= remark.complete_until):
        raise Refused(_("Termin uzupełnienia minął. Pismo zostaje nieuwzględnione."))
    if completed_on > timezone.localdate(moment):
        raise Refused(_("Data nie może być z przyszłości."))
    move(remark, RemarkStatus.TAKEN, by=by, note=_("uzupełnione"), moment=moment)
    remark.author = {**remark.author, **{name: value for name, value in particulars.items() if value}}
    remark.save(update_fields=["author"])
    _attach(remark, [scan] if scan else [], owner=by, is_scan=True)


@transaction.atomic
def leave(remark, *, by, moment):
    """Not completed in time: the letter stays in the register and in the figures, and is not considered (C19).

    Refused while the term runs, and once the town has answered one of its voices.
    """
    if not (remark.complete_until and remark.complete_until < timezone.localdate(moment)):
        raise Refused(_("Termin uzupełnienia jeszcze nie minął."))
    if remark.voices.filter(Q(ruling__isnull=False) | Q(group__isnull=False)).exists():
        raise Refused(_("Głosy z tego pisma są już w grupie albo mają stanowisko. Najpierw je stamtąd wyjmij."))
    move(remark, RemarkStatus.LEFT, by=by, note=remark.defect, moment=moment)
    for voice in remark.voices.exclude(status=VoiceStatus.HIDDEN):
        voices.hide(voice, reason=_("pismo nie zostało uzupełnione"), by=by, moment=moment)
    remark.voices.update(is_left=True)
    _tell_author(remark, remark.person, event="remark_left")


def _at_noon(day):
    """A letter on paper has a day, not an hour."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=12)))


# The statutory form of planning


def load_planning_form(*, moment):
    """The published version of the statutory planning letter (C11), loaded when missing; safe to repeat. No question asks for an
    age: persons of limited legal capacity take part without anybody's consent (C12)."""
    return load_definition(json.loads(PLANNING_FORM.read_text(encoding="utf-8")), by=None, moment=moment)
