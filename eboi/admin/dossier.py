"""Everything the desk shows of one case, each kind read once and only when asked for."""

from functools import cached_property

from django.utils.timezone import localdate

from accounts.models import User
from eboi.actions import rulings
from eboi.admin.register import answers_of
from eboi.deadlines import Calendar
from eboi.models import Attachment, CaseMessage
from eboi.statuses import OPEN_CALL, CaseStatus, DecisionStatus
from eboi.words import term_explained, term_words


class Dossier:
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
        return list(self.case.deadlines.all())

    @cached_property
    def pauses(self):
        return list(self.case.pauses.all())

    @cached_property
    def calls(self):
        return list(self.case.calls.all())

    @cached_property
    def messages(self):
        return list(self.case.messages.all())

    @cached_property
    def letters(self):
        return list(self.case.letters.select_related("submission").order_by("received_at"))

    @cached_property
    def files(self):
        """What came with the letters, then what was added later; (title, StoredFile)."""
        attachments = Attachment.objects.filter(submission__letter__case=self.case).select_related("file")
        documents = self.case.documents.select_related("file")
        return [*(one.file for one in attachments), *(one.file for one in documents)]

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

    @property
    def term(self):
        due = self.deadline.due_on if self.case.is_active and self.deadline else None
        return term_words(due, self.today, is_paused=bool(self.open_pause), calendar=self.calendar)

    @property
    def term_steps(self):
        return term_explained(self.deadline, self.pauses, self.calendar) if self.deadline else []

    @property
    def appeal_until(self):
        return rulings.appeal_until(self.case, self.calendar) if self.case.status == CaseStatus.SERVED else None

    @property
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
