"""The report's numbers as rows, for whoever wants to count on: the same frozen figures as the page and the PDF (B12)."""

from collections.abc import Iterator
from typing import Any

from consultations.models import Report
from consultations.report.words import HIDDEN, PLACES

COLUMNS = ["Część", "Kod", "Nazwa", "Wiersz", "Odpowiedź", "Liczba", "Z ilu"]


def report_rows(report: Report) -> Iterator[list[Any]]:
    """Counts with what they are a part of: channels, questions, answers to written voices."""
    frozen = report.frozen
    totals = frozen["totals"]
    for channel in [*frozen["channels"], {"kind": "", "label": "Razem", **totals}]:
        for place, label in PLACES.items():
            yield ["Drogi", channel["kind"], channel["label"], place, label, channel[place], totals["received"]]
    for instrument in frozen["instruments"]:
        yield ["Narzędzia", instrument["code"], instrument["title"], "", "Głosy", instrument["ballots"], instrument["ballots"]]
        for question in instrument["questions"]:
            yield from _question(instrument, question)
    voices = frozen["voices"]
    for name, label in (("considered", "W terminie"), ("late", "Po terminie"), ("hidden", "Ukryte")):
        yield ["Głosy pisemne", name, label, "", "", voices[name], voices["received"]]
    for outcome in voices["outcomes"]:
        yield ["Stanowiska", outcome["outcome"], outcome["label"], "", "", outcome["count"], voices["considered"]]


def _question(instrument, question):
    code = f"{instrument['code']}.{question['code']}"
    yield ["Pytania", code, question["label"], "", "Odpowiedziało", question["answered"], question["asked"]]
    for option in question["options"]:
        yield [
            "Pytania",
            code,
            question["label"],
            option["row"],
            option["label"],
            HIDDEN if option["count"] is None else option["count"],
            question["answered"],
        ]
