"""Who may do what in e-BOI, and what the rules in force on a day say."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.rules import is_strongly_signed_in
from eboi.models import MatterTerms, UnitMember
from office.transitions import Refused
from residents.rules import is_identity_confirmed, is_own_or_family

__all__ = ["is_own_or_family", "is_ready_to_sign", "is_unit_member", "may_file", "may_handle", "may_see_register", "terms_of"]


def may_file(request) -> bool:
    """S9: a code sent by e-mail is too weak to file with; a passkey or a second factor was used in this session."""
    return request.user.is_authenticated and is_strongly_signed_in(request)


def is_unit_member(user, unit) -> bool:
    """Asked at each request, so a clerk who left the unit has lost its queue at once (S24)."""
    return UnitMember.objects.filter(user=user, unit=unit).exists()


def may_handle(user, case, day: date) -> bool:
    """A case of the clerk's own unit, and neither their own nor a household member's (L11)."""
    return user.has_perm("eboi.handle_case") and is_unit_member(user, case.unit) and not is_own_or_family(user, case.person, day)


def may_see_register(user) -> bool:
    """The whole incoming register; other clerks see what was directed to their units."""
    return user.has_perm("eboi.register_letter") or user.has_perm("eboi.direct_letter")


def is_ready_to_sign(case) -> bool:
    """A decision names its party, so somebody must have made sure who that is. Completing without a decision does not wait."""
    return is_identity_confirmed(case.person)


def terms_of(matter, day: date) -> MatterTerms:
    """The service card in force on the day. Refused when the clerks have entered none."""
    found = matter.terms.valid_on(day).order_by("-valid_from").first()
    if found is None:
        raise Refused(_("Dla sprawy „%(matter)s” nie ma karty usługi na dzień %(day)s.") % {"matter": matter, "day": day})
    return found
