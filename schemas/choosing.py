"""Answers that pick, order or place what the question offers. Their shapes are told in `schemas.kinds`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from schemas.definition import NO_OPINION, Option, Question, is_blank, text_key
from schemas.models import Kind
from schemas.typed import Invalid, text_of
from ui.words import counted

OTHER_TEXT = 300  # characters beside „inne, jakie?”
MOST_NAMED = 1_000  # a list longer than that is not looked at

_SMALL = re.compile(r"-?[0-9]{1,9}")


def choice(question: Question, raw: Any) -> str | None:
    code = text_of(raw)
    if code and question.option(code) is None:
        raise Invalid(_("Wybierz jedną z podanych odpowiedzi."))
    return code or None


def choices(question: Question, raw: Any) -> list[str] | None:
    ticked = set(_named(raw))
    if ticked - {option.code for option in question.options}:
        raise Invalid(_("Zaznacz tylko podane odpowiedzi."))
    chosen = [option for option in question.options if option.code in ticked]
    if any(option.is_exclusive for option in chosen):
        _refuse_company(chosen)
    else:
        _refuse_number(question, len(chosen))
    return [option.code for option in chosen] or None


def _named(raw: Any) -> list[str]:
    listed = raw if isinstance(raw, list) else [raw]
    if len(listed) > MOST_NAMED:
        raise Invalid(_("Zaznacz tylko podane odpowiedzi."))
    return [code for code in map(text_of, listed) if code]


def _refuse_company(chosen: list[Option]) -> None:
    if len(chosen) > 1:
        alone = next(option for option in chosen if option.is_exclusive)
        raise Invalid(
            _("„%(alone)s” nie łączy się z innymi odpowiedziami. Zostaw albo tylko ją, albo tylko pozostałe.")
            % {"alone": alone.label}
        )


def _refuse_number(question: Question, count: int) -> None:
    if count and question.minimum and count < question.minimum:
        raise Invalid(_("Zaznacz co najmniej %(least)s.") % {"least": answers_counted(question.minimum)})
    if question.maximum is not None and count > question.maximum:
        most = answers_counted(question.maximum)
        raise Invalid(_("Zaznacz najwyżej %(most)s; teraz zaznaczono %(count)d.") % {"most": most, "count": count})


def answers_counted(count: int) -> str:
    return counted(count, _("odpowiedź"), _("odpowiedzi"), _("odpowiedzi"))


# Text beside an option ---------------------------------------------------------------------------------------------


def with_texts(question: Question, chosen: Any, given: Callable[[str], Any]) -> tuple[Any, dict[str, str]]:
    """(the answer, {key of answers: text}). `given` finds what was written under a key.

    A text alone chooses its option. A text beside another choice is asked about: neither the choice nor the text is
    dropped in silence.
    """
    texts = {option.code: _other(option, given(text_key(question.code, option.code))) for option in question.with_text}
    texts = {code: text for code, text in texts.items() if text}
    if is_blank(chosen) and len(texts) == 1:
        (only,) = texts
        chosen = only if question.kind == Kind.CHOICE else [only]
    for code in texts:
        if is_blank(chosen) or not _is_chosen(code, chosen):
            raise Invalid(_beside_nothing(question.option(code)))
    return chosen, {text_key(question.code, code): text for code, text in texts.items()}


def _is_chosen(code: str, chosen: Any) -> bool:
    return code in chosen if isinstance(chosen, list) else code == chosen


def _beside_nothing(option: Option | None) -> str:
    label = option.label if option else ""
    return _("Przy „%(label)s” jest tekst, a ta odpowiedź nie jest zaznaczona. Zaznacz ją albo usuń tekst.") % {"label": label}


def _other(option: Option, raw: Any) -> str:
    text = text_of(raw)
    if len(text) > OTHER_TEXT:
        raise Invalid(
            _("Tekst przy „%(label)s” może mieć najwyżej %(most)s, a ma %(count)d. Skróć go.")
            % {"label": option.label, "most": counted(OTHER_TEXT, _("znak"), _("znaki"), _("znaków")), "count": len(text)}
        )
    return text


# Scale, matrix, ranking --------------------------------------------------------------------------------------------


def scale(question: Question, raw: Any) -> int | str | None:
    text = text_of(raw)
    if text == NO_OPINION and question.has_no_opinion:
        return NO_OPINION
    if text and not (_SMALL.fullmatch(text) and int(text) in question.scale):
        ends = {"least": question.scale[0], "most": question.scale[-1]}
        raise Invalid(_("Wybierz jedną z liczb od %(least)d do %(most)d.") % ends)
    return int(text) if text else None


def matrix(question: Question, raw: Any) -> dict[str, str] | None:
    """Rows that the version does not have are dropped, like questions it does not have."""
    given = _parts(raw)
    picked = {row.code: text_of(given.get(row.code)) for row in question.rows}
    picked = {row: option for row, option in picked.items() if option}
    if any(question.option(option) is None for option in picked.values()):
        raise Invalid(_("Wybierz w każdym wierszu jedną z podanych odpowiedzi."))
    blank = [row.label for row in question.rows if row.code not in picked]
    if picked and blank and question.is_required:
        raise Invalid(_("Brakuje odpowiedzi w wierszu „%(row)s”.") % {"row": blank[0]} if len(blank) == 1 else _rows_blank(blank))
    return picked or None


def _rows_blank(blank: list[str]) -> str:
    return _("Brakuje odpowiedzi w wierszach: %(rows)s.") % {"rows": ", ".join(f"„{label}”" for label in blank)}


def _parts(raw: Any) -> Mapping[str, Any]:
    if isinstance(raw, dict):
        return raw
    if text_of(raw):
        raise Invalid(_("Tej odpowiedzi nie da się odczytać. Wybierz ją jeszcze raz."))
    return {}


def ranking(question: Question, raw: Any) -> list[str] | None:
    """From a list in order, or from {option: place} as boxes give it."""
    ordered = _from_places(question, raw) if isinstance(raw, dict) else _named(raw)
    if len(set(ordered)) < len(ordered) or any(question.option(code) is None for code in ordered):
        raise Invalid(_("Ustaw w kolejności tylko podane odpowiedzi, każdą raz."))
    if len(ordered) > question.places:
        raise Invalid(_("Wskaż najwyżej %(most)s.") % {"most": answers_counted(question.places)})
    if ordered and len(ordered) < question.least_placed:
        raise Invalid(_too_few(question, ordered))
    return ordered or None


def _too_few(question: Question, ordered: list[str]) -> str:
    if question.least_placed < len(question.options):
        return _("Wskaż co najmniej %(least)s.") % {"least": answers_counted(question.least_placed)}
    blank = ", ".join(f"„{option.label}”" for option in question.options if option.code not in ordered)
    return _("Wybierz miejsce także tutaj: %(blank)s.") % {"blank": blank}


def _from_places(question: Question, places: Mapping[str, Any]) -> list[str]:
    taken: dict[int, Option] = {}
    for option in question.options:
        if text := text_of(places.get(option.code)):
            place = int(text) if _SMALL.fullmatch(text) else 0
            _refuse_place(question, option, place, taken.get(place))
            taken[place] = option
    gaps = [place for place in range(1, max(taken, default=0)) if place not in taken]
    if gaps:
        raise Invalid(_("Nic nie ma miejsca %(place)d. Miejsca idą po kolei od pierwszego.") % {"place": gaps[0]})
    return [taken[place].code for place in sorted(taken)]


def _refuse_place(question: Question, option: Option, place: int, taken: Option | None) -> None:
    if not 1 <= place <= question.places:
        named = {"label": option.label, "most": question.places}
        raise Invalid(_("Miejsce przy „%(label)s” to liczba od 1 do %(most)d.") % named)
    if taken:
        named = {"place": place, "first": taken.label, "second": option.label}
        raise Invalid(_("Miejsce %(place)d mają i „%(first)s”, i „%(second)s”. Zmień jedno z nich.") % named)


# Said before anybody errs ------------------------------------------------------------------------------------------


def limits_in_words(question: Question) -> str:
    """How many answers to tick or to place, for the hint on the screen and on paper; "" when anything goes."""
    if question.kind == Kind.RANKING:
        return _places_in_words(question)
    if question.kind != Kind.CHOICES or (question.maximum is None and (question.minimum or 0) < 2):
        return ""
    least, most = question.minimum or 0, question.maximum
    if most is None:
        return _("Zaznacz co najmniej %(least)s.") % {"least": answers_counted(least)}
    if least < 2:
        return _("Zaznacz najwyżej %(most)s.") % {"most": answers_counted(most)}
    if least == most:
        return _("Zaznacz dokładnie %(most)s.") % {"most": answers_counted(most)}
    return _("Zaznacz od %(least)d do %(most)s.") % {"least": least, "most": answers_counted(most)}


def _places_in_words(question: Question) -> str:
    if question.least_placed == len(question.options):
        return _("Nadaj każdej odpowiedzi inne miejsce. 1 to najważniejsza.")
    if question.least_placed == question.places:
        return _("Nadaj miejsca od 1 do %(most)d, resztę zostaw bez miejsca. 1 to najważniejsza.") % {"most": question.places}
    return _("Nadaj najwyżej %(most)s, resztę zostaw bez miejsca. 1 to najważniejsza.") % {
        "most": counted(question.places, _("miejsce"), _("miejsca"), _("miejsc"))
    }
