"""What was found wrong in a file, by line. An error keeps the file out; a difference is imported and shown; a remark is for the curious."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from consultations.sentences import Sentence

KEPT = 200  # of each level: a broken file of a million lines must not fill the memory with its faults


class Level(StrEnum):
    ERROR = "error"
    DIFFERENCE = "difference"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Problem:
    level: Level
    line: int | None  # None: the file as a whole
    code: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"wiersz {self.line}: {self.sentence}" if self.line else str(self.sentence)


class Problems:
    """Grows while the ballots are read: complete only when they have all been taken."""

    def __init__(self) -> None:
        self.counts: Counter[Level] = Counter()
        self._kept: dict[Level, list[Problem]] = {level: [] for level in Level}

    def add(self, level: Level, line: int | None, code: str, template: str, /, **params: object) -> None:
        self.counts[level] += 1
        if len(self._kept[level]) < KEPT:
            self._kept[level].append(Problem(level, line, code, Sentence(template, params)))

    def error(self, line: int | None, code: str, template: str, /, **params: object) -> None:
        self.add(Level.ERROR, line, code, template, **params)

    def difference(self, line: int | None, code: str, template: str, /, **params: object) -> None:
        self.add(Level.DIFFERENCE, line, code, template, **params)

    def remark(self, line: int | None, code: str, template: str, /, **params: object) -> None:
        self.add(Level.REMARK, line, code, template, **params)

    @property
    def errors(self) -> list[Problem]:
        """The first 200; `counts` has how many there were."""
        return self._kept[Level.ERROR]

    @property
    def differences(self) -> list[Problem]:
        return self._kept[Level.DIFFERENCE]

    @property
    def remarks(self) -> list[Problem]:
        return self._kept[Level.REMARK]

    def codes(self, level: Level) -> set[str]:
        return {problem.code for problem in self._kept[level]}
