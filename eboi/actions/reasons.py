"""A verb that needs a reason gets one, cleaned, or refuses."""

from django.utils.translation import gettext as _

from office.transitions import Refused
from ui.text import clean_text


def given(reason):
    """The reason as it will stand in the history. Refused when nothing is left of it."""
    reason = clean_text(reason, multiline=True)
    if not reason:
        raise Refused(_("Podaj powód."))
    return reason
