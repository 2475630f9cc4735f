"""A draft and its filing. Filing is one transaction: content, attachments, letter outside, RPW number, receipt, accepted key (D1, D2, L2)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi import receipts
from eboi.actions import duties
from eboi.actions.register import register_letter
from eboi.drafts import has_expired
from eboi.mails import post_received
from eboi.models import Attachment, Receipt, Submission
from eboi.models.filing import LetterChannel
from eboi.statuses import SubmissionStatus
from office import compiled as sql
from office import files, idempotency
from office.transitions import Refused, move
from residents.rules import identity_level
from schemas.checking import check_all
from schemas.comparison import carried_over
from schemas.computed import Context
from schemas.definition import compiled, owner
from schemas.kinds import file_entry
from schemas.models import Kind
from ui.text import clean_text

AN_HOUR = 20  # filings of one person


class StaleDraft(Refused):
    """Another device or tab saved this draft after the page was opened; nothing was overwritten."""


class AlreadyFiled(Refused):
    """The draft was filed in the meantime, from another page or device; its receipt stands."""


class FormWithdrawn(Refused):
    """The office withdrew the form after the draft was begun; the draft is kept and waits for `bring_up_to_date`."""


class Incomplete(Refused):
    """Something is missing or wrong; `errors` names the questions."""

    def __init__(self, errors):
        super().__init__(_("Zgłoszenie nie jest jeszcze kompletne."))
        self.errors = errors


# The draft


@transaction.atomic
def open_draft(person, matter, *, moment):
    """The person's draft in this matter: the one begun before, or a new one on the form in force. Two tabs get the same one.

    A draft past its time is thrown away first. Refused when the matter has no form in force or is no longer offered.
    """
    begun = Submission.objects.drafts().filter(person=person, matter=matter).select_for_update().first()
    if begun and has_expired(begun, moment):
        throw_away(begun)
        begun = None
    version = matter.form.current()
    if version is None or not matter.is_offered:
        raise Refused(_("Tej sprawy nie można teraz rozpocząć przez internet. Złóż ją na papierze albo zapytaj w urzędzie."))
    if begun is None:
        form = compiled(version.pk)
        known = {**known_answers(form, person), **opening_answers(form, matter, localdate(moment))}
        begun, _is_new = Submission.objects.get_or_create(
            person=person, matter=matter, status=SubmissionStatus.DRAFT, defaults={"form_version": version, "answers": known}
        )
    return begun


def known_answers(form, person):
    """What the town hall already knows is not asked twice: it stands in the form, to be checked and changed."""
    known = {"given-name": person.first_name, "family-name": person.last_name, "tel": person.phone, "email": person.email}
    tokens = {code: known.get(question.autocomplete) for code, question in form.questions.items()}
    pesels = {code: person.pesel for code, question in form.questions.items() if question.kind == Kind.PESEL}
    return {code: value for code, value in {**tokens, **pesels}.items() if value}


def opening_answers(form, matter, day):
    """What the service card says of a matter that goes by letter: its name as the subject, its sentences to begin with.

    A form takes them where it has questions with the codes `subject` and `content`; a card that says nothing gives nothing.
    """
    card = matter.terms.valid_on(day).order_by("-valid_from", "-pk").first()
    if card is None or not card.letter_opening:
        return {}
    begun = {"subject": matter.name, "content": card.letter_opening}
    return {code: text for code, text in begun.items() if code in form.questions}


def checked_draft(draft, moment):
    """The whole form checked, as it would be filed now. A letter begun by its card and left at that says nothing yet."""
    form, day = compiled(draft.form_version_id), localdate(moment)
    checked = check_all(form, draft.answers, context=Context(day=day))
    begun = opening_answers(form, draft.matter, day).get("content") if "content" in checked.answers else None
    if begun is None or checked.answers["content"] != clean_text(begun, multiline=True):
        return checked
    return replace(checked, errors={**checked.errors, "content": _("Uzupełnij treść: na razie jest tu tylko jej początek.")})


@transaction.atomic
def bring_up_to_date(draft, *, by):
    """A draft begun on a form that was withdrawn since goes on with the one in force.

    Codes keep their meaning through versions, so answers stay, also those that are not right yet; only what would now mean
    something else has to be answered again. Nothing happens to a draft whose form still holds. Refused when no form is in force.
    """
    _guard_own(draft, by)
    locked = _locked(draft)
    if locked.form_version.withdrawn_at is None:
        return locked
    version = locked.matter.form.current()
    if version is None:
        raise Refused(_("Formularz tej sprawy został wycofany. Zapytaj w urzędzie, jak ją teraz załatwić."))
    again = set(to_answer_again(compiled(locked.form_version_id), compiled(version.pk), locked.answers))
    locked.answers = {key: value for key, value in locked.answers.items() if owner(key) not in again}
    locked.form_version, locked.revision = version, locked.revision + 1
    locked.save(update_fields=["form_version", "answers", "revision", "saved_at"])
    return locked


def to_answer_again(old, new, answers):
    """Codes of questions whose kept answer may mean something else in the new form. Files stay: they are what they are."""
    stands, wanted = carried_over(old, new, answers)
    return [code for code in wanted if code in stands and new.questions[code].kind != Kind.FILE]


@transaction.atomic
def save_answers(draft, answers, *, revision, by):
    """Keep what was typed, right or not yet. Refused (StaleDraft) unless `revision` is the one now stored: nobody overwrites blindly."""
    _guard_own(draft, by)
    locked = _locked(draft)
    if locked.revision != revision:
        raise StaleDraft(_("Na innym urządzeniu albo w innej karcie zapisano w międzyczasie inne odpowiedzi."))
    return _keep(draft, locked, answers)


@transaction.atomic
def attach(draft, question, upload, *, by):
    """Take a file in under the question. Never stale: it adds and overwrites nothing.

    Raises ValidationError, in plain Polish, for a file that is refused; nothing else of the draft is touched then.
    """
    _guard_own(draft, by)
    locked = _locked(draft)
    stored = files.store(upload, owner=by)
    attachment = Attachment.objects.create(submission=draft, question=question, file=stored)
    entries = [*locked.answers.get(question, []), file_entry(stored)]
    _keep(draft, locked, {**locked.answers, question: entries})
    return attachment


@transaction.atomic
def detach(attachment, *, by):
    """Take a file out of a draft, for good."""
    draft = attachment.submission
    _guard_own(draft, by)
    locked = _locked(draft)
    kept = [entry for entry in locked.answers.get(attachment.question, []) if entry["id"] != str(attachment.file_id)]
    answers = {code: value for code, value in locked.answers.items() if code != attachment.question}
    _keep(draft, locked, {**answers, attachment.question: kept} if kept else answers)
    files.remove_with(attachment)


@transaction.atomic
def discard_draft(draft, *, by):
    """Throw the draft and its files away. A filed submission is refused."""
    _guard_own(draft, by)
    throw_away(_locked(draft))


@transaction.atomic
def expire_draft(draft):
    """Remove a draft whose period is over, its files too (L22). Refused when it was filed meanwhile."""
    throw_away(_locked(draft))


def _guard_own(draft, by):
    if draft.person.account_id != by.pk:
        raise Refused(_("To nie jest Twoje zgłoszenie."))


@sql.compiled
def _stored(*, submission: UUID) -> QuerySet[Submission]:
    related = ("person__account", "matter", "form_version__definition")
    return Submission.objects.select_for_update(of=("self",)).select_related(*related).filter(pk=submission)


def _locked(draft, *, by=None):
    """The stored draft, locked until commit. `by`: whose it has to be, if the caller has not made sure."""
    locked = next(_stored(submission=draft.pk), None)
    if locked is None:
        raise Refused(_("Tego szkicu już nie ma: usunięto go na innym urządzeniu albo w innej karcie."))
    if by:
        _guard_own(locked, by)
    if locked.status != SubmissionStatus.DRAFT:
        raise AlreadyFiled(_("To zgłoszenie zostało już wysłane. Nie można go zmienić."))
    return locked


def _keep(draft, locked, answers):
    locked.answers = answers
    locked.revision += 1
    locked.save(update_fields=["answers", "revision", "saved_at"])
    draft.answers, draft.revision, draft.saved_at = locked.answers, locked.revision, locked.saved_at
    return draft


def throw_away(draft):
    """The draft and its files, whoever asks: its author, a new beginning, or the night when its time is over (L22)."""
    for attachment in draft.attachments.select_related("file"):
        files.remove_with(attachment)
    draft.delete()


# Filing


@transaction.atomic
def submit(draft, *, by, key, revision, sign_in_method, moment):
    """File the draft and give its receipt, all or nothing (L2). The same key sent again gives the same receipt (D2, F2).

    `revision` is that of the answers the person has just checked. Refused: KeyReused for the key of another filing,
    StaleDraft when the answers changed since, AlreadyFiled, Incomplete. Of `draft` only the key is read.
    """
    body, reply = {"submission": str(draft.pk), "revision": revision}, {"receipt": str(uuid4())}
    if before := idempotency.replay(key, by=by, body=body, reply=reply):
        return Receipt.objects.get(pk=before["receipt"])
    filed = _locked(draft, by=by)
    _guard_budget(filed.person, moment)
    if filed.revision != revision:
        raise StaleDraft(_("Odpowiedzi zmieniły się po otwarciu tej strony. Sprawdź je jeszcze raz i wtedy wyślij."))
    _freeze(filed, sign_in_method=sign_in_method, moment=moment)
    move(filed, SubmissionStatus.SUBMITTED, by=by, moment=moment, along=FROZEN)
    attachments = [attachment for attachment in receipts.attachments_of(filed) if _goes_along(attachment, filed.answers)]
    post_received(filed)
    duties.ask(filed, moment=moment)
    letter = _register(filed, len(attachments))
    return receipts.issue(filed, letter, attachments, pk=UUID(reply["receipt"]), moment=moment, on_behalf_of=_organisation(filed))


def _guard_budget(person, moment):
    """S46: nobody files by hand this often."""
    if len(list(_filed_lately(person=person.pk, since=moment - timedelta(hours=1)))) >= AN_HOUR:
        raise Refused(_("W ciągu godziny wysłano już bardzo dużo zgłoszeń. Spróbuj później; odpowiedzi są zapisane."))


@sql.compiled
def _filed_lately(*, person: UUID, since: datetime) -> QuerySet:
    return Submission.objects.filed().filter(person=person, received_at__gt=since).values_list("pk", flat=True)


FROZEN = (
    "answers",
    "computed",
    "received_at",
    "sign_in_method",
    "identity_level",
    "saved_at",
)  # with the status, in one statement


def _freeze(draft, *, sign_in_method, moment):
    """Only what the person was asked goes in; what was computed is kept with its basis, whatever the rates are later."""
    if draft.form_version.withdrawn_at:
        raise FormWithdrawn(_("Urząd zmienił w międzyczasie formularz. Zobacz, co jest inne, i dokończ."))
    checked = checked_draft(draft, moment)
    if not checked.is_complete:
        raise Incomplete(checked.errors)
    draft.answers = checked.answers
    draft.computed = {code: computed.as_json() for code, computed in checked.computed.items()}
    draft.received_at, draft.sign_in_method = moment, sign_in_method
    draft.identity_level = identity_level(draft.person)


def _goes_along(attachment, answers):
    """A file under a question that in the end was not asked is thrown away."""
    if attachment.question in answers:
        return True
    files.remove_with(attachment)
    return False


def _organisation(submission):
    """The body in whose name the person files: the answer that a form marks as the name of an organisation."""
    questions = compiled(submission.form_version_id).questions.values()
    names = (submission.answers.get(question.code) for question in questions if question.autocomplete == "organization")
    return next((name for name in names if name), "")


def _register(submission, attachments_count):
    """The entry of the incoming register, under the name of the portal itself; its number is taken last."""
    return register_letter(
        channel=LetterChannel.PORTAL, received_at=submission.received_at, sender=submission.person,
        sender_name=str(submission.person), subject=submission.matter.name,
        matter=submission.matter, submission=submission, letter_on=localdate(submission.received_at),
        attachments_count=attachments_count, by=None,
    )  # fmt: skip
