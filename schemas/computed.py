"""Named computed fields: a form says "waste_fee", code says how it is counted. Rooms above register their own names.

    @register("waste_fee")
    def waste_fee(answers, context): return Computed(value={"grosze": 9600}, text="96,00 zł", basis="3 osoby po 32,00 zł")

A function reads answers that are already checked; of a question that was hidden or left blank there is no entry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.definition import Answers


@dataclass(frozen=True)
class Context:
    """What besides the answers decides: the day, and whatever facts the caller passes (a rate already read, a person)."""

    day: date
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Computed:
    """`value` is JSON, without floats, and is what gets stored; `text` and `basis` are read by people."""

    value: Any
    text: str
    basis: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "text": self.text, "basis": self.basis}


class CannotCompute(Exception):
    """Nothing can be counted from these answers on this day; the text, in plain Polish, is shown at the field."""


class Stop(CannotCompute):
    """With these answers the form is not the right one, and nothing is to be filed: the text says why and what to do instead.

    Told on the page where the computed field stands, which does not let on, and at filing.
    """


Function = Callable[[Answers, Context], Computed]
_functions: dict[str, Function] = {}


def register(name: str) -> Callable[[Function], Function]:
    """Give a function its name. A second function under the same name is a mistake and raises ValueError."""

    def keep(function: Function) -> Function:
        taken = _functions.get(name)
        if taken and (taken.__module__, taken.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"computed field {name!r} is already {taken.__module__}.{taken.__qualname__}")
        _functions[name] = function
        return function

    return keep


def is_registered(name: str) -> bool:
    return name in _functions


def registered_names() -> list[str]:
    return sorted(_functions)


def compute(name: str, answers: Answers, context: Context) -> Computed:
    """Raises KeyError for an unknown name (publishing refuses those) and CannotCompute."""
    return _functions[name](answers, context)
