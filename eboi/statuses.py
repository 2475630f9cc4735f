"""What states exist in e-BOI and who moves what where. The diagrams in docs/states/ are drawn from these tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, RESIDENT, SYSTEM


class SubmissionStatus(TextChoices):
    DRAFT = "draft", _("szkic")
    SUBMITTED = "submitted", _("złożone")


SUBMISSION_TRANSITIONS = {SubmissionStatus.DRAFT: {SubmissionStatus.SUBMITTED: RESIDENT}}


class LetterStatus(TextChoices):
    REGISTERED = "registered", _("zarejestrowane")
    DIRECTED = "directed", _("skierowane do wydziału")
    ATTACHED = "attached", _("w aktach sprawy")
    NOTED = "noted", _("bez zakładania sprawy")
    DESTROYED = "destroyed", _("akta zniszczono")  # the entry stays with its number and day (decision 0034)


LETTER_TRANSITIONS = {
    LetterStatus.REGISTERED: {LetterStatus.DIRECTED: CLERK, LetterStatus.ATTACHED: CLERK, LetterStatus.NOTED: CLERK},
    LetterStatus.DIRECTED: {LetterStatus.REGISTERED: CLERK, LetterStatus.ATTACHED: CLERK, LetterStatus.NOTED: CLERK},
    LetterStatus.ATTACHED: {LetterStatus.DESTROYED: SYSTEM},
}


class CaseStatus(TextChoices):
    NEW = "new", _("nowa")
    IN_PROGRESS = "in_progress", _("w toku")
    WAITING_PARTY = "waiting_party", _("czeka na mieszkańca")
    SUSPENDED = "suspended", _("zawieszona")
    DECIDED = "decided", _("rozstrzygnięta")
    SERVED = "served", _("decyzja doręczona")
    FINAL = "final", _("decyzja ostateczna")
    COMPLETED = "completed", _("załatwiona bez decyzji")
    LEFT_UNCONSIDERED = "left_unconsidered", _("pozostawiona bez rozpoznania")
    WITHDRAWN = "withdrawn", _("wycofana")
    FORWARDED = "forwarded", _("przekazana według właściwości")


CASE_TRANSITIONS = {
    CaseStatus.NEW: {
        CaseStatus.IN_PROGRESS: CLERK,
        CaseStatus.WITHDRAWN: RESIDENT,
        CaseStatus.FORWARDED: CLERK,  # KPA art. 65
    },
    CaseStatus.IN_PROGRESS: {
        CaseStatus.WAITING_PARTY: CLERK,  # KPA art. 64 § 2
        CaseStatus.SUSPENDED: CLERK,  # KPA art. 97, 98
        CaseStatus.DECIDED: CLERK,  # KPA art. 104, 107
        CaseStatus.COMPLETED: CLERK,  # a correct declaration needs no decision
        CaseStatus.WITHDRAWN: RESIDENT,
        CaseStatus.FORWARDED: CLERK,
    },
    CaseStatus.WAITING_PARTY: {
        CaseStatus.IN_PROGRESS: (RESIDENT, CLERK),  # the paper came, or the call was a mistake; the date of receipt stays
        CaseStatus.LEFT_UNCONSIDERED: CLERK,  # only after the term passed and a clerk confirmed
        CaseStatus.WITHDRAWN: RESIDENT,
    },
    CaseStatus.SUSPENDED: {CaseStatus.IN_PROGRESS: CLERK, CaseStatus.WITHDRAWN: RESIDENT},
    CaseStatus.DECIDED: {CaseStatus.SERVED: CLERK},
    CaseStatus.SERVED: {CaseStatus.FINAL: SYSTEM},
}
ENDED = (
    CaseStatus.FINAL, CaseStatus.COMPLETED, CaseStatus.LEFT_UNCONSIDERED, CaseStatus.WITHDRAWN, CaseStatus.FORWARDED,
)  # fmt: skip
ACTIVE = (CaseStatus.NEW, CaseStatus.IN_PROGRESS, CaseStatus.WAITING_PARTY, CaseStatus.SUSPENDED)


class CallStatus(TextChoices):
    DRAFT = "draft", _("projekt")
    SENT = "sent", _("wysłane")
    SERVED = "served", _("doręczone")
    CURED = "cured", _("uzupełnione")
    LAPSED = "lapsed", _("termin minął")
    CALLED_OFF = "called_off", _("nieaktualne")  # the case ended another way, or a clerk took a mistaken call back


CALL_TRANSITIONS = {
    CallStatus.DRAFT: {CallStatus.SENT: CLERK, CallStatus.CALLED_OFF: SYSTEM},
    CallStatus.SENT: {CallStatus.SERVED: CLERK, CallStatus.CURED: (RESIDENT, CLERK), CallStatus.CALLED_OFF: (CLERK, SYSTEM)},
    CallStatus.SERVED: {CallStatus.CURED: (RESIDENT, CLERK), CallStatus.LAPSED: CLERK, CallStatus.CALLED_OFF: (CLERK, SYSTEM)},
}
OPEN_CALL = (CallStatus.DRAFT, CallStatus.SENT, CallStatus.SERVED)


class DecisionStatus(TextChoices):
    DRAFT = "draft", _("projekt")
    APPROVED = "approved", _("podpisana")


DECISION_TRANSITIONS = {DecisionStatus.DRAFT: {DecisionStatus.APPROVED: CLERK}}


class FaultStatus(TextChoices):
    DRAFT = "draft", _("niewysłane")
    NEW = "new", _("zgłoszona")
    SENT_ON = "sent_on", _("naprawa zlecona")
    REPAIRED = "repaired", _("naprawiona")
    DISMISSED = "dismissed", _("nie potwierdziła się")
    JOINED = "joined", _("dopisana do innego zgłoszenia")


FAULT_TRANSITIONS = {
    FaultStatus.DRAFT: {FaultStatus.NEW: RESIDENT, FaultStatus.JOINED: RESIDENT},
    FaultStatus.NEW: {FaultStatus.SENT_ON: CLERK, FaultStatus.REPAIRED: CLERK, FaultStatus.DISMISSED: CLERK},
    FaultStatus.SENT_ON: {FaultStatus.REPAIRED: CLERK, FaultStatus.DISMISSED: CLERK},
}
OPEN_FAULTS = (FaultStatus.NEW, FaultStatus.SENT_ON)


class DisposalStatus(TextChoices):
    DRAFT = "draft", _("przygotowany")
    APPROVED = "approved", _("zatwierdzony, czeka na zgodę archiwum")
    CONSENTED = "consented", _("jest zgoda archiwum, akta są niszczone")
    DONE = "done", _("akta zniszczono")
    DROPPED = "dropped", _("odstąpiono")


DISPOSAL_TRANSITIONS = {
    DisposalStatus.DRAFT: {DisposalStatus.APPROVED: CLERK, DisposalStatus.DROPPED: CLERK},
    DisposalStatus.APPROVED: {DisposalStatus.CONSENTED: CLERK, DisposalStatus.DROPPED: CLERK},
    DisposalStatus.CONSENTED: {DisposalStatus.DONE: SYSTEM, DisposalStatus.DROPPED: CLERK},
}
