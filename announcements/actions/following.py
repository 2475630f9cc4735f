"""What a person chooses to hear, where and how; each change in one step, and back in one step (L25)."""

import secrets
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.encryption import lookup
from announcements.browsers import checked_subscription
from announcements.models import Choice, Endpoint, Follower, Place, Topic
from announcements.models.followers import PhoneCode
from office.models import Channel, Message
from office.outbox import post
from office.transitions import Refused
from residents import actions as residents
from residents.models import Consent

PURPOSE = "wiadomosci"  # residents.Purpose: news of the town on this channel
SOURCE = "ustawienia komunikatów"
WASTE = "odpady"  # code of the topic under which days and reminders are sent
MOST_PLACES = 20
ALIVE = "announcements/alive"
BETWEEN_LETTERS = timedelta(minutes=10)
CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5


@transaction.atomic
def follower_of(person, *, moment) -> Follower:
    """The person as a follower, made on first use: their account's address is known to be theirs, and home is the first place."""
    follower, is_new = Follower.objects.get_or_create(person=person, defaults={"made_at": moment})
    if is_new:
        _begin(follower, person, moment)
    return follower


def _begin(follower, person, moment):
    if person.account_id:
        Endpoint.objects.create(
            follower=follower, channel=Channel.EMAIL, address=person.account.email, confirmed_at=moment, made_at=moment
        )
    home = person.memberships.on(moment.date()).select_related("household__dwelling__address").first()
    if home:
        add_place(follower, address=home.household.dwelling.address)


@transaction.atomic
def choose(follower, *, wanted: dict[str, set[str]], moment) -> None:
    """From now on exactly these: {code of a topic: channels}. A channel newly used is a consent, one no longer used a withdrawal (L25).

    Refused for a statutory topic, which is nobody's choice (L49), for a channel that the follower has no confirmed way of, and below the
    age of consent (L27).
    """
    topics = {topic.code: topic for topic in Topic.objects.filter(is_offered=True, is_statutory=False)}
    reachable = set(follower.endpoints.reachable().values_list("channel", flat=True))
    asked = {(topics[code].pk, channel) for code, channels in wanted.items() if code in topics for channel in channels}
    if any(channel not in reachable for _topic, channel in asked):
        raise Refused(_("Najpierw potwierdź numer telefonu albo włącz powiadomienia w tej przeglądarce."))
    standing = {(choice.topic_id, choice.channel): choice for choice in follower.choices.all()}
    for key in standing.keys() - asked:
        standing[key].delete()
    Choice.objects.bulk_create(
        Choice(follower=follower, topic_id=topic, channel=channel) for topic, channel in asked - standing.keys()
    )
    keep_consents(follower, moment)


def keep_consents(follower, moment):
    """Of a person: a consent for each channel in use, for topics or reminders. A browser that nobody named agreed by its own permission."""
    if follower.person is None:
        return
    used = {channel for chosen in (follower.choices, follower.reminders) for channel in chosen.values_list("channel", flat=True)}
    standing = Consent.objects.standing().filter(person=follower.person, purpose=PURPOSE)
    for channel in used:
        residents.give_consent(follower.person, purpose=PURPOSE, channel=channel, source=SOURCE, moment=moment)
    for consent in standing.exclude(channel__in=used):
        residents.withdraw_consent(consent, moment=moment)


@transaction.atomic
def leave(follower, topic: Topic, *, channel: str, moment) -> None:
    """One click in a letter: no more of this topic on this channel, of waste no reminders either. Twice changes nothing. Refused for what
    is sent by law (L49)."""
    if topic.is_statutory:
        raise Refused(topic.why_statutory)
    if topic.code == WASTE:
        follower.reminders.filter(channel=channel).delete()
    follower.choices.filter(topic=topic, channel=channel).delete()
    keep_consents(follower, moment)


@transaction.atomic
def add_place(follower, *, address=None, street="") -> Place:
    """A street, an address, or with neither the whole town. Twice is once."""
    if follower.places.count() >= MOST_PLACES:
        raise Refused(
            _("Możesz wybrać najwyżej %(count)d miejsc. Usuń któreś albo wybierz całe miasto.") % {"count": MOST_PLACES}
        )
    kind = Place.Kind.ADDRESS if address else Place.Kind.STREET if street else Place.Kind.TOWN
    place, _made = Place.objects.get_or_create(
        follower=follower, kind=kind, street=address.street if address else street, address=address
    )
    return place


def set_quiet(follower, *, start, end) -> None:
    """Hours without news; grave warnings come all the same. Both or neither."""
    if (start is None) != (end is None) or (start is not None and start == end):
        raise Refused(_("Podaj początek i koniec ciszy, różne od siebie, albo zostaw oba pola puste."))
    Follower.objects.filter(pk=follower.pk).update(quiet_from=start, quiet_to=end)


def set_language(follower, *, language: str) -> None:
    """What the town writes to the follower is in this language where there is a text in it, else in Polish."""
    Follower.objects.filter(pk=follower.pk).update(language=language)


