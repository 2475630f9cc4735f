"""Any text that the portal takes, through each feed and back by somebody else's reader: what went in comes out."""

import re
import uuid
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from announcements import languages
from announcements.admin.forms import AnnouncementForm
from announcements.cap import NAMESPACE, cap_of
from announcements.models import Announcement, Area, Collection, Fraction, Reminder, Translation, WasteCalendar
from announcements.statuses import AnnouncementStatus
from announcements.waste_ics import calendar_of
from pruszcz_portal import roles
from tests.announcements.cast import ALERT, make_announcement, make_follower, make_point, make_sender, make_topic
from tests.announcements.waste_cast import collection_of, make_schedule
from tests.factories import TUESDAY
from ui.fields import CleanCharField

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
CAP = etree.XMLSchema(etree.parse(Path(__file__).with_name("cap12.xsd")))
ENOUGH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ODD = [
    "]]> <![CDATA[x]]>", "&amp; &lt;b&gt; <b>nie tag</b> <!-- -->", "🚱🏳️‍🌈👩‍👩‍👧‍👦 e\u0301", "مياه مقطوعة غدًا", "מים 12:00", "a;b,c\\n d\\;e:f\"g'",
    "BEGIN:VEVENT", "END:VCALENDAR", "ż" * 37 + "ó" * 38, "x" * 73 + "🚱🚱", "{leave_url}", "%(count)d {0} %s", "^ ~ \u00a0 \u2028",
]  # fmt: skip
MANY_LINES = ["a\r\nb\rc\n\nd", "\t wcięte\n  i niżej", "linia\n\n\n\nlinia", "x" * 5000, "\n".join(ODD)]


def taken(field: CleanCharField):
    """What stays of anything typed, when the form takes it."""

    def clean(typed):
        try:
            return field.clean(typed)
        except ValidationError:
            return ""

    return clean


LINE = st.one_of(st.sampled_from(ODD), st.text(max_size=120)).map(taken(CleanCharField(max_length=120))).filter(bool)
LINES = (
    st.one_of(st.sampled_from(ODD + MANY_LINES), st.text(max_size=600))
    .map(taken(CleanCharField(max_length=5000, multiline=True)))
    .filter(bool)
)


class Text(HTMLParser):
    """What a reader shows of the HTML of a feed."""

    def __init__(self, html):
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag in ("p", "br")
        self.text += "\n\n" if tag == "p" else "\n"

    def handle_data(self, data):
        self.text += data.replace("\n", "")


def mended(text):
    """Feedparser takes a text that could be UTF-8 read as Latin-1 (and is „Â¡”) for one, and mends it."""
    try:
        return text.encode("iso-8859-1").decode()
    except UnicodeError:
        return text


def shown(text):
    """Paragraphs and lines; how many empty lines stood between is nobody's matter."""
    return re.sub(r"\n{2,}", "\n\n", text).strip()


@pytest.mark.parametrize("hidden", ["\x00", "\x0b", "\x1b", "\x85", "\u202e", "\ufff9", "\U000e0041"])
@pytest.mark.parametrize("name", ["title", "text", "short_text"])
def test_what_no_feed_could_carry_is_refused_beside_its_field(name, hidden):
    form = AnnouncementForm({name: f"Woda{hidden}"})
    form.is_valid()

    assert "nie widać" in " ".join(form.errors[name])


@pytest.mark.parametrize(("model", "field"), [("topic", "name"), ("sender", "name"), ("sender", "contact"), ("fraction", "name")])
def test_names_kept_at_the_desk_have_nothing_hidden_either(client, celina, sign_in, model, field):
    """A topic named with a control character would break every feed that has it."""
    celina.groups.add(Group.objects.get(name=roles.ANNOUNCEMENT_RELEASER))

    page = sign_in(client, celina).post(reverse(f"admin:announcements_{model}_add"), {"code": "woda", field: "Woda\x0b"})

    assert "nie widać" in page.content.decode()


def test_atom_gives_back_any_title_and_text(client, dariusz):
    sender, topic = make_sender(dariusz), make_topic()

    @ENOUGH
    @given(LINE, LINES)
    @example("]]> & <b>", "a\n\nb\n& <c> ]]>")
    @example("Â¡", "Â¡")
    def through(title, text):
        sent = {"status": AnnouncementStatus.SENT, "sent_at": TUESDAY}
        one = make_announcement(dariusz, sender=sender, topic=topic, title=title, text=text, **sent)

        feed = feedparser.parse(client.get(reverse("announcements:atom")).content, sanitize_html=False)

        entry = next(entry for entry in feed.entries if entry.id == f"urn:uuid:{one.pk}")
        assert not feed.bozo
        assert entry.title == mended(title)
        assert shown(Text(entry.summary).text) == shown(mended(text))
        one.areas.all().delete()
        one.delete()

    through()


