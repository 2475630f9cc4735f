from office.models.audit import AuditSeal, PersonalDataRead
from office.models.calendar import HolidayOverride
from office.models.dated import Dated, DatedQuerySet
from office.models.files import ScanState, StoredFile
from office.models.history import StatusChange
from office.models.idempotency import AcceptedRequest
from office.models.numbering import Counter
from office.models.outbox import Channel, MailboxItem, Message, MessageBody, MessageState, Urgency
from office.models.retention import Erasure, RetentionPeriod, RetentionRun

__all__ = [
    "AcceptedRequest",
    "AuditSeal",
    "Channel",
    "Counter",
    "Dated",
    "DatedQuerySet",
    "Erasure",
    "HolidayOverride",
    "MailboxItem",
    "Message",
    "MessageBody",
    "MessageState",
    "PersonalDataRead",
    "RetentionPeriod",
    "RetentionRun",
    "ScanState",
    "StatusChange",
    "StoredFile",
    "Urgency",
]
