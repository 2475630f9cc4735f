"""What states a network and a report of a fault have. Whether a point works now is computed from its outages, never stored.

The installer is a person from outside, so takes the arrows of a resident; the officer takes those of a clerk.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, RESIDENT, SYSTEM


class NetworkStatus(TextChoices):
    PLANNED = "planned", _("w budowie")
    CONFIRMED = "confirmed", _("potwierdzona przez instalatora")
    REVISION = "revision", _("do poprawy")
    APPROVED = "approved", _("zatwierdzona")
    LIVE = "live", _("uruchomiona")
    CLOSED = "closed", _("zlikwidowana")


EDITABLE = (NetworkStatus.PLANNED, NetworkStatus.REVISION)  # anywhere else the list of access points is locked

NETWORK_TRANSITIONS = {
    NetworkStatus.PLANNED: {NetworkStatus.CONFIRMED: RESIDENT, NetworkStatus.CLOSED: CLERK},
    NetworkStatus.CONFIRMED: {NetworkStatus.APPROVED: CLERK, NetworkStatus.REVISION: CLERK},
    NetworkStatus.REVISION: {NetworkStatus.CONFIRMED: RESIDENT, NetworkStatus.CLOSED: CLERK},
    NetworkStatus.APPROVED: {NetworkStatus.LIVE: CLERK, NetworkStatus.REVISION: CLERK},
    NetworkStatus.LIVE: {NetworkStatus.CLOSED: CLERK},
}


class TicketStatus(TextChoices):
    NEW = "new", _("zgłoszone")
    CONFIRMED = "confirmed", _("potwierdzona awaria")
    DISMISSED = "dismissed", _("punkt działał")
    REPAIRED = "repaired", _("naprawione")


OPEN_TICKETS = (TicketStatus.NEW, TicketStatus.CONFIRMED)

TICKET_TRANSITIONS = {
    TicketStatus.NEW: {TicketStatus.CONFIRMED: (CLERK, SYSTEM), TicketStatus.DISMISSED: CLERK},
    TicketStatus.CONFIRMED: {TicketStatus.REPAIRED: (CLERK, SYSTEM)},
}
