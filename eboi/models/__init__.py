from eboi.models.accessibility import AccessibilityRequest
from eboi.models.cases import Case, CaseMessage, Document, Exclusion
from eboi.models.catalogue import JrwaClass, MatterTerms, MatterType, TermRule, TreeRule, Unit, UnitMember, WasteRate
from eboi.models.deadlines import Deadline, Pause
from eboi.models.disposals import Disposal, DisposalHold, DisposalItem
from eboi.models.duties import MatterDuty, SubmissionDuty
from eboi.models.faults import Fault, FaultFile, FaultRule
from eboi.models.filing import Attachment, IncomingLetter, Receipt, Scan, Submission
from eboi.models.outgoing import LetterTemplate, OutgoingLetter
from eboi.models.rulings import Decision, DefectCall, Delivery

__all__ = [
    "AccessibilityRequest",
    "Attachment",
    "Case",
    "CaseMessage",
    "Deadline",
    "Decision",
    "DefectCall",
    "Delivery",
    "Disposal",
    "DisposalHold",
    "DisposalItem",
    "Document",
    "Exclusion",
    "Fault",
    "FaultFile",
    "FaultRule",
    "IncomingLetter",
    "JrwaClass",
    "LetterTemplate",
    "MatterDuty",
    "MatterTerms",
    "MatterType",
    "OutgoingLetter",
    "Pause",
    "Receipt",
    "Scan",
    "Submission",
    "SubmissionDuty",
    "TermRule",
    "TreeRule",
    "Unit",
    "UnitMember",
    "WasteRate",
]
