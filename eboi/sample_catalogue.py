"""The twenty matters of the demonstration with their units, classes, cards and forms, from `sample_data/eboi/matters.json`.

What a card says is recalled or read in other towns' cards, so every one carries the mark „do potwierdzenia”. What is there
already, by code, is left as it is: a clerk may have changed it.
"""

import json
from datetime import date
from pathlib import Path

from django.conf import settings

from accounts.models import User
from eboi.models import FaultRule, JrwaClass, MatterDuty, MatterTerms, MatterType, Unit, UnitMember, WasteRate
from schemas.actions import load_definition
from schemas.models import Definition

DATA = Path(settings.BASE_DIR) / "sample_data"
SINCE = date(2026, 1, 1)
FORMS = ("do-1", "pismo-ogolne", "niezaleganie", "drzewa-zgloszenie", "awaria-oswietlenia")
NO_ACCOUNT = "Rachunek przykładowy, nie przelewaj: 00 0000 0000 0000 0000 0000 0000"
APPEAL = (
    "Od tej decyzji przysługuje odwołanie do Samorządowego Kolegium Odwoławczego w Gdańsku. Wnosi się je za pośrednictwem "
    "Burmistrza Pruszcza Gdańskiego w ciągu 14 dni od dnia doręczenia decyzji."
)
DELAY = (
    "Jeśli uważasz, że sprawa nie została załatwiona w terminie albo trwa zbyt długo, możesz wnieść ponaglenie (art. 37 KPA) do "
    "Samorządowego Kolegium Odwoławczego w Gdańsku za pośrednictwem Burmistrza. Podaj w nim powód."
)
COMPLAINT = (
    "Na to postanowienie służy zażalenie do Samorządowego Kolegium Odwoławczego w Gdańsku. Wnosi się je za pośrednictwem Burmistrza "
    "Pruszcza Gdańskiego w ciągu 7 dni od dnia doręczenia (art. 101 § 3 i art. 141 KPA)."
)
PRIVACY = (
    "Administratorem danych jest Burmistrz Pruszcza Gdańskiego. Dane są potrzebne, żeby %s (art. 6 ust. 1 lit. c i e RODO). "
    "Masz prawo je zobaczyć i poprawić. Pełna klauzula jest na stronie „Prywatność”."
)


def load(moment) -> None:
    told = json.loads((DATA / "eboi" / "matters.json").read_text(encoding="utf-8"))
    _units(told["units"])
    _classes(told["classes"])
    _forms(moment)
    _matters(told["matters"])
    _fault_rule()
    _duties()
    rate = {
        "grosze": 3200,
        "compost_relief_grosze": 300,
        "is_sample": True,
        "needs_confirmation": True,
        "source": "stawka zmyślona",
    }
    WasteRate.objects.get_or_create(method=WasteRate.Method.PERSON, valid_from=SINCE, defaults=rate)


def _duties() -> None:
    """The two certificates carry duty; that every power of attorney does is written by a migration."""
    for code, duty in (("niezaleganie", "certificate-arrears"), ("zaswiadczenie", "certificate")):
        matter = MatterType.objects.get(code=code)
        held = {"source": "ustawa o opłacie skarbowej, załącznik, część II", "needs_confirmation": True}
        MatterDuty.objects.get_or_create(matter=matter, duty=duty, valid_from=SINCE, defaults=held)


def _units(rows) -> None:
    """Celina, Dariusz and Zofia, who signs, work in every unit, so that whoever looks at the demonstration can follow any matter."""
    Unit.objects.bulk_create(
        (Unit(symbol=symbol, name=name, contact=contact) for symbol, name, contact in rows), ignore_conflicts=True
    )
    clerks = User.objects.filter(email__in=[f"{name}@pruszcz.example" for name in ("celina", "dariusz", "zofia")])
    members = [UnitMember(unit=unit, user=user) for unit in Unit.objects.all() for user in clerks]
    UnitMember.objects.bulk_create(members, ignore_conflicts=True)


def _classes(rows) -> None:
    known = set(JrwaClass.objects.values_list("symbol", flat=True))
    JrwaClass.objects.bulk_create(
        JrwaClass(symbol=symbol, name=name, category=category, source=source, valid_from=SINCE, needs_confirmation=True)
        for symbol, name, category, source in rows
        if symbol not in known
    )


def _forms(moment) -> None:
    for code in FORMS:
        load_definition(json.loads((DATA / "forms" / f"{code}.json").read_text(encoding="utf-8")), by=None, moment=moment)


def _matters(rows) -> None:
    known = set(MatterType.objects.values_list("code", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    units, classes = _by("symbol", Unit), _by("symbol", JrwaClass)
    forms = _by("code", Definition)
    made = MatterType.objects.bulk_create(
        MatterType(
            **{name: row[name] for name in ("code", "name", "theme", "summary", "keywords")}, is_offered=row.get("is_offered", True),
            takes_faults=row.get("takes_faults", False),
            unit=units[row["unit"]], jrwa=classes[row["jrwa"]], form=forms[row["form"]],
        )
        for row in missing
    )  # fmt: skip
    MatterTerms.objects.bulk_create(_card(matter, dict(row["card"])) for matter, row in zip(made, missing, strict=True))


def _fault_rule() -> None:
    hours = {
        "radius_m": 50,
        "days": 7,
        "urgent_hours": 4,
        "usual_hours": 72,
        "source": "zasady przykładowe",
        "needs_confirmation": True,
    }
    FaultRule.objects.get_or_create(matter=MatterType.objects.get(code="awaria-oswietlenia"), valid_from=SINCE, defaults=hours)


def _by(name, model) -> dict:
    return {getattr(one, name): one for one in model.objects.all()}


def _card(matter, told) -> MatterTerms:
    texts = {
        "decision_instruction": APPEAL,
        "delay_instruction": DELAY,
        "suspension_instruction": COMPLAINT,
        "privacy": PRIVACY % told.pop("purpose"),
    }
    account = {"fee_account": NO_ACCOUNT} if told.get("fee_grosze") else {}
    return MatterTerms(matter=matter, valid_from=SINCE, needs_confirmation=True, **{**texts, **account, **told})
