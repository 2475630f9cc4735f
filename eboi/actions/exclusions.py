"""A clerk is kept from an own or a close person's case, and the attempt stays on record (KPA art. 24, L11)."""

from functools import wraps

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.models import Case, Exclusion
from office.transitions import Refused
from residents.rules import is_own_or_family


class Excluded(Refused):
    """Refused for partiality. Carries the log entry, which the verb's rollback must not take away."""

    def __init__(self, text, entry):
        super().__init__(text)
        self.entry = entry


def keeps_exclusions(verb):
    """Put outside @transaction.atomic: what the verb wrote is rolled back, the log of the attempt is written after that.

    A caller that wraps the verb in a transaction of its own must catch Refused inside it.
    """

    @wraps(verb)
    def keeping(*args, **kwargs):
        try:
            return verb(*args, **kwargs)
        except Excluded as refusal:
            refusal.entry.save(force_insert=True)
            raise

    return keeping


def guard_impartial(subject, person, *, clerk, tried, by, moment):
    """Raise Excluded when the case or letter `subject` concerns `clerk` or someone of their household."""
    if not is_own_or_family(clerk, person, localdate(moment)):
        return
    which = {"case": subject} if isinstance(subject, Case) else {"letter": subject}
    entry = Exclusion(**which, clerk=clerk.subject, tried_by=by.subject, tried=tried, at=moment)
    if clerk == by:
        raise Excluded(_("To Twoja sprawa albo sprawa kogoś z Twojego gospodarstwa. Musi ją prowadzić ktoś inny."), entry)
    raise Excluded(_("%(clerk)s nie może prowadzić tej sprawy: dotyczy bliskiej osoby.") % {"clerk": clerk}, entry)
