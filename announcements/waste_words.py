# ruff: noqa: RUF001  letters of other alphabets
"""What reminders of waste and moved days say, in each language of `announcements.languages`; its AS_OF and SOURCE are theirs too.

Fractions are the town's own data: one with a code that is not listed here keeps its Polish name in every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.translation import override

from announcements.languages import POLISH
from ui.words import long_date


@dataclass(frozen=True)
class Words:
    """`near`: today, tomorrow, the day after. `day`: Django's format of a date, in the words of that language."""

    code: str
    day: str
    near: tuple[str, str, str]
    ahead: str
    title: str
    text: str
    moved_title: str
    moved: str
    cancelled_title: str
    cancelled: str
    reason: str
    more: str
    way_out: str
    fractions: Mapping[str, str] = field(default_factory=dict)

    def when(self, days: int) -> str:
        return self.near[days] if days < len(self.near) else self.ahead.format(count=days)

    def long(self, day: date) -> str:
        if self.code == POLISH.code:
            return long_date(day)
        with override(self.code):
            return date_format(day, self.day)

    def names(self, fractions: Iterable) -> str:
        return ", ".join(self.fractions.get(one.code, one.name) for one in fractions)

    def around(self, topic, reason: str = "") -> dict[str, str]:
        """What the letter's template says beside the text."""
        why = self.reason.format(reason=reason) if reason else ""
        return {"reason": why, "more": self.more, "way_out": self.way_out.format(topic=topic.name)}


IN_POLISH = Words(
    code="pl", day="", near=("dziś", "jutro", "pojutrze"), ahead="za {count} dni",
    title="Odbiór odpadów {when}: {names}", text="{names}: odbiór {when}, {day}. {address}.",
    moved_title="{fraction}: odbiór przełożony", moved="{fraction}: zamiast {old} przyjedziemy {new}.",
    cancelled_title="{fraction}: odbiór odwołany", cancelled="{fraction}: {old} nie przyjedziemy.",
    reason="Powód: {reason}", more="Terminy, przypomnienia i kalendarz Twojego adresu:",
    way_out="Wysyła to portal miasta Pruszcz Gdański, bo ustawiono przypomnienie albo wybrano temat „{topic}”. Żeby nie dostawać e-maili o odpadach:",
)  # fmt: skip
IN_UKRAINIAN = Words(
    code="uk", day="j E Y", near=("сьогодні", "завтра", "післязавтра"), ahead="через {count} дн.",
    title="Вивезення відходів {when}: {names}", text="{names}: вивезення {when}, {day}. {address}.",
    moved_title="{fraction}: вивезення перенесено", moved="{fraction}: замість {old} приїдемо {new}.",
    cancelled_title="{fraction}: вивезення скасовано", cancelled="{fraction}: {old} не приїдемо.",
    reason="Причина: {reason}", more="Дати, нагадування й календар вашої адреси:",
    way_out="Це надсилає портал міста Прущ-Гданський, бо встановлено нагадування або обрано тему «{topic}». Щоб не отримувати листів про відходи:",
    fractions=MappingProxyType({
        "zmieszane": "Змішані відходи", "bio": "Біовідходи", "papier": "Папір", "szklo": "Скло", "plastik": "Метал і пластик",
        "popiol": "Попіл", "gabaryty": "Великогабаритні відходи",
    }),
)  # fmt: skip
IN_ENGLISH = Words(
    code="en", day="j F Y", near=("today", "tomorrow", "the day after tomorrow"), ahead="in {count} days",
    title="Waste collection {when}: {names}", text="{names}: collection {when}, {day}. {address}.",
    moved_title="{fraction}: collection moved", moved="{fraction}: we will come on {new} instead of {old}.",
    cancelled_title="{fraction}: collection cancelled", cancelled="{fraction}: we will not come on {old}.",
    reason="Reason: {reason}", more="Dates, reminders and the calendar of your address:",
    way_out="The portal of the town of Pruszcz Gdański sends this because a reminder was set or the topic “{topic}” was chosen. To stop e-mails about waste:",
    fractions=MappingProxyType({
        "zmieszane": "Mixed waste", "bio": "Bio-waste", "papier": "Paper", "szklo": "Glass", "plastik": "Metals and plastics",
        "popiol": "Ash", "gabaryty": "Bulky waste",
    }),
)  # fmt: skip
IN_GERMAN = Words(
    code="de", day="j. F Y", near=("heute", "morgen", "übermorgen"), ahead="in {count} Tagen",
    title="Abfuhr {when}: {names}", text="{names}: Abfuhr {when}, {day}. {address}.",
    moved_title="{fraction}: Abfuhr verlegt", moved="{fraction}: wir kommen am {new} statt am {old}.",
    cancelled_title="{fraction}: Abfuhr fällt aus", cancelled="{fraction}: am {old} kommen wir nicht.",
    reason="Grund: {reason}", more="Termine, Erinnerungen und Kalender Ihrer Adresse:",
    way_out="Das sendet das Portal der Stadt Pruszcz Gdański, weil eine Erinnerung gesetzt oder das Thema „{topic}“ gewählt wurde. Um keine E-Mails über Abfälle zu erhalten:",
    fractions=MappingProxyType({
        "zmieszane": "Restmüll", "bio": "Bioabfall", "papier": "Papier", "szklo": "Glas", "plastik": "Metalle und Kunststoffe",
        "popiol": "Asche", "gabaryty": "Sperrmüll",
    }),
)  # fmt: skip
WORDS = {one.code: one for one in (IN_POLISH, IN_UKRAINIAN, IN_ENGLISH, IN_GERMAN)}
