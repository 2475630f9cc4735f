from dataclasses import dataclass

HEADER = f"{'benchmark':<34} {'figure':>12} {'baseline':>12} {'ratio':>7} {'bound':>9}"


@dataclass(frozen=True)
class Result:
    """One figure beside its baseline. `ratio` must be at least `at_least`, or the figure at most `at_most`; without a bound it is only told."""

    name: str
    figure: float
    unit: str
    baseline: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.figure / self.baseline if self.baseline else None

    @property
    def is_met(self) -> bool:
        if self.at_most is not None:
            return self.figure <= self.at_most
        return self.at_least is None or (self.ratio is not None and self.ratio >= self.at_least)

    @property
    def bound(self) -> str:
        if self.at_most is not None:
            return f"<={self.at_most:g}"
        return "-" if self.at_least is None else f">={self.at_least:g}"

    def line(self) -> str:
        baseline = f"{self.baseline:,.0f} {self.unit}" if self.baseline else "-"
        ratio = f"{self.ratio:.2f}" if self.ratio else "-"
        mark = "" if self.is_met else "  MISSED"
        return f"{self.name:<34} {self.figure:>8,.0f} {self.unit:<3} {baseline:>12} {ratio:>7} {self.bound:>9}{mark}"
