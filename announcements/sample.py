"""What the demonstration says: news of the water works and the road office, one update, one warning that is over; days of waste. Made by verbs."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from announcements.actions import announcements as verbs
from announcements.actions import following, reminding, waste
from announcements.models import Announcement, Area, Collection, Fraction, Schedule, Sender, SenderMember, Topic, Translation
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
    if not Schedule.objects.exists():
        _collect(moment)


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
    wind = {
        "uk": ("Сильний вітер уночі", "Уночі вітер до 90 км на годину. Закріпіть речі на балконі й не паркуйтеся під деревами.",
               "Уночі вітер до 90 км/год. Закріпіть речі на балконі."),
        "en": ("Strong wind at night", "Wind of up to 90 km/h at night. Secure what stands on your balcony and do not park under trees.",
               "Wind up to 90 km/h at night. Secure your balcony."),
    }  # fmt: skip
    _sent(town, "ostrzezenia", "Silny wiatr w nocy", "W nocy wiatr do 90 km na godzinę. Zabezpiecz to, co stoi na balkonie, i nie parkuj pod drzewami.",
          "Wiatr do 90 km/h w nocy. Zabezpiecz balkon.", now - timedelta(days=5), kind=Announcement.Kind.ALERT, severity="Severe",
          urgency="Expected", certainty="Likely", category="Met", expires_at=now - timedelta(days=4, hours=12), translations=wind)  # fmt: skip


STREETS = {"I": ["Batorego", "Krótka"], "II": ["Wojciecha Kossaka", "Wita Stwosza"]}
ROUNDS = {
    "Zmieszane": (1, 14),
    "Bioodpady": (2, 14),
    "Papier": (4, 28),
    "Szkło": (4, 28),
    "Metale i tworzywa sztuczne": (3, 14),
    "Gabaryty": (20, 90),
}


def _collect(now):
    """A timetable of three months for some streets, Anna's home among them; one day moved, one reminder, one that nobody came for."""
    zofia, today = User.objects.get(email="zofia@pruszcz.example"), localdate(now)
    schedule = Schedule.objects.create(
        name="Harmonogram przykładowy", valid_from=today - timedelta(days=30), valid_to=today + timedelta(days=90), is_sample=True,
        source="dane przykładowe: prawdziwy harmonogram ogłasza miasto",
    )  # fmt: skip
    waste.load(schedule, addresses=_addresses_csv(), days=_days_csv(today), by=zofia, moment=now)
    waste.publish(schedule, by=zofia, moment=now)
    anna = following.follower_of(Person.objects.get(account__email="anna@pruszcz.example"), moment=now)
    home = anna.places.filter(address__isnull=False).first()
    days = Collection.objects.in_force().at(home.address) if home else Collection.objects.none()
    if later := days.filter(day__gt=today + timedelta(days=10)).first():
        fractions = Fraction.objects.filter(collections__in=days).distinct()[:2]
        reminding.add_reminders(
            anna, address=home.address, fractions=fractions, days_before=1, at=time(18), channel="email", moment=now
        )
        waste.move_day(later, day=later.day + timedelta(days=1), reason="Święto.", by=zofia, moment=now)
    if past := days.filter(day__lt=today).order_by("-day").first():
        waste.report_missed(past, address=home.address, person=anna.person, moment=now)


def _addresses_csv() -> bytes:
    rows = [f"{street};;{area};house" for area, streets in STREETS.items() for street in streets]
    return "\n".join(["ulica;numery;rejon;zabudowa", *rows]).encode()


def _days_csv(today) -> bytes:
    first = today - timedelta(days=today.weekday() + 14)
    rows = [
        f"{area};house;{fraction};{first + timedelta(days=start + late + step)}"
        for late, area in enumerate(STREETS) for fraction, (start, every) in ROUNDS.items() for step in range(0, 90, every)
    ]  # fmt: skip
    return "\n".join(["rejon;zabudowa;frakcja;dzień", *rows]).encode()


def _sent(sender, topic, title, text, short, at, street="", translations=None, **fields):
    writer, first, second = (User.objects.get(email=f"{name}@pruszcz.example") for name in ("dariusz", "zofia", "marta"))
    draft = Announcement.objects.create(
        sender=sender, topic=Topic.objects.get(code=topic), title=title, text=text, short_text=short, written_by=writer, created_at=at,
        accepts_replies=True, **fields,
    )  # fmt: skip
    Area.objects.create(announcement=draft, kind=Area.Kind.STREET if street else Area.Kind.TOWN, street=street)
    for language, (its_title, its_text, its_short) in (translations or {}).items():
        Translation.objects.create(
            announcement=draft, language=language, title=its_title, text=its_text, short_text=its_short, made_of=draft.fingerprint
        )
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
