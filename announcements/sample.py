"""What the demonstration says: news of the water works and the road office, one update, one warning that is over. Made by verbs."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from announcements.actions import announcements as verbs
from announcements.actions import following
from announcements.models import Announcement, Area, Sender, SenderMember, Topic
from residents.models import AddressPoint, Person

WATER = ("wodociagi", "Wodociągi Miejskie", "tel. 58 000 00 01 (numer przykładowy)", ["awarie", "ostrzezenia"])
TOWN = (
    "urzad-miasta",
    "Urząd Miasta",
    "tel. 58 000 00 00 (numer przykładowy)",
    ["drogi", "odpady", "urzad", "kultura", "ostrzezenia"],
)


@transaction.atomic
def load(moment: datetime) -> None:
    """Senders, Anna's choices, and when nothing was ever sent the first messages. What is there already is left as it is."""
    water, town = (_sender(*one) for one in (WATER, TOWN))
    if not Announcement.objects.exists():
        _follow(moment - timedelta(days=30))
        _speak(water, town, moment)


def _sender(code, name, contact, topics):
    sender, _made = Sender.objects.get_or_create(
        code=code, defaults={"name": name, "contact": contact, "may_alert": True, "accepts_replies": True}
    )
    sender.topics.add(*Topic.objects.filter(code__in=topics))
    for person in ("dariusz", "zofia", "marta"):
        SenderMember.objects.get_or_create(sender=sender, user=User.objects.get(email=f"{person}@pruszcz.example"))
    return sender


def _follow(moment):
    anna = Person.objects.get(account__email="anna@pruszcz.example")
    follower = following.follower_of(anna, moment=moment)
    following.choose(follower, wanted={"awarie": {"email"}, "drogi": {"email"}, "odpady": {"email"}}, moment=moment)
    following.add_place(follower)


def _speak(water, town, now):
    street = AddressPoint.objects.streets().first() or ""
    pipe = _sent(water, "awarie", "Nie ma wody przez awarię rury", "Naprawiamy rurę. Woda wróci do godziny 16. Beczkowóz stoi przy szkole.",
                 "Awaria wody do godz. 16. Beczkowóz przy szkole.", now - timedelta(days=2, hours=5), street=street)  # fmt: skip
    _followed(pipe, "Woda już jest. Przez godzinę może być mętna, wtedy odkręć kran na kilka minut.",
              "Woda już jest. Może być chwilę mętna.", Announcement.MessageType.CANCEL, now - timedelta(days=2))  # fmt: skip
    _sent(town, "drogi", "Objazd przy moście na Raduni", "Od poniedziałku do piątku most jest zamknięty dla samochodów. Autobusy jadą objazdem.",
          "Most na Raduni zamknięty pn.-pt., objazd.", now - timedelta(hours=20))  # fmt: skip
    _sent(town, "ostrzezenia", "Silny wiatr w nocy", "W nocy wiatr do 90 km na godzinę. Zabezpiecz to, co stoi na balkonie, i nie parkuj pod drzewami.",
          "Wiatr do 90 km/h w nocy. Zabezpiecz balkon.", now - timedelta(days=5), kind=Announcement.Kind.ALERT, severity="Severe",
          urgency="Expected", certainty="Likely", category="Met", expires_at=now - timedelta(days=4, hours=12))  # fmt: skip


def _sent(sender, topic, title, text, short, at, street="", **fields):
    writer, first, second = (User.objects.get(email=f"{name}@pruszcz.example") for name in ("dariusz", "zofia", "marta"))
    draft = Announcement.objects.create(
        sender=sender, topic=Topic.objects.get(code=topic), title=title, text=text, short_text=short, written_by=writer, created_at=at,
        accepts_replies=True, **fields,
    )  # fmt: skip
    Area.objects.create(announcement=draft, kind=Area.Kind.STREET if street else Area.Kind.TOWN, street=street)
    return _out(draft, writer, first, second, at)


def _followed(before, text, short, message_type, at):
    writer, first, second = (User.objects.get(email=f"{name}@pruszcz.example") for name in ("dariusz", "zofia", "marta"))
    draft = verbs.follow_up(before, message_type=message_type, by=writer, moment=at)
    draft.text, draft.short_text = text, short
    draft.save()
    return _out(draft, writer, first, second, at)


def _out(draft, writer, first, second, at):
    verbs.hand_in(draft, by=writer, moment=at)
    if not verbs.release(draft, by=first, moment=at):
        verbs.release(draft, by=second, moment=at)
    verbs.send(draft.pk, moment=at)
    draft.refresh_from_db()
    return draft
