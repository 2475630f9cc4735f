# ruff: noqa: RUF001  letters of other alphabets
"""Languages that a message of the town may be written in besides Polish, with the few words that stand around it. The one list of them.

A text in another language is somebody's translation (`models.Translation`). The words here are the makers' own: see AS_OF and SOURCE.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

AS_OF = date(2026, 11, 26)
SOURCE = "przekład twórców portalu, do potwierdzenia przez tłumacza"


@dataclass(frozen=True)
class Tongue:
    """`chain` stands before the title of an update or a cancellation, `events` says what an alert is about by CAP's categories."""

    code: str  # as in `lang`, BCP 47
    cap: str  # with the country, as CAP's examples have it
    name: str  # in Polish: „ukraiński”
    own_name: str
    readers: str  # who reads it reads „po ukraińsku”
    label: str  # „language of messages” in that language
    exercise: str
    chain: Mapping[str, str]
    sender: str
    by_law: str
    chosen: str
    whole_town: str
    events: Mapping[str, str] = field(default_factory=dict)


POLISH = Tongue(
    code="pl", cap="pl-PL", name="polski", own_name="polski", readers="po polsku", label="Język wiadomości", exercise="ĆWICZENIA: ",
    chain=MappingProxyType({"update": "Aktualizacja: ", "cancel": "Odwołanie: "}),
    sender="Nadawca: {sender}, {contact}.",
    by_law="To ostrzeżenie wysyłamy wszystkim, których dotyczy, bo chodzi o życie, zdrowie albo mienie. Nie można z niego zrezygnować.",
    chosen="Dostajesz tę wiadomość, bo wybrano temat „{topic}”. Żeby nie dostawać takich wiadomości:",
    whole_town="całe miasto",
)  # fmt: skip
UKRAINIAN = Tongue(
    code="uk", cap="uk-UA", name="ukraiński", own_name="українська", readers="po ukraińsku", label="Мова повідомлень",
    exercise="НАВЧАННЯ: ", chain=MappingProxyType({"update": "Оновлення: ", "cancel": "Скасовано: "}),
    sender="Відправник: {sender}, {contact}.",
    by_law="Це попередження ми надсилаємо всім, кого воно стосується, бо йдеться про життя, здоров’я або майно. Відмовитися від нього не можна.",
    chosen="Ви отримуєте це повідомлення, бо обрано тему «{topic}». Щоб не отримувати таких повідомлень:",
    whole_town="усе місто",
    events=MappingProxyType({
        "Geo": "геологічна небезпека", "Met": "погода, повінь", "Safety": "безпека", "Fire": "пожежа", "Health": "здоров’я",
        "Env": "довкілля, забруднення", "Transport": "дороги й транспорт", "Infra": "вода, електрика, газ, тепло", "Other": "інше",
    }),
)  # fmt: skip
ENGLISH = Tongue(
    code="en", cap="en-GB", name="angielski", own_name="English", readers="po angielsku", label="Language of messages",
    exercise="EXERCISE: ", chain=MappingProxyType({"update": "Update: ", "cancel": "Cancelled: "}),
    sender="Sender: {sender}, {contact}.",
    by_law="This warning goes to everybody it concerns, because life, health or property is at stake. You cannot opt out of it.",
    chosen="You get this message because the topic “{topic}” was chosen. To stop messages of this kind:",
    whole_town="the whole town",
    events=MappingProxyType({
        "Geo": "geological hazard", "Met": "weather, flood", "Safety": "public safety", "Fire": "fire", "Health": "health",
        "Env": "environment, pollution", "Transport": "roads and transport", "Infra": "water, electricity, gas, heating", "Other": "other",
    }),
)  # fmt: skip
GERMAN = Tongue(
    code="de", cap="de-DE", name="niemiecki", own_name="Deutsch", readers="po niemiecku", label="Sprache der Nachrichten",
    exercise="ÜBUNG: ", chain=MappingProxyType({"update": "Aktualisierung: ", "cancel": "Aufgehoben: "}),
    sender="Absender: {sender}, {contact}.",
    by_law="Diese Warnung geht an alle, die sie betrifft, denn es geht um Leben, Gesundheit oder Eigentum. Sie lässt sich nicht abbestellen.",
    chosen="Sie erhalten diese Nachricht, weil das Thema „{topic}“ gewählt wurde. Um solche Nachrichten abzubestellen:",
    whole_town="die ganze Stadt",
    events=MappingProxyType({
        "Geo": "geologische Gefahr", "Met": "Wetter, Hochwasser", "Safety": "öffentliche Sicherheit", "Fire": "Brand",
        "Health": "Gesundheit", "Env": "Umwelt, Verschmutzung", "Transport": "Straßen und Verkehr", "Infra": "Wasser, Strom, Gas, Wärme",
        "Other": "Sonstiges",
    }),
)  # fmt: skip
FURTHER = {one.code: one for one in (UKRAINIAN, ENGLISH, GERMAN)}  # in the order in which they are offered
ALL = {POLISH.code: POLISH, **FURTHER}


def further() -> list[tuple[str, str]]:
    """What a message may be translated into, for a menu."""
    return [(one.code, one.name) for one in FURTHER.values()]


def offered() -> list[tuple[str, str]]:
    """What a reader may choose, each by its own name too: who reads no Polish finds it."""
    return [(POLISH.code, POLISH.name), *((one.code, f"{one.own_name} ({one.name})") for one in FURTHER.values())]
