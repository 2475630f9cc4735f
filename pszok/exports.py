"""Columns and rows of the officials' files. A code is written with its star, masses in whole kilograms."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

REPORT_COLUMNS = [
    "Część", "Punkt", "Kod odpadu", "Niebezpieczny", "Rodzaj odpadu", "Masa (kg)", "W tym szacowana (kg)", "Do ponownego użycia (kg)",
    "Bez wagi: sztuki", "Bez wagi: litry", "Instalacja", "Adres instalacji", "Proces",
]  # fmt: skip
DAY_COLUMNS = ["Dzień", "Punkt", "Kod odpadu", "Niebezpieczny", "Frakcja", "Masa (kg)", "Litry", "Sztuki", "Pozycji"]
DIFFERENCE_COLUMNS = ["Co", "Kod odpadu", "Gdzie", "Było (kg)", "Jest (kg)", "Zmiana (kg)"]


def written(code: str, is_hazardous: bool) -> str:
    return f"{code[:2]} {code[2:4]} {code[4:]}{'*' if is_hazardous else ''}"


def _yes(is_so: bool) -> str:
    return _("tak") if is_so else _("nie")


def report_rows(figures: dict[str, Any]) -> Iterator[list]:
    for row in figures["taken"]:
        yield [
            _("zebrane"), row["point"], written(row["code"], row["is_hazardous"]), _yes(row["is_hazardous"]), row["name"], row["kg"],
            row["estimated_kg"], row["reuse_kg"], row["unweighed_pieces"], row["unweighed_litres"], "", "", "",
        ]  # fmt: skip
    for row in figures["handed_over"]:
        yield [
            _("przekazane"), row["point"], written(row["code"], row["is_hazardous"]), _yes(row["is_hazardous"]), row["name"], row["kg"],
            "", "", "", "", row["recipient"], row["recipient_address"], row["process"],
        ]  # fmt: skip


def day_rows(totals: list[dict[str, Any]]) -> Iterator[list]:
    for row in totals:
        yield [
            row["day"], row["point"], written(row["code"], row["is_hazardous"]), _yes(row["is_hazardous"]), row["fraction"], row["kg"],
            row["litres"], row["pieces"], row["lines"],
        ]  # fmt: skip
