"""An alert in the Common Alerting Protocol 1.2 (OASIS), for machines: broadcasters, maps, neighbouring towns.

An update or a cancellation is a message of its own that names all before it (`references`); nothing published is edited (L48).
"""

from datetime import datetime
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils.timezone import localtime

from announcements.fan_out import page_of
from announcements.languages import Tongue
from announcements.models import Announcement, Area, Translation

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"
TERC = "2204011"  # the city of Pruszcz Gdański; the rural municipality of the same name is another
ET.register_namespace("", NAMESPACE)
MESSAGE_TYPES = {"alert": "Alert", "update": "Update", "cancel": "Cancel"}


def cap_of(alert: Announcement) -> bytes:
    """The alert as one CAP document. Only of a kind ALERT that was sent: others have no such words."""
    root = ET.Element(_name("alert"))
    for name, value in _head(alert):
        ET.SubElement(root, _name(name)).text = value
    areas = list(alert.areas.select_related("address"))
    for said in alert.wordings().values():  # one block a language, all of one meaning (CAP 1.2, 3.2.2)
        info = ET.SubElement(root, _name("info"))
        for name, value in _info(alert, said):
            ET.SubElement(info, _name(name)).text = value
        _add_area(info, areas, said.tongue)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def identifier_of(alert: Announcement) -> str:
    return f"pruszcz-gdanski-{alert.pk}"


def cap_time(moment: datetime) -> str:
    """Seconds and the offset of Warsaw, never Z: CAP forbids it."""
    return localtime(moment).replace(microsecond=0).isoformat()


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _head(alert):
    yield "identifier", identifier_of(alert)
    yield "sender", settings.CAP_SENDER
    yield "sent", cap_time(alert.sent_at)
    yield "status", "Exercise" if alert.is_exercise else "Actual"
    yield "msgType", MESSAGE_TYPES[alert.message_type]
    yield "scope", "Public"
    if before := _chain(alert):
        yield "references", " ".join(f"{settings.CAP_SENDER},{identifier_of(one)},{cap_time(one.sent_at)}" for one in before)


def _chain(alert):
    """Everything that this one follows, the first first."""
    found = []
    while alert.references_id:
        alert = alert.references
        found.insert(0, alert)
    return found


def _info(alert, said: Announcement | Translation):
    yield "language", said.tongue.cap
    yield "category", alert.category
    yield "event", said.tongue.events.get(alert.category, alert.topic.name)
    yield "responseType", "AllClear" if alert.message_type == "cancel" else "Monitor"
    yield "urgency", "Past" if alert.message_type == "cancel" else alert.urgency
    yield "severity", alert.severity
    yield "certainty", alert.certainty
    yield "expires", cap_time(alert.expires_at)
    yield "senderName", alert.sender.name
    yield "headline", said.title
    yield "description", said.text
    yield "web", f"{settings.PORTAL_URL}{page_of(alert, said)}"
    yield "contact", alert.sender.contact


def _add_area(info, areas, tongue: Tongue):
    area = ET.SubElement(info, _name("area"))
    names = (tongue.whole_town if one.kind == Area.Kind.TOWN else str(one) for one in areas)
    ET.SubElement(area, _name("areaDesc")).text = f"Pruszcz Gdański: {', '.join(names)}"
    for one in areas:
        if one.kind == Area.Kind.CIRCLE:
            ET.SubElement(area, _name("circle")).text = f"{one.latitude},{one.longitude} {one.radius_m / 1000:g}"
    geocode = ET.SubElement(area, _name("geocode"))
    ET.SubElement(geocode, _name("valueName")).text = "TERC"
    ET.SubElement(geocode, _name("value")).text = TERC
