"""A network from its plan to its end. Every change of it or of its points raises its version under the row's lock; who confirms or approves
says which version they saw, so that nobody signs what they have not read (approve against edit)."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.outbox import post
from office.transitions import Refused, StaleStatus, move
from residents.whereabouts import why_not_here
from ui.text import clean_text
from wifi_points import rules
from wifi_points.actions import faults
from wifi_points.models import AccessPoint, Installer, Network
from wifi_points.statuses import NetworkStatus

STATEMENTS = {
    "is_running": "Wszystkie punkty z wykazu są zamontowane i działają.",
    "meets_grant": "Sieć spełnia warunki umowy o dofinansowanie.",
    "duplicates_nothing": "Sieć nie powiela podobnej bezpłatnej oferty w tym samym miejscu.",
    "payment_is_true": "Dane we wniosku o płatność są prawdziwe.",
}
ALL_FOUR = "Potwierdź wszystkie cztery oświadczenia. Jeśli któreś nie jest prawdą, najpierw popraw sieć."
LONGEST_SERIAL = 60
STALE = "Ktoś zmienił tę sieć, odkąd otworzono stronę. Obejrzyj wykaz jeszcze raz i dopiero wtedy zdecyduj."


def locked(network) -> Network:
    """The row as it is now, ours until commit."""
    return Network.objects.select_for_update(of=("self",)).select_related("installer", "programme").get(pk=network.pk)


def changed(network) -> None:
    Network.objects.filter(pk=network.pk).update(version=F("version") + 1)


def _guard_version(network, version):
    if network.version != version:
        raise StaleStatus(_(STALE))


def _guard_open(network):
    if rules.is_locked(network):
        raise Refused(_("Wykaz tej sieci jest zamknięty po potwierdzeniu. Otworzy go tylko prośba opiekuna o poprawki."))


def guard_editable(network, version) -> None:
    """For a row that is `locked`: refused when the list is closed, or when it is no longer the version that was seen."""
    _guard_open(network)
    _guard_version(network, version)


# Who builds


@transaction.atomic
def invite(network, *, email, company, by, moment) -> Installer:
    """Give the network to the person with this address and tell them by e-mail. A confirmed list that stood waiting goes back for revision:
    another installer answers for it now (the Commission's rule)."""
    network, email = locked(network), email.strip().lower()
    installer, _made = Installer.objects.get_or_create(
        email=email, defaults={"company": clean_text(company), "invited_by": by.subject, "invited_at": moment}
    )
    if network.status not in (NetworkStatus.PLANNED, NetworkStatus.REVISION, NetworkStatus.CONFIRMED):
        raise Refused(_("Ta sieć jest już zatwierdzona. Instalatora zmienia się przed zatwierdzeniem."))
    if network.installer_id == installer.pk:
        raise Refused(_("Ten instalator ma już tę sieć."))
    if network.status == NetworkStatus.CONFIRMED:
        move(network, NetworkStatus.REVISION, by=by, note=_("Zmienił się instalator."), moment=moment)
    Network.objects.filter(pk=network.pk).update(installer=installer, version=F("version") + 1)
    post(event="wifi_points/invited", to=email, context={"path": reverse("wifi_points:mine")}, about=network)
    return installer


# The list of points


@transaction.atomic
def add_point(network, *, by, moment, **fields) -> AccessPoint:
    """Refused: a locked list, a place outside the town, a number, serial or MAC that another standing device has."""
    network = locked(network)
    _guard_open(network)
    point = _stored(AccessPoint(network=network, **_clean(fields)))
    changed(network)
    return point


@transaction.atomic
def change_point(point, *, version, by, moment, **fields) -> AccessPoint:
    """`version`: the network's, as the installer saw it. Refused when somebody changed the network since."""
    network = locked(point.network)
    guard_editable(network, version)
    point = AccessPoint.objects.standing().get(pk=point.pk)
    for name, value in _clean(fields).items():
        setattr(point, name, value)
    _stored(point)
    changed(network)
    return point


@transaction.atomic
def remove_point(point, *, version, by, moment) -> None:
    """Off the list before it was ever approved; the row stays as one that ended, so that its serial and MAC are free again."""
    network = locked(point.network)
    guard_editable(network, version)
    AccessPoint.objects.standing().filter(pk=point.pk).update(removed_on=localdate(moment))
    changed(network)


@transaction.atomic
def swap_device(point, *, brand, model, serial, mac, swapped_on, by, moment) -> AccessPoint:
    """Another device at the same place and number, the old row ended and pointing to it: what stood where and when stays known."""
    network = locked(point.network)
    old = AccessPoint.objects.select_for_update().get(pk=point.pk)
    if network.status != NetworkStatus.LIVE or old.removed_on or old.installed_on is None:
        raise Refused(_("Urządzenie wymienia się w punkcie, który działa w uruchomionej sieci."))
    if not old.installed_on <= swapped_on <= localdate(moment):
        raise Refused(_("Dzień wymiany musi być po zamontowaniu i nie w przyszłości."))
    kept = {
        name: getattr(old, name)
        for name in ("network", "number", "kind", "place", "address", "latitude", "longitude", "is_indoor")
    }
    AccessPoint.objects.filter(pk=old.pk).update(removed_on=swapped_on)
    device = {"brand": brand, "model": model, "serial": serial, "mac": mac}
    new = _stored(AccessPoint(**kept, **_clean(device), installed_on=swapped_on))
    AccessPoint.objects.filter(pk=old.pk).update(replaced_by=new)
    changed(network)
    return new


def _clean(fields):
    if "serial" in fields:
        fields["serial"] = clean_text(fields["serial"]).upper()
        if len(fields["serial"]) > LONGEST_SERIAL:  # capitals may be longer than what was typed (ß)
            raise Refused(_("Numer seryjny ma za dużo znaków."))
    if "mac" in fields:
        fields["mac"] = fields["mac"].strip().lower().replace("-", ":")
    return fields


def _stored(point):
    """The point with its row written, or a refusal in words when the database has its number, serial or MAC already."""
    if why := why_not_here(point.latitude, point.longitude):
        raise Refused(_("Położenie: %(why)s.") % {"why": why})
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as clash:
        raise Refused(_taken(str(clash))) from clash
    return point


def _taken(clash):
    words = {
        "wifi_points_serial_once": _("Urządzenie z tym numerem seryjnym jest już w wykazie."),
        "wifi_points_mac_once": _("Urządzenie z tym adresem MAC jest już w wykazie."),
        "wifi_points_point_number_once": _("Punkt o tym numerze jest już w tej sieci."),
    }
    return next((said for name, said in words.items() if name in clash), _("Taki punkt już jest w wykazie."))


# Confirming and approving


@transaction.atomic
def confirm(network, *, version, statements, by, moment) -> Network:
    """The installer's four statements; from here on the list is locked.

    Refused: not every statement made, no point installed, a version that is no longer the one read.
    """
    network = locked(network)
    _guard_version(network, version)
    if set(statements) != set(STATEMENTS):
        raise Refused(_(ALL_FOUR))
    points = network.points.standing()
    if not points.exists() or points.filter(installed_on=None).exists():
        raise Refused(_("Każdy punkt wykazu musi mieć dzień montażu, a wykaz co najmniej jeden punkt."))
    network.confirmed_by, network.confirmed_at = by.subject, moment
    move(network, NetworkStatus.CONFIRMED, by=by, moment=moment, along=["confirmed_by", "confirmed_at"])
    changed(network)
    network.refresh_from_db()
    return network


@transaction.atomic
def approve(network, *, version, by, moment) -> Network:
    """The owner takes over what the installer confirmed. Refused: another version than the one seen, or one's own confirmation."""
    network = locked(network)
    _guard_version(network, version)
    if network.confirmed_by == by.subject:
        raise Refused(_("Sieć zatwierdza ktoś inny niż ten, kto ją potwierdził."))
    move(network, NetworkStatus.APPROVED, by=by, moment=moment)
    changed(network)
    return network


@transaction.atomic
def ask_for_revision(network, *, reason, by, moment) -> Network:
    """Open the list again; the installer is told by e-mail and reads the reason in the portal."""
    network, reason = locked(network), clean_text(reason)
    if not reason:
        raise Refused(_("Napisz, co trzeba poprawić."))
    move(network, NetworkStatus.REVISION, by=by, note=reason[:500], moment=moment)
    changed(network)
    if network.installer:
        path = reverse("wifi_points:network", args=[network.pk])
        post(event="wifi_points/revision", to=network.installer.email, context={"path": path}, about=network)
    return network


@transaction.atomic
def go_live(network, *, by, moment) -> Network:
    """Residents see it from now on. Refused with the whole list of what is missing."""
    network = locked(network)
    if why := rules.why_not_live(network, localdate(moment)):
        raise Refused(_("Sieci nie można jeszcze uruchomić: %(why)s.") % {"why": "; ".join(why)})
    network.live_since = moment
    move(network, NetworkStatus.LIVE, by=by, moment=moment, along=["live_since"])
    changed(network)
    return network


@transaction.atomic
def close(network, *, reason, replacement=None, by, moment) -> Network:
    """The end of a network. Refused while its duty runs, unless a live network takes its place."""
    network, day = locked(network), localdate(moment)
    if why := rules.why_not_close(network, day, replacement):
        raise Refused(why)
    network.closed_on, network.replaced_by = day, replacement
    move(network, NetworkStatus.CLOSED, by=by, note=clean_text(reason)[:500], moment=moment, along=["closed_on", "replaced_by"])
    network.points.standing().update(removed_on=day)
    faults.end_all_of(network, by=by, moment=moment)
    changed(network)
    return network


@transaction.atomic
def set_addresses(network, *, name, portal_url, network_identifier, by, moment) -> Network:
    """What the Commission's portal gave: the token and the address of the captive page. Before the approval only."""
    network = locked(network)
    _guard_open(network)
    taken = Network.objects.exclude(pk=network.pk)
    if taken.filter(portal_url=portal_url).exists():
        raise Refused(_("Ten adres strony powitalnej ma już inna sieć. W portalu Komisji może wystąpić tylko raz."))
    if network_identifier and taken.filter(network_identifier=network_identifier).exists():
        raise Refused(_("Ten identyfikator ma już inna sieć."))
    Network.objects.filter(pk=network.pk).update(
        name=name, portal_url=portal_url, network_identifier=network_identifier, version=F("version") + 1
    )
    return network
