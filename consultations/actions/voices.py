"""Written voices: made of letters and ballots, looked through by two people, split, gathered, hidden, flagged (C18, C26)."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.likeness import clusters
from consultations.models import Ballot, Moderation, ResultAccess, Ruling, Voice, VoiceFlag, VoiceGroup
from consultations.personal_data import traces
from consultations.statuses import RulingStatus, VoiceStatus
from consultations.text_search import Vector, stems_of, words
from office.audit import record_read
from office.polish import fold
from office.transitions import Refused, move
from schemas.models import Kind
from ui.text import clean_text

CHUNK = 1000
MOST_LIKE = 20_000  # voices compared at once
PURPOSE = "opracowanie głosu w konsultacjach"


# Coming in


def voices_from_ballot(ballot: Ballot, form) -> list[Voice]:
    """The long texts of one sealed ballot as voices. `form`: its version, a `schemas.definition.Form`. See voices_from_ballots."""
    return voices_from_ballots([ballot], form)


@transaction.atomic
def voices_from_ballots(ballots: Iterable[Ballot], form) -> list[Voice]:
    """The long texts of sealed ballots of one version as voices; a sealing calls it with all of them, shuffled already.

    A ballot that has its voices keeps them: safe to repeat. Nothing but the text, the question and the channel goes along.
    """
    asked = [question.code for question in form.questions.values() if question.kind == Kind.LONG_TEXT]
    made = (
        Voice(
            consultation_id=ballot.instrument.consultation_id, instrument=ballot.instrument, ballot=ballot, question=code,
            channel=ballot.channel, original=ballot.answers[code],
        )
        for ballot in ballots for code in asked if ballot.answers.get(code)
    )  # fmt: skip
    return add(made, ignore_conflicts=True)


def add(voices: Iterable[Voice], **options) -> list[Voice]:
    """Store new voices, in chunks, ready to be searched. Where the instrument publishes first and looks afterwards, one in time
    without a trace of personal data is published at once; any other waits for two people."""
    voices, stored = iter(voices), []
    while chunk := [_ready(voice) for voice in islice(voices, CHUNK)]:
        stored += Voice.objects.bulk_create(chunk, **options)
    return stored


def _ready(voice):
    voice.original_search = Vector(voice.original)
    if voice.instrument.moderation == Moderation.AFTER and not voice.is_late and not traces(voice.original):
        voice.status, voice.public_text = VoiceStatus.PUBLISHED, voice.original
        voice.search, voice.folded = Vector(voice.original), fold(voice.original)
    return voice


# Looking through


def read_original(voice, *, by, moment):
    """What was really written. Each look is written down, and shown to the person when it is known who it is (S28)."""
    what = f"głos {voice.mark} w brzmieniu pierwotnym"
    ResultAccess.objects.create(consultation_id=voice.consultation_id, reader=by.subject, what=what, at=moment)
    person = voice.remark.person_id if voice.remark_id else None
    if person:
        record_read(reader=by, person=person, what=what, purpose=PURPOSE, about=voice)
    return voice.original


@transaction.atomic
def redact(voice, *, public_text, by, moment):
    """The first person: the text as everybody may read it, without personal data. It waits for a second one (C26).

    A published voice goes out of sight until then. Refused for an empty text.
    """
    public_text = clean_text(public_text, multiline=True)
    if not public_text:
        raise Refused(_("Wpisz treść do publikacji. Jeśli nic nie można zostawić, napisz, co usunięto."))
    move(voice, VoiceStatus.REDACTED, by=by, moment=moment)
    return _keep(voice, public_text=public_text, redacted_by=by.subject, released_by=None)


@transaction.atomic
def release(voice, *, by, moment):
    """The second person: published from now on. Refused to whoever prepared the text (C26)."""
    if voice.redacted_by == by.subject:
        raise Refused(_("Ten głos przygotowałaś lub przygotowałeś do publikacji. Dopuścić go musi inna osoba."))
    if voice.instrument.moderation == Moderation.PRIVATE:
        raise Refused(_("W tych konsultacjach głosów nie publikujemy pojedynczo."))
    move(voice, VoiceStatus.PUBLISHED, by=by, moment=moment)
    found = {"search": Vector(voice.public_text), "folded": fold(voice.public_text)}
    return _keep(voice, released_by=by.subject, **found)


def release_all(voices, *, by, moment):
    """Each of the voices that this person may release. Returns how many; those they prepared themselves are left waiting."""
    waiting = [voice for voice in voices if voice.status == VoiceStatus.REDACTED and voice.redacted_by != by.subject]
    for voice in waiting:
        release(voice, by=by, moment=moment)
    return len(waiting)


@transaction.atomic
def keep_published(voice, *, by):
    """A moderator read what was published at once and it may stay (C26, decision 0012). Refused when it is not waiting for that."""
    if not Voice.objects.published_unread().filter(pk=voice.pk).update(released_by=by.subject):
        raise Refused(_("Ten głos już ktoś przejrzał albo nie jest opublikowany. Odśwież stronę."))
    voice.refresh_from_db(fields=["released_by"])
    return voice


def keep_all_published(voices, *, by):
    """Each of the voices that waits to be read after publication. Returns how many."""
    return Voice.objects.published_unread().filter(pk__in=[voice.pk for voice in voices]).update(released_by=by.subject)


@transaction.atomic
def send_back(voice, *, reason, by, moment):
    """The second person does not agree: somebody looks through it again."""
    move(voice, VoiceStatus.RECEIVED, by=by, note=_given(reason), moment=moment)
    return _keep(voice, redacted_by=None, released_by=None)


@transaction.atomic
def hide(voice, *, reason, by, moment):
    """Out of sight, with the reason; never deleted, and it still gets the town's answer (C23)."""
    reason = _given(reason)[:300]
    move(voice, VoiceStatus.HIDDEN, by=by, note=reason, moment=moment)
    voice.flags.filter(resolved_at=None).update(resolved_at=moment, resolved_by=by.subject)
    return _keep(voice, hidden_reason=reason)


