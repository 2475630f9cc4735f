"""Everything the desk shows of one case, each kind read once and only when asked for."""

from functools import cached_property
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from accounts.models import User
from eboi.actions import duties, rulings, service
from eboi.admin.register import answers_of
from eboi.models import (
    Attachment,
    Case,
    CaseMessage,
    Deadline,
    DefectCall,
    Delivery,
    Document,
    IncomingLetter,
    OutgoingLetter,
    Pause,
    Scan,
)
from eboi.statuses import OPEN_CALL, CallStatus, CaseStatus, DecisionStatus
from eboi.words import term_explained, term_words
from office.compiled import compiled
from office.files import held_by
from office.models import StoredFile
from office.working_days import Calendar
from payments.models import zlotys

PARTS = {
    "deadlines_json": Deadline,
    "pauses_json": Pause,
    "calls_json": DefectCall,
    "messages_json": CaseMessage,
    "outgoing_json": OutgoingLetter,
    "deliveries_json": Delivery,
}


def with_parts(cases):
    """The short lists of a case come along as JSON in its own row: one question to the database instead of four."""
    return cases.annotate(**{name: _as_json(model) for name, model in PARTS.items()})


def _as_json(model):
    """Rows as the server writes them: named column by column the statement grows past what psycopg keeps parsed (4,096 letters)."""
    table = model._meta.db_table
    order = ", ".join(f"{name.lstrip('-')}{' desc' if name.startswith('-') else ''}" for name in model._meta.ordering or ["id"])
    sql = f"array(select to_jsonb(part) from {table} part where part.case_id = eboi_case.id order by {order})"  # noqa: S608  our own names
    return RawSQL(sql, [], output_field=ArrayField(JSONField()))  # noqa: S611


def _rows(model, found):
    fields = model._meta.concrete_fields
    return [model(**{field.attname: field.to_python(row[field.attname]) for field in fields}) for row in found]


@compiled
def case_of(*, clerk: int, case: UUID) -> QuerySet[Case]:
    """The case, if it lies in a unit of this clerk, with its parts and everything that its page says of it."""
    known = with_parts(Case.objects.in_units_of(clerk).with_term().with_identity().with_unread())
    return known.select_related("unit", "matter", "person", "officer", "decision").filter(pk=case)


@compiled
def _letters(*, case: UUID) -> QuerySet[IncomingLetter]:
    return IncomingLetter.objects.filter(case=case).select_related("submission").order_by("received_at")


@compiled
def _files(*, case: UUID) -> QuerySet[StoredFile]:
    return held_by(
        Attachment.objects.filter(submission__letter__case=case).values("file"), Scan.objects.filter(letter__case=case).values("file"),
        Document.objects.filter(case=case).values("file"),
        Delivery.objects.filter(case=case, proof_file__isnull=False).values("proof_file"),
    )  # fmt: skip


