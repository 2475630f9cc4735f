"""What the check found, in plain Polish and for programs."""

from collections import Counter
from dataclasses import asdict, dataclass, field

MOST_SHOWN = 20  # findings of one sort; the rest are counted
AGREES, DIFFERS, UNCHECKED, NOTE = "agrees", "differs", "unchecked", "note"
MARKS = {AGREES: "✓", DIFFERS: "✗", UNCHECKED: "?", NOTE: "·"}


@dataclass(frozen=True)
class Finding:
    """`where`: the file; `batch` and `line` (from 1) where they are known."""

    outcome: str
    text: str
    where: str = ""
    batch: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = [self.where] if self.where else []
        place += [f"wiersz {self.line}"] if self.line else []
        place += [f"partia {self.batch}"] if self.batch else []
        return f"{MARKS[self.outcome]} {', '.join(place)}{': ' if place else ''}{self.text}"


@dataclass
class Report:
    """`exit_code`: 0 everything agrees, 1 something differs, 2 something could not be checked and nothing differs."""

    title: str = ""
    findings: list[Finding] = field(default_factory=list)
    alike: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, outcome: str, text: str, where: str = "", *, batch: int | None = None, line: int | None = None) -> None:
        """Of many findings alike the first are kept, so that a file of rubbish gives a page and not a book."""
        self.alike[text, where] += 1
        if self.alike[text, where] <= MOST_SHOWN:
            self.findings.append(Finding(outcome, text, where, batch, line))

    def agrees(self, text: str, where: str = "") -> None:
        self.add(AGREES, text, where)

    def differs(self, text: str, where: str = "", *, batch: int | None = None, line: int | None = None) -> None:
        self.add(DIFFERS, text, where, batch=batch, line=line)

    def unchecked(self, text: str, where: str = "") -> None:
        self.add(UNCHECKED, text, where)

    def note(self, text: str, where: str = "") -> None:
        self.add(NOTE, text, where)

    @property
    def differences(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.outcome == DIFFERS]

    @property
    def exit_code(self) -> int:
        if self.differences:
            return 1
        return 2 if any(finding.outcome == UNCHECKED for finding in self.findings) else 0

    def as_text(self) -> str:
        shown = [str(finding) for finding in self.findings]
        more = [f"… {where}: {text} (razem {count})" for (text, where), count in self.alike.items() if count > MOST_SHOWN]
        return "\n".join([self.title, "", *shown, *more, "", self._verdict(), ""])

    def as_json(self) -> dict:
        return {"title": self.title, "exit_code": self.exit_code, "findings": [asdict(finding) for finding in self.findings]}

    def _verdict(self) -> str:
        return (
            "Wynik: wszystko się zgadza.",
            "Wynik: pliki nie zgadzają się z tym, co podpisano. Nie opieraj się na nich i zgłoś to urzędowi.",
            "Wynik: nie wszystko dało się sprawdzić.",
        )[self.exit_code]
