"""A file of 200,000 liabilities: written, checked, loaded, loaded again; time of each and the peak memory of the process that does it.

python -m benchmarks.dues_import 20000      in a stand, prints JSON
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.result import Result

ROWS = int(os.environ.get("DUES_ROWS", "200000"))
BASIS = "Budynek mieszkalny|64,00 m2|1,19|76,16 # Grunt pozostały|312,00 m2|0,73|227,76"


def measure():
    from tests.stand import Stand

    with Stand() as stand:
        told = json.loads(stand.run("-m", "benchmarks.dues_import", str(ROWS)))
    seconds = 25 * ROWS / 200_000
    for what in ("check", "load", "again"):
        yield Result(f"dues import {ROWS:,}, {what}", told[what], "s", at_most=seconds)
    yield Result("dues import, peak memory", told["mib"], "MiB", at_most=200)


# In the stand -------------------------------------------------------------------------------------------------------


def write(path: Path, count: int) -> None:
    """One instalment a liability, six of them a payer: as many payers as the town has households with dues, and some."""
    with path.open("w", encoding="utf-8") as file:
        file.write("numer płatnika;płatnik;numer należności;rodzaj;okres;przedmiot;decyzja;podstawa;rata;termin;kwota;wpłacono\n")
        for n in range(count):
            payer = n // 6
            file.write(
                f"P{payer};Żółkiewska Łucja {payer};N{n};nieruchomosc;2026;ul. Nad Radunią {payer};FN.3120.{n}.2026;{BASIS};"
                f"{1 + n % 4};2026-{3 * (1 + n % 4):02}-15;{100 + n % 900},00;{n % 2 * 50},00\n"
            )


def spent(do) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def main(count: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from dues.actions import imports
    from dues.models import Import, Instalment

    def check(path):
        moment = timezone.now()
        made = imports.take_in(path, name="stan.csv", as_of=timezone.localdate(), by=None, moment=moment)
        imports.run(made.pk, moment=moment)
        return Import.objects.get(pk=made.pk)

    def load(made):
        imports.load(made, by=None, moment=timezone.now())
        imports.run(made.pk, moment=timezone.now())

    told = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stan.csv"
        write(path, count)
        made = []
        told["check"] = spent(lambda: made.append(check(path)))
        told["load"] = spent(lambda: load(made[0]))
        assert Instalment.objects.count() == count
        told["again"] = spent(lambda: load(check(path)))
        assert Import.objects.latest("uploaded_at").counts["instalments"]["same"] == count
    print(json.dumps({**told, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