@transaction.atomic
def ask_alive(endpoint, *, moment) -> None:
    """The follower says that the address lives: a letter goes there, and who opens its link is written to again. Refused while it is not
    stopped, and within ten minutes of the last such letter."""
    if endpoint.suppressed_at is None:
        raise Refused(_("Ten adres działa, wysyłamy na niego komunikaty."))
    if Message.objects.filter(event=ALIVE, about_id=endpoint.pk, created_at__gt=moment - BETWEEN_LETTERS).exists():
        raise Refused(_("Wysłaliśmy już list na ten adres. Poczekaj kilka minut i zajrzyj też do spamu."))
    path = reverse("announcements:alive", args=[signing.dumps(str(endpoint.pk), salt=ALIVE)])
    post(event=ALIVE, to=endpoint.address, context={"path": path}, about=endpoint)


@transaction.atomic
def confirm_alive(mark: str, *, moment) -> None:
    """Who holds the letter's link proves that the address lives. Refused when the link is not ours or older than a day."""
    try:
        pk = signing.loads(mark, salt=ALIVE, max_age=timedelta(days=1))
    except signing.BadSignature:
        raise Refused(_("Ten odnośnik już nie działa. Poproś o nowy w „Moich komunikatach”.")) from None
    Endpoint.objects.filter(pk=pk).update(suppressed_at=None, suppressed_why="", confirmed_at=moment)


# A telephone


@transaction.atomic
def ask_phone(follower, *, phone: str, moment) -> PhoneCode:
    """Send a code of six digits to the number; only who reads it there may have messages sent to it. At most five codes a day."""
    since = moment - timedelta(days=1)
    if PhoneCode.objects.filter(follower=follower, sent_at__gt=since).count() >= CODE_TRIES:
        raise Refused(_("Dziś wysłaliśmy już kilka kodów. Spróbuj jutro."))
    code = f"{secrets.randbelow(10**6):06}"
    asked = PhoneCode.objects.create(follower=follower, phone=phone, code_lookup=_mark(code, follower), sent_at=moment)
    post(event="announcements/phone_code", to=phone, channel=Channel.SMS, context={"code": code})
    return asked


def awaits_code(follower, *, moment) -> bool:
    """Whether a code is on its way that still works."""
    open_codes = PhoneCode.objects.filter(follower=follower, used_at=None, tries__lt=CODE_TRIES)
    return open_codes.filter(sent_at__gte=moment - CODE_LIFE).exists()


@transaction.atomic
def confirm_phone(follower, *, code: str, moment) -> Endpoint:
    """The code from the message makes the number a way of delivery. Refused when wrong, late, or after five tries."""
    asked = PhoneCode.objects.select_for_update().filter(follower=follower, used_at=None).order_by("-sent_at").first()
    if asked is None or asked.sent_at < moment - CODE_LIFE or asked.tries >= CODE_TRIES:
        raise Refused(_("Ten kod już nie działa. Poproś o nowy."))
    if bytes(asked.code_lookup) != _mark("".join(code.split()), follower):
        raise WrongCode(asked)
    asked.used_at = moment
    asked.save(update_fields=["used_at"])
    follower.endpoints.filter(channel=Channel.SMS).exclude(address=asked.phone).delete()
    endpoint, _made = Endpoint.objects.get_or_create(
        follower=follower, channel=Channel.SMS, address=asked.phone, defaults={"confirmed_at": moment, "made_at": moment}
    )
    return endpoint


class WrongCode(Refused):
    """The code does not fit; `count_try` writes that down outside the transaction that this refusal ends."""

    def __init__(self, asked):
        super().__init__(_("Kod się nie zgadza. Sprawdź SMS i wpisz go jeszcze raz."))
        self.asked = asked

    def count_try(self) -> None:
        PhoneCode.objects.filter(pk=self.asked.pk).update(tries=F("tries") + 1)


def _mark(code, follower) -> bytes:
    return lookup(f"{follower.pk}:{code}", "announcements.phone_code")


# A browser


@transaction.atomic
def add_browser(follower, *, subscription: dict, moment) -> Endpoint:
    """The browser's own permission to push. The same browser again is the same endpoint, with its fresh keys."""
    try:
        push, origin = checked_subscription(subscription)
    except ValidationError as wrong:
        raise Refused(wrong.messages[0]) from wrong
    mark = lookup(push["endpoint"], "announcements.push_endpoint")
    Endpoint.objects.filter(push_lookup=mark).exclude(follower=follower).delete()  # signed in meanwhile: it follows the person
    endpoint, _made = Endpoint.objects.update_or_create(
        push_lookup=mark, follower=follower,
        defaults={"channel": Channel.PUSH, "address": origin, "push": push, "confirmed_at": moment, "suppressed_at": None, "suppressed_why": ""},
        create_defaults={"channel": Channel.PUSH, "address": origin, "push": push, "confirmed_at": moment, "made_at": moment},
    )  # fmt: skip
    return endpoint


@transaction.atomic
def follow_unnamed(follower: Follower | None, *, subscription: dict, moment) -> Follower:
    """A browser that nobody named: the follower that its cookie tells, or a new one. Refused when it gave no known push service."""
    follower = follower or Follower.objects.create(person=None, made_at=moment)
    add_browser(follower, subscription=subscription, moment=moment)
    return follower
