"""All tests, tier by tier: the fast ones side by side, the journeys in a browser, then the killing ones alone.

    python -m tests.tiers                 what `make test` runs; the exit code is 0 only when every tier is green
    python -m tests.tiers --soak 60       faults and random input again and again, for 60 minutes or until one fails

Each tier is a pytest of its own with its own PostgreSQL and Valkey, so that a killing test disturbs nobody.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from pruszcz_portal.boxes import CHECKOUT, var_dir

SIDE_BY_SIDE = str(max(2, min(4, os.cpu_count() or 2)))
TIERS = {
    "fast": ["-m", "not browser and not kill", "-n", SIDE_BY_SIDE],
    "journeys": ["-m", "browser"],
    "kill": ["-m", "kill"],
}
SOAK = ["-m", "kill or soak", "-x", "--hypothesis-profile", "soak"]
KINDS = ("failed", "errors", "passed", "skipped")


def run(name: str, arguments: list[str]) -> tuple[int, dict[str, int]]:
    """pytest's exit code and its counts. What it prints goes straight to the terminal, its closing line last."""
    report = var_dir() / f"report-{name}.xml"
    report.unlink(missing_ok=True)
    print(f"\n-- {name} tests", flush=True)  # noqa: T201
    command = [sys.executable, "-m", "pytest", "-rfEs", "--no-header", f"--junitxml={report}", *arguments]
    code = subprocess.run(command, cwd=CHECKOUT, check=False).returncode
    return code, counts(report)


def counts(report: Path) -> dict[str, int]:
    if not report.exists():
        return dict.fromkeys(KINDS, 0)
    suite = next(ElementTree.parse(report).iter("testsuite")).attrib  # noqa: S314  pytest has just written it
    failed, errors, skipped = (int(suite[name]) for name in ("failures", "errors", "skipped"))
    return {"failed": failed, "errors": errors, "passed": int(suite["tests"]) - failed - errors - skipped, "skipped": skipped}


def closing_line(results: list[dict[str, int]], seconds: float) -> str:
    summed = {kind: sum(result[kind] for result in results) for kind in KINDS}
    words = ", ".join(f"{number} {kind}" for kind, number in summed.items() if number) or "no tests ran"
    return f" all tiers: {words} in {seconds:.0f}s ".center(80, "=")


def run_all() -> int:
    began = time.monotonic()
    codes, results = zip(*(run(name, arguments) for name, arguments in TIERS.items()), strict=True)
    print("\n" + closing_line(list(results), time.monotonic() - began))  # noqa: T201
    red = [name for name, code in zip(TIERS, codes, strict=True) if code]
    if red:
        print(f"not green: {', '.join(red)}")  # noqa: T201
    return 1 if red else 0


def soak(minutes: float) -> int:
    began, rounds = time.monotonic(), 0
    while time.monotonic() - began < minutes * 60:
        rounds += 1
        code, _ = run("soak", [*SOAK, "--hypothesis-seed", str(time.time_ns())])
        if code:
            print(f"failed in round {rounds}")  # noqa: T201
            return code
    print(f"{rounds} rounds in {minutes:.0f} minutes, all green")  # noqa: T201
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--soak"]:
        sys.exit(soak(float(sys.argv[2])))
    sys.exit(run_all())