@transaction.atomic
def restore(voice, *, by, moment):
    """Back to be looked through by two people; published again only when the second releases it."""
    move(voice, VoiceStatus.RECEIVED, by=by, moment=moment)
    return _keep(voice, hidden_reason="", redacted_by=None, released_by=None)


def _keep(voice, **fields):
    type(voice).objects.filter(pk=voice.pk).update(**fields)
    for name, value in fields.items():
        if not isinstance(value, Vector):
            setattr(voice, name, value)
    return voice


def _given(reason):
    reason = clean_text(reason, multiline=True)
    if not reason:
        raise Refused(_("Podaj powód."))
    return reason


# Files of letters


@transaction.atomic
def name_file(remark_file, *, public_name, by):
    """The first person: the file holds no personal data and gets a name that tells nothing of its author (C26)."""
    public_name = clean_text(public_name)
    if remark_file.is_scan:
        raise Refused(_("Skanu pisma nie publikujemy: są w nim dane autora."))
    if not public_name or traces(public_name):
        raise Refused(_("Podaj nazwę pliku bez danych osobowych."))
    return _keep(remark_file, public_name=public_name[:120], named_by=by.subject, released_by=None)


@transaction.atomic
def release_file(remark_file, *, by):
    """The second person: everybody may take the file."""
    if not remark_file.public_name:
        raise Refused(_("Najpierw ktoś musi przejrzeć plik i nadać mu nazwę."))
    if remark_file.named_by == by.subject:
        raise Refused(_("Nazwę nadałaś lub nadałeś Ty. Dopuścić plik musi inna osoba."))
    return _keep(remark_file, released_by=by.subject)


# Splitting and gathering


@transaction.atomic
def split(voice, *, parts: Sequence[str], by, moment):
    """One voice of a letter into several, each answered on its own. Nobody's words are added, changed or lost: the parts put
    together must be what was written. Refused once the voice is looked through, grouped or ruled on. Returns all of them."""
    voice = Voice.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=voice.pk)
    parts = [part for part in (clean_text(part, multiline=True) for part in parts) if part]
    _guard_splitting(voice, parts)
    _keep(voice, original=parts[0], original_search=Vector(parts[0]))
    same = {
        name: getattr(voice, name)
        for name in ("consultation_id", "instrument", "remark_id", "paragraph_id", "channel", "is_late", "is_left")
    }
    return [voice, *add(Voice(**same, original=part) for part in parts[1:])]


def _guard_splitting(voice, parts):
    if voice.remark_id is None:
        raise Refused(_("Podzielić można tylko głos z pisma; odpowiedź z ankiety zostaje w całości."))
    if voice.status != VoiceStatus.RECEIVED or voice.group_id or Ruling.objects.filter(voice=voice).exists():
        raise Refused(_("Podzielić można tylko głos, którego nikt jeszcze nie opracował."))
    if len(parts) < 2:
        raise Refused(_("Wstaw co najmniej jedną linię z samymi znakami ---, tam gdzie głos ma się dzielić."))
    if "".join(parts).split() != voice.original.split() and " ".join(parts).split() != voice.original.split():
        raise Refused(_("Części razem muszą być dokładnie tym, co napisano. Wstaw tylko linie podziału."))


