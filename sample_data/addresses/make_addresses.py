"""Write addresses.csv: sample house numbers and flats for the streets of streets.txt. `python make_addresses.py`

ULIC codes, numbers, flats and places are invented; the names of the streets are real (see README.md).
"""

import csv
import math
import zlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TERC, SIMC = "2204011", "0934620"
HEADER = ["TERC", "SIMC", "ULIC", "street", "number", "flat", "latitude", "longitude"]
CENTRE = 54.2605, 18.6410  # of the town, WGS 84
METRE = 1 / 111_320, 1 / 65_000  # in degrees of latitude and, at this latitude, of longitude
FRONT, WIDTH = 18, 24  # metres from house to house, and across the street


def rows(streets: list[str]) -> Iterator[list[str]]:
    for place, street in enumerate(streets, start=1):
        seed = zlib.crc32(street.encode())
        for number, flats in houses(seed):
            where = spot(seed, int(number.rstrip("a")))
            for flat in flats or [""]:
                yield [TERC, SIMC, f"9{place:04}", street, number, flat, *where]


def spot(seed: int, number: int) -> list[str]:
    """Houses of a street stand on both sides of a straight line that begins somewhere within a kilometre of the centre."""
    angle, start, far = math.radians(seed % 360), math.radians(seed // 360 % 360), 150 + seed // 7 % 850
    along, across = FRONT * ((number + 1) // 2), WIDTH / 2 if number % 2 else -WIDTH / 2
    north = far * math.cos(start) + along * math.cos(angle) - across * math.sin(angle)
    east = far * math.sin(start) + along * math.sin(angle) + across * math.cos(angle)
    return [f"{CENTRE[0] + north * METRE[0]:.6f}", f"{CENTRE[1] + east * METRE[1]:.6f}"]


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
