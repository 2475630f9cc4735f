"""Questions about the person: age, sex, part of the town. They are known by their code, so whoever builds a survey marks them by it.

What they say is protected in every public file (N2, B5) and compared with the town (4.8). A question about the person under
another code is not known for one: the codebook of the builder names the codes below.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from consultations.pabulib.writing import AGE_BANDS
from consultations.statistics.population import Band
from schemas.definition import Form, Question
from schemas.models import Kind

AGE = ("age", "wiek", "age-band", "przedzial-wieku")
SEX = ("sex", "plec", "gender")
PLACE = ("district", "dzielnica", "osiedle", "ulica", "place-of-living")
_BAND = re.compile(r"[a-z]+-?(\d{1,3})(?:-(\d{1,3}))?(?:-(?:plus|more|wiecej|i-wiecej))?")
_SEXES = {"k": "k", "f": "k", "female": "k", "kobieta": "k", "woman": "k", "m": "m", "male": "m", "mezczyzna": "m", "man": "m"}


@dataclass(frozen=True)
class Background:
    """The questions of a survey that tell of the person, "" where it asks none."""

    age: str = ""
    sex: str = ""
    place: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """What is hidden first stands first: the part of the town, then sex, then age."""
        return tuple(code for code in (self.place, self.sex, self.age) if code)


def background_of(forms: Iterable[Form]) -> Background:
    codes = {code: question for form in forms for code, question in form.questions.items() if question.is_asked}
    return Background(*(next((code for code in known if code in codes), "") for known in (AGE, SEX, PLACE)))


def is_grouping(question: Question) -> bool:
    """Whether answers can be shown in groups by this question: each answer is one of a few."""
    return question.kind in (Kind.CHOICE, Kind.YES_NO, Kind.SCALE)


def band_of(age: object) -> str:
    """The code of the band of an age in years; "" for what is no age."""
    text = str(age)
    if not text.isdecimal():
        return ""
    return next((f"{first}-{last}" for first, last in AGE_BANDS if first <= int(text) <= last), "")


def bands_of(question: Question) -> list[Band] | None:
    """The age bands of a question with options like "age-25-34" and "age-75-plus", in order; None when they are not read from the codes."""
    options = [(option.code, option.label) for option in question.options]
    found = [_band(code, label) for code, label in options]
    bands = [band for band in found if band]
    rest = [code for (code, _label), band in zip(options, found, strict=True) if band is None]
    is_row = all(one.last + 1 == after.since for one, after in itertools.pairwise(bands))
    return bands if len(bands) > 1 and is_row and len(rest) <= 1 else None  # one more may be "nie chcę podać"


def _band(code: str, label: str) -> Band | None:
    found = _BAND.fullmatch(code)
    if not found:
        return None
    return Band(code, label, int(found[1]), int(found[2]) if found[2] else None)


def sexes_of(question: Question) -> dict[str, str]:
    """Code of an option to "k" or "m" of the register, for those that say one of them."""
    return {option.code: _SEXES[option.code] for option in question.options if option.code in _SEXES}