@transaction.atomic
def gather(voices, *, group: VoiceGroup | None = None, title: str = "", summary: str = "", by, moment) -> VoiceGroup:
    """Like voices into one group, answered together: the given one, or a new one with the title.

    Refused for a group whose answer is approved (its approver did not read these) and for a voice with an answer of its own.
    """
    chosen = list(Voice.objects.select_for_update(of=("self",)).filter(pk__in=[voice.pk for voice in voices]).order_by("pk"))
    if not chosen or len({voice.consultation_id for voice in chosen}) > 1:
        raise Refused(_("Wybierz głosy z tych samych konsultacji."))
    _hold(chosen)
    group = _group_for(chosen[0].consultation_id, group, title, summary)
    if own := Ruling.objects.filter(voice__in=chosen).select_related("voice").first():
        raise Refused(
            _("Głos %(mark)s ma już własne stanowisko. Usuń je, zanim dołączysz głos do grupy.") % {"mark": own.voice.mark}
        )
    if any(voice.group_id not in (None, group.pk) and _is_approved(voice.group_id) for voice in chosen):
        raise Refused(_("Jeden z głosów należy do grupy z zatwierdzonym stanowiskiem."))
    Voice.objects.filter(pk__in=[voice.pk for voice in chosen]).update(group=group)
    return group


def _hold(voices) -> None:
    """The groups that the voices leave: no answer of theirs is approved, and counts its voices, until this is done."""
    left = {voice.group_id for voice in voices}
    list(VoiceGroup.objects.select_for_update(of=("self",)).filter(pk__in=left - {None}).order_by("pk"))


def _group_for(consultation_id, group, title, summary):
    if group is None:
        title = clean_text(title)
        if not title:
            raise Refused(_("Napisz, czego dotyczą głosy w tej grupie."))
        return VoiceGroup.objects.create(
            consultation_id=consultation_id, title=title[:200], summary=clean_text(summary, multiline=True)
        )
    group = VoiceGroup.objects.select_for_update().get(pk=group.pk)
    if group.consultation_id != consultation_id:
        raise Refused(_("Ta grupa należy do innych konsultacji."))
    if _is_approved(group.pk):
        raise Refused(_("Stanowisko tej grupy jest zatwierdzone. Otwórz je ponownie, zanim dołączysz głosy."))
    return group


def _is_approved(group_id):
    return Ruling.objects.filter(group=group_id, status=RulingStatus.APPROVED).exists()


@transaction.atomic
def take_out(voice, *, by):
    """Out of its group, to be answered on its own. Refused once the group's answer is approved."""
    voice = Voice.objects.select_for_update(of=("self",)).get(pk=voice.pk)
    _hold([voice])
    if voice.group_id and _is_approved(voice.group_id):
        raise Refused(_("Stanowisko tej grupy jest zatwierdzone. Otwórz je ponownie, zanim wyjmiesz głos."))
    return _keep(voice, group=None)


def likely_alike(consultation, *, most: int = 20) -> list[list[Voice]]:
    """Groups of ungrouped voices, of those considered, that say much the same, the largest first; a proposal, nothing is changed."""
    waiting = consultation.voices.considered().filter(group=None, ruling=None)
    texts = {
        voice.pk: {stem for word in words(voice.original) for stem in stems_of(word)[:1]}
        for voice in waiting.only("original")[:MOST_LIKE]
    }
    proposed = clusters(texts)[:most]
    voices = Voice.objects.in_bulk([pk for cluster in proposed for pk in cluster])
    return [[voices[pk] for pk in cluster] for cluster in proposed]


# Readers


@transaction.atomic
def flag(voice, *, reason, moment):
    """A reader says that a published voice breaks the rules: a hint to the moderator, it hides nothing."""
    if voice.status != VoiceStatus.PUBLISHED:
        raise Refused(_("Tego głosu już tu nie ma."))
    return VoiceFlag.objects.create(voice=voice, reason=_given(reason)[:300], at=moment)


@transaction.atomic
def settle_flag(voice_flag, *, by, moment):
    """The moderator looked: the voice stays as it is."""
    if not VoiceFlag.objects.filter(pk=voice_flag.pk, resolved_at=None).update(resolved_at=moment, resolved_by=by.subject):
        raise Refused(_("To zgłoszenie jest już załatwione."))
    voice_flag.refresh_from_db()