def test_cap_gives_back_any_words_and_keeps_the_standard(dariusz):
    """In every language, of every category, severity, urgency and certainty that the form offers."""
    areas = [{"kind": Area.Kind.TOWN}, {"kind": "circle", "latitude": "54.26", "longitude": "18.64", "radius_m": 300}]
    one = make_announcement(dariusz, **ALERT, areas=areas, expires_at=TUESDAY + timedelta(hours=1))
    for code in languages.FURTHER:
        Translation.objects.create(announcement=one, language=code, title="x", text="x", short_text="x", made_of="")
    one.sent_at = TUESDAY
    said = {said.language: said for said in one.translations.all()}
    one._prefetched_objects_cache = {"translations": list(said.values())}

    @ENOUGH
    @given(
        LINE, LINES, LINE, LINES, st.sampled_from(Announcement.Category.values), st.sampled_from(Announcement.Severity.values),
        st.sampled_from(Announcement.When.values), st.sampled_from(Announcement.Certainty.values),
        st.sampled_from(Announcement.MessageType.values),
    )  # fmt: skip
    def through(title, text, its_title, its_text, category, severity, urgency, certainty, message_type):
        one.title, one.text, one.category, one.severity, one.urgency = title, text, category, severity, urgency
        one.certainty, one.message_type = certainty, message_type
        said["uk"].title, said["uk"].text = its_title, its_text

        root = etree.fromstring(cap_of(one))

        assert CAP.validate(root), CAP.error_log
        infos = root.findall(f"{{{NAMESPACE}}}info")
        told = [(info.findtext(f"{{{NAMESPACE}}}headline"), info.findtext(f"{{{NAMESPACE}}}description")) for info in infos]
        assert told[:2] == [(title, text), (its_title, its_text)]
        assert len({info.findtext(f"{{{NAMESPACE}}}language") for info in infos}) == 4

    through()


def test_the_check_of_cap_goes_red(dariusz):
    """The control of the one above."""
    one = make_announcement(dariusz, **ALERT, expires_at=TUESDAY + timedelta(hours=1))
    one.sent_at = TUESDAY
    right = cap_of(one).decode()

    assert CAP.validate(etree.fromstring(right.encode()))
    for wrong in (
        right.replace("<severity>Severe<", "<severity>Grave<"),
        right.replace("+01:00</sent>", "Z</sent>"),
        re.sub(r"<headline>.*?</headline>", "", right),
        re.sub(r"(<urgency>.*?</urgency>)(<severity>.*?</severity>)", r"\2\1", right),
        re.sub(r"<identifier>", "<identifier>a b,", right),
    ):
        assert wrong != right
        assert not CAP.validate(etree.fromstring(wrong.encode()))


FIRST = date(2026, 12, 1)


@pytest.fixture
def mine():
    make_schedule(FIRST, FIRST + timedelta(days=14))
    address = make_point()
    return WasteCalendar(follower=make_follower(topics=[], address=address), address=address)


def test_a_calendar_gives_back_any_reason_and_name(mine):
    bio, changed = Fraction.objects.get(code="bio"), collection_of(mine.address)

    @ENOUGH
    @given(LINE, LINE)
    def through(reason, name):
        Collection.objects.filter(pk=changed.pk).update(change_reason=reason)
        Fraction.objects.filter(pk=bio.pk).update(name=name[:80].strip())

        content = calendar_of(mine, day=FIRST, moment=TUESDAY)

        lines = content.split(b"\r\n")
        assert lines.pop() == b""
        assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)  # RFC 5545, 3.1
        events = {event["uid"]: event for event in Calendar.from_ical(content).walk("VEVENT")}
        event = events[f"odpady-{changed.uid}-{mine.address.pk}@pruszcz-gdanski.pl"]
        assert (str(event["description"]), str(event["summary"])) == (reason, name[:80].strip())
        assert len(events) == 3

    through()


def rings_at(event, alarm):
    """As RFC 5545 says: days are those of the calendar, hours are elapsed time; an absolute one is itself."""
    trigger = alarm["trigger"].dt
    if isinstance(trigger, datetime):
        return trigger.astimezone(WARSAW)
    whole = timedelta(days=int(trigger / timedelta(days=1)))
    midnight = datetime.combine(event["dtstart"].dt + whole, time(), WARSAW)
    return (midnight.astimezone(ZoneInfo("UTC")) + (trigger - whole)).astimezone(WARSAW)


@ENOUGH
@given(
    st.sampled_from(
        [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)]
    ),
    st.integers(0, 7),
    st.times(),
)
@example(date(2026, 10, 25), 0, time(7))
@example(date(2027, 3, 28), 0, time(7))
@example(date(2027, 3, 29), 1, time(1, 30))
@example(date(2026, 10, 27), 2, time(0, 30))
def test_an_alarm_rings_at_its_hour_of_warsaw_in_the_nights_of_23_and_25_hours_too(day, days_before, at):
    """L57"""
    at = at.replace(second=0, microsecond=0)
    wanted = datetime.combine(day - timedelta(days=days_before), at, WARSAW).astimezone(ZoneInfo("UTC")).astimezone(WARSAW)
    address = make_point()
    follower = make_follower(topics=[], address=address)
    bio = Fraction.objects.get_or_create(code="bio", defaults={"name": "Bioodpady"})[0]
    reminder = Reminder(follower=follower, address=address, fraction=bio, days_before=days_before, at=at, channel="email")

    event = event_of(Collection(fraction=bio, day=day, planned_day=day, uid=uuid.uuid4()), follower, address, reminder)

    assert rings_at(event, event.walk("VALARM")[0]) == wanted
    follower.delete()


def event_of(collection, follower, address, reminder):
    from announcements.waste_ics import _event

    calendar = Calendar()
    mine = WasteCalendar(follower=follower, address=address)
    calendar.add_component(_event(collection, mine, [(reminder.days_before, reminder.at)], TUESDAY))
    return Calendar.from_ical(calendar.to_ical()).walk("VEVENT")[0]
