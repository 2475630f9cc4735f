"""Write addresses.csv: sample house numbers and flats for the streets of streets.txt. `python make_addresses.py`

ULIC codes, numbers and flats are invented; the names of the streets are real (see README.md).
"""

import csv
import zlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TERC, SIMC = "2204011", "0934620"
HEADER = ["TERC", "SIMC", "ULIC", "street", "number", "flat"]


def rows(streets: list[str]) -> Iterator[list[str]]:
    for place, street in enumerate(streets, start=1):
        seed = zlib.crc32(street.encode())
        for number, flats in houses(seed):
            for flat in flats or [""]:
                yield [TERC, SIMC, f"9{place:04}", street, number, flat]


def houses(seed: int) -> Iterator[tuple[str, list[str]]]:
    """Odd numbers across from even ones; now and then an „a”; every fifth house has flats."""
    for number in range(1, 20 + seed % 31):
        flats = [str(flat) for flat in range(1, 4 + (seed + number) % 9)] if (seed + number) % 5 == 0 else []
        yield str(number), flats
        if (seed + number) % 11 == 0:
            yield f"{number}a", []


def main() -> None:
    streets = (HERE / "streets.txt").read_text(encoding="utf-8").split("\n")
    with (HERE / "addresses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows([street.strip() for street in streets if street.strip()]))


if __name__ == "__main__":
    main()
