"""`make bench`: times what the portal does for people, each figure beside its baseline from the same run.

Prints name, figure, baseline, ratio and bound; exit code 1 when a bound is missed. `ONLY=filing make bench` runs one.
Everything runs on a stand with production settings of its own (tests/stand.py), on loopback.
"""

import os
import sys

from benchmarks import (
    ballots,
    consultations_pages,
    desk_pages,
    dues_import,
    dues_pages,
    exports,
    fan_out,
    filing,
    gate,
    memory,
    pages,
    verify,
    voices,
    yearly_report,
)
from benchmarks.result import HEADER

BENCHMARKS = {
    "filing": filing.measure,
    "gate": gate.measure,
    "ballots": ballots.measure,
    "double_submits": ballots.measure_race,
    "public_pages": pages.measure_public,
    "signed_in_pages": pages.measure_signed_in,
    "consultations_pages": consultations_pages.measure,
    "dues_import": dues_import.measure,
    "dues_pages": dues_pages.measure,
    "desk_pages": desk_pages.measure,
    "voices": voices.measure,
    "memory": memory.measure,
    "verify": verify.measure,
    "exports": exports.measure,
    "yearly_report": yearly_report.measure,
    "fan_out": fan_out.measure,
}


def main() -> int:
    only = os.environ.get("ONLY")
    if only and only not in BENCHMARKS:
        print(f"no benchmark {only}; there are: {', '.join(BENCHMARKS)}")
        return 2
    print(HEADER)
    missed = 0
    for name, measure in BENCHMARKS.items():
        for result in measure() if only in (None, "", name) else ():
            print(result.line(), flush=True)
            missed += not result.is_met
    print(f"{missed} bounds missed" if missed else "every bound is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