class Dossier:
    """Built on a case read through `with_parts`."""

    def __init__(self, case):
        self.case = case

    @cached_property
    def today(self):
        return localdate()

    @cached_property
    def calendar(self):
        return Calendar.of_office()

    @cached_property
    def deadlines(self):
        return _rows(Deadline, self.case.deadlines_json)

    @cached_property
    def pauses(self):
        return _rows(Pause, self.case.pauses_json)

    @cached_property
    def calls(self):
        return _rows(DefectCall, self.case.calls_json)

    @cached_property
    def messages(self):
        return _rows(CaseMessage, self.case.messages_json)

    @cached_property
    def deliveries(self):
        return _rows(Delivery, self.case.deliveries_json)

    @cached_property
    def outgoing(self):
        """What left in the case, the oldest first, each with the day it reached the party and, until then, the day of the fiction."""
        found = sorted(_rows(OutgoingLetter, self.case.outgoing_json), key=lambda letter: letter.registered_at)
        arrived = {delivery.letter_id: delivery.effective_on for delivery in self.deliveries}
        for letter in found:
            letter.arrived_on = arrived.get(letter.pk)
            letter.fiction_on = self._fiction(letter)
            letter.needs_proof = (
                not (letter.arrived_on or letter.call_id or letter.decision_id) and letter.channel in Delivery.Channel
            )
        return found

    def _fiction(self, letter):
        if not letter.first_notice_on or letter.arrived_on:
            return None
        return service.effective_day(collected_on=None, first_notice_on=letter.first_notice_on, calendar=self.calendar)

    @property
    def on_its_way(self):
        """The last letter that waits for its proof: of the call that was sent, or of the decision."""
        call = self.open_call
        if call and call.status != CallStatus.SENT:
            return None
        about = [one for one in self.outgoing if (one.call_id == call.pk if call else one.decision_id)]
        return next((one for one in reversed(about) if not one.arrived_on), None)

    @property
    def has_letter_after_call(self):
        call = self.open_call
        return bool(call and call.sent_at) and any(
            letter.sender_id == self.case.person_id and letter.received_at > call.sent_at for letter in self.letters
        )

    @cached_property
    def letters(self):
        return list(_letters(case=self.case.pk))

    @cached_property
    def duties(self):
        """Stamp duty asked with what was filed, with its payments."""
        return duties.of_submissions(letter.submission_id for letter in self.letters if letter.submission_id)

    @property
    def unpaid_duties(self):
        return duties.unpaid(self.duties)

    @property
    def unpaid_in_words(self):
        """With what a call for a duty begins (KPA art. 261 § 1); the clerk adds the rest."""
        return "\n".join(
            f"opłata skarbowa: {one.name}, {zlotys(one.grosze)}"
            + (f", numer płatności {one.payment.mark}" if one.payment else "")
            for one in self.unpaid_duties
        )

    @cached_property
    def files(self):
        """What came with the letters and what was added later, the oldest first."""
        return list(_files(case=self.case.pk))

    @cached_property
    def is_held(self):
        return self.case.disposal_holds.filter(ended_at__isnull=True).exists()

    @property
    def deadline(self):
        """The open one, or the last of a case that has ended."""
        return self.deadlines[-1] if self.deadlines else None

    @property
    def open_call(self):
        return next((call for call in self.calls if call.status in OPEN_CALL), None)

    @property
    def is_overdue(self):
        return self.case.is_active and not self.open_pause and bool(self.deadline) and self.deadline.due_on < self.today

    @property
    def open_pause(self):
        return next((pause for pause in self.pauses if pause.until is None), None)

    @property
    def draft_decision(self):
        decision = getattr(self.case, "decision", None)
        return decision if decision and decision.status == DecisionStatus.DRAFT else None

    @cached_property
    def term(self):
        due = self.deadline.due_on if self.case.is_active and self.deadline else None
        return term_words(due, self.today, is_paused=bool(self.open_pause), calendar=self.calendar)

    @cached_property
    def term_steps(self):
        return term_explained(self.deadline, self.pauses, self.calendar) if self.deadline else []

    @cached_property
    def appeal_until(self):
        return rulings.appeal_until(self.case, self.calendar) if self.case.status == CaseStatus.SERVED else None

    @cached_property
    def sections(self):
        """The answers of the submission that the case stands on."""
        submission = next((letter.submission for letter in self.letters if letter.submission_id), None)
        return answers_of(submission) if submission else []

    @cached_property
    def conversation(self):
        """Messages with the name under which their author signs, the newest first."""
        names = {self.case.officer.subject: str(self.case.officer)}
        unknown = {message.author for message in self.messages if message.kind != CaseMessage.Kind.FROM_RESIDENT} - set(names)
        if unknown:
            names |= {user.subject: str(user) for user in User.objects.filter(subject__in=unknown)}
        return [
            {"message": message, "who": names.get(message.author, str(self.case.person))} for message in reversed(self.messages)
        ]
