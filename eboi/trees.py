"""May a tree or shrubs be removed: nothing to do, a notice, or a permit (act on nature conservation, art. 83 and 83f).

The limits by species are dated data of clerks (`TreeRule`); who asks and what for is decided here, in the order of the act.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eboi.models import TreeRule
from office.compiled import compiled
from schemas.computed import CannotCompute, Computed, Context, Stop, register
from schemas.definition import Answers
from ui.words import long_date

SUFFIXES = ("", "-2", "-3")  # of the codes under which a form asks about the first plant and the next ones
MORE = {"-2": "more", "-3": "more-2"}


class Verdict(IntEnum):
    """From the lightest; of several plants the gravest decides."""

    NOTHING = 0
    NOTICE = 1
    PERMIT = 2


@dataclass(frozen=True)
class Owner:
    """Whose land it is and why the plant has to go."""

    is_person: bool
    is_business: bool
    is_protected: bool  # in the register of monuments, or public green

    @property
    def is_free(self) -> bool:
        """A natural person, not for business, on ordinary land: art. 83f sec. 1 point 3a."""
        return self.is_person and not self.is_business and not self.is_protected


@dataclass(frozen=True)
class Plant:
    kind: str  # "tree", "fruit" or "shrubs"
    group: str = TreeRule.Group.OTHER
    size: int = 0  # girth at 5 cm in centimetres, or area in square metres
    name: str = ""


def verdict_on(plant: Plant, owner: Owner, limit: int) -> Verdict:
    """`limit` is the last girth, or area, about which nobody need be asked. A fruit tree has none on ordinary land."""
    if plant.kind == "fruit":
        return Verdict.PERMIT if owner.is_protected else Verdict.NOTHING
    if plant.size <= limit:
        return Verdict.NOTHING
    if plant.kind == "shrubs":
        return Verdict.NOTHING if owner.is_free else Verdict.PERMIT
    return Verdict.NOTICE if owner.is_free else Verdict.PERMIT


@register("tree_verdict")
def tree_verdict(answers: Answers, context: Context) -> Computed:
    """What the act asks of the plants in the form. Stops the form when a notice is not what is needed; says what is.

    Raises CannotCompute while something is missing, or when the office has no limits for the day.
    """
    owner, plants = _owner(answers), list(_plants(answers))
    rules = {rule.group: rule for rule in _rules(day=context.day)}
    found = [(plant, verdict_on(plant, owner, _limit(rules, plant, context.day))) for plant in plants]
    gravest = max(verdict for _plant, verdict in found)
    if gravest != Verdict.NOTICE:
        raise Stop(_needless(found, rules) if gravest == Verdict.NOTHING else _too_grave(owner))
    return Computed(
        value={"verdict": gravest.name.lower(), "limits": _frozen(rules)},
        text=_("Trzeba zgłosić i poczekać na oględziny. Wypełnij formularz do końca."),
        basis=" ".join(_sentence(plant, verdict, rules) for plant, verdict in found),
    )


def _owner(answers: Answers) -> Owner:
    said = [answers.get(code) for code in ("owner", "business", "protected")]
    if not all(said):
        raise CannotCompute(_("Najpierw odpowiedz, czyja jest działka."))
    return Owner(is_person=said[0] == "person", is_business=said[1] == "yes", is_protected=said[2] == "yes")


def _plants(answers: Answers):
    for suffix in SUFFIXES:
        if suffix and answers.get(MORE[suffix]) != "yes":
            return
        kind = answers.get(f"plant{suffix}")
        size = answers.get(f"area{suffix}" if kind == "shrubs" else f"girth{suffix}", 0)
        if kind is None or (kind != "fruit" and not isinstance(size, int)) or (kind != "fruit" and size < 1):
            raise CannotCompute(_("Powiemy Ci, czy trzeba to zgłosić, gdy podasz, co rośnie na działce i jak jest duże."))
        group = TreeRule.Group.SHRUBS if kind == "shrubs" else answers.get(f"species-group{suffix}", TreeRule.Group.OTHER)
        yield Plant(kind, group, size, answers.get(f"species{suffix}", ""))


@compiled
def _rules(*, day: date) -> QuerySet[TreeRule]:
    """The later of two that hold comes last, so it is the one that stays in a dict."""
    return TreeRule.objects.valid_on(day).order_by("valid_from", "pk")


def limits_on(day: date) -> dict[str, TreeRule]:
    return {rule.group: rule for rule in _rules(day=day)}


def _limit(rules: dict[str, TreeRule], plant: Plant, day: date) -> int:
    if plant.kind == "fruit":
        return 0
    if plant.group not in rules:
        raise CannotCompute(_("Urząd nie ma jeszcze wpisanych granic na %(day)s Zapytaj w urzędzie.") % {"day": long_date(day)})
    return rules[plant.group].limit


def _frozen(rules: dict[str, TreeRule]) -> list[dict]:
    return [
        {"group": rule.group, "limit": rule.limit, "valid_from": rule.valid_from.isoformat(), "source": rule.source,
         "needs_confirmation": rule.needs_confirmation}
        for rule in rules.values()
    ]  # fmt: skip


def _sentence(plant: Plant, verdict: Verdict, rules: dict[str, TreeRule]) -> str:
    """„Świerk: obwód 90 cm, granica 50 cm: zgłoszenie.”"""
    words = {Verdict.NOTHING: _("bez zgłoszenia"), Verdict.NOTICE: _("zgłoszenie"), Verdict.PERMIT: _("zezwolenie")}[verdict]
    if plant.kind == "fruit":
        return _("Drzewo owocowe: %(what)s.") % {"what": words}
    said = {"size": plant.size, "limit": rules[plant.group].limit, "what": words, "name": plant.name or _("drzewo")}
    if plant.kind == "shrubs":
        return _("Krzewy: %(size)d m², granica %(limit)d m²: %(what)s.") % said
    text = _("%(name)s: obwód %(size)d cm, granica %(limit)d cm: %(what)s.") % said
    return text[:1].upper() + text[1:]


def _needless(found, rules) -> str:
    reasons = " ".join(_sentence(plant, verdict, rules) for plant, verdict in found)
    return _("Nie trzeba nic zgłaszać. %(reasons)s Sprawdź jeszcze, czy nie ma gniazd. Formularza nie wysyłaj.") % {
        "reasons": reasons
    }


def _too_grave(owner: Owner) -> str:
    if owner.is_protected:
        why = _("działka jest zabytkiem albo terenem zieleni; dla zabytku zezwolenie daje konserwator zabytków")
    elif not owner.is_person:
        why = _("właścicielem nie jest osoba fizyczna")
    else:
        why = _("usunięcie wiąże się z działalnością gospodarczą")
    text = _(
        "Zgłoszenie nie wystarczy, potrzebne jest zezwolenie: %(why)s. Złóż wniosek „Zezwolenie na usunięcie drzew lub krzewów”."
    )
    return text % {"why": why}
