"""Bundles of the same consultation from different days: what was sealed once stays sealed."""

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from consultations.manifest import Malformed, checked
from consultations.verify.inputs import Bundle
from consultations.verify.report import Report


def check_history(bundles: Sequence[Bundle], reports: Sequence[Report]) -> None:
    """The batches of the earlier bundle must be the beginning of those of the later one: the town did not rewrite them."""
    read = [(manifest, report) for bundle, report in zip(bundles, reports, strict=True) if (manifest := _manifest(bundle))]
    for (one, _), (other, report) in combinations(sorted(read, key=lambda pair: pair[0]["as_of"]), 2):
        if one["consultation"]["id"] == other["consultation"]["id"]:
            _compare(one, other, report)


def _manifest(bundle: Bundle) -> dict[str, Any] | None:
    try:
        return checked(json.loads(bundle.content))
    except (Malformed, ValueError, TypeError, AttributeError, RecursionError):
        return None  # said already


def _compare(earlier: dict[str, Any], later: dict[str, Any], report: Report) -> None:
    new = {instrument["id"]: instrument["batches"] for instrument in later["instruments"]}
    for instrument in earlier["instruments"]:
        old = instrument["batches"]
        if instrument["id"] in new and new[instrument["id"]][: len(old)] != old:
            report.differs(f"partie są inne niż w plikach z dnia {earlier['as_of']}", instrument["code"])
        elif instrument["id"] in new:
            report.agrees(f"partie z dnia {earlier['as_of']} są bez zmian", instrument["code"])
