"""From a report by anybody to a ticket, from a ticket to an outage, from an outage to its end.

Everything about one point is settled under the lock of its row; two reports of one outage join one ticket.
"""

from django.contrib.auth.backends import ModelBackend
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from office.outbox import post
from office.transitions import CLERK, SYSTEM, Refused, move
from ui.text import clean_text
from wifi_points.models import AccessPoint, FaultReport, Network, Outage, Ticket
from wifi_points.statuses import OPEN_TICKETS, NetworkStatus, TicketStatus

KEEPER = "wifi_points.keep_network"


@transaction.atomic
def report(point, *, fault, moment) -> Ticket:
    """Somebody says that a point does not work. The first report opens a ticket and tells the officers; the next ones join it.

    While an outage of the point or of its network is known the ticket is confirmed at once: nobody has to go and look again.
    """
    point = AccessPoint.objects.select_for_update(of=("self",)).select_related("network").get(pk=point.pk)
    if point.removed_on or point.network.status != NetworkStatus.LIVE:
        raise Refused(_("Tego punktu już nie ma."))
    ticket, is_new = Ticket.objects.get_or_create(
        access_point=point, status__in=OPEN_TICKETS, defaults={"opened_at": moment, "status": TicketStatus.NEW}
    )
    FaultReport.objects.create(ticket=ticket, fault=fault, at=moment)
    if ticket.status == TicketStatus.NEW and (outage := standing_outage(point)):
        _join(ticket, outage, by=None, side=SYSTEM, moment=moment)
    elif is_new:
        tell_keepers("reported", about=ticket)
    return ticket


def standing_outage(point):
    """What is known to be broken now: the point itself, else its whole network."""
    standing = Outage.objects.filter(ended_at=None, network=point.network_id)
    return standing.filter(access_point=point.pk).first() or standing.filter(access_point=None).first()


def _join(ticket, outage, *, by, side, moment):
    ticket.outage = outage
    move(ticket, TicketStatus.CONFIRMED, by=by, side=side, moment=moment, along=["outage"])


@transaction.atomic
def confirm(ticket, *, cause, by, moment) -> Outage:
    """The officer saw it: an outage from the first report on, or the one that stands already."""
    point = AccessPoint.objects.select_for_update(of=("self",)).select_related("network").get(pk=ticket.access_point_id)
    outage = standing_outage(point) or _opened(
        network=point.network, access_point=point, started_at=ticket.opened_at, cause=cause, seen_by=Outage.Seen.REPORT
    )
    _join(ticket, outage, by=by, side=CLERK, moment=moment)
    return outage


@transaction.atomic
def dismiss(ticket, *, reason, by, moment) -> Ticket:
    """The point works. Whoever finds it broken may report it again."""
    move(ticket, TicketStatus.DISMISSED, by=by, note=clean_text(reason)[:500], moment=moment)
    return ticket


@transaction.atomic
def open_outage(network, *, started_at, cause, seen_by, access_point=None, note="", by=None, moment) -> Outage:
    """Of a point or of the whole network. Refused when one stands, or when it would overlap one that was."""
    if started_at > moment:
        raise Refused(_("Awaria nie może zacząć się w przyszłości."))
    outage = _opened(
        network=network,
        access_point=access_point,
        started_at=started_at,
        cause=cause,
        seen_by=seen_by,
        note=clean_text(note)[:300],
    )
    waiting = Ticket.objects.filter(status=TicketStatus.NEW, access_point__network=network)
    for ticket in waiting.filter(access_point=access_point) if access_point else waiting:
        _join(ticket, outage, by=by, side=CLERK if by else SYSTEM, moment=moment)
    return outage


def _opened(**fields):
    try:
        with transaction.atomic():
            return Outage.objects.create(**fields)
    except IntegrityError as clash:
        raise Refused(_("W tym czasie trwa już zapisana awaria tego samego punktu albo sieci.")) from clash


@transaction.atomic
def end_outage(outage, *, ended_at, cause, note="", by=None, moment) -> Outage:
    """It works again: the cause is written down, tickets that waited for it are repaired, unless something else still stands."""
    outage = Outage.objects.select_for_update(of=("self",)).get(pk=outage.pk)
    if outage.ended_at:
        raise Refused(_("Ta awaria jest już zakończona."))
    if not outage.started_at < ended_at <= moment:
        raise Refused(_("Koniec awarii musi być po jej początku i nie w przyszłości."))
    outage.ended_at, outage.cause, outage.note = ended_at, cause, clean_text(note)[:300] or outage.note
    outage.save(update_fields=["ended_at", "cause", "note"])
    for ticket in outage.tickets.filter(status=TicketStatus.CONFIRMED):
        move(ticket, TicketStatus.REPAIRED, by=by, side=CLERK if by else SYSTEM, moment=moment)
    return outage


def end_all_of(network: Network, *, by, moment) -> None:
    """A closed network has no outages: what stands ends with it."""
    for outage in Outage.objects.filter(network=network, ended_at=None):
        end_outage(outage, ended_at=moment, cause=outage.cause, by=by, moment=moment)


def tell_keepers(event, *, about) -> None:
    """E-mail whoever looks after the networks; only a link stands in it."""
    path = f"/urzad/{about._meta.app_label}/{about._meta.model_name}/{about.pk}/change/"
    for keeper in _keepers():
        post(event=f"wifi_points/{event}", to=keeper.email, context={"path": path}, recipient=keeper.subject, about=about)


def _keepers():
    return ModelBackend().with_perm(KEEPER, include_superusers=False).filter(is_staff=True)
