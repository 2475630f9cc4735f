"""What is looked at by people before it is listed (C36, B10): one hand voting many times, impossible ages, sudden crowds.

Nothing is dropped here and nothing is judged: whole clusters are held, two people settle them without seeing what the voices say
(`actions.settlements`). Network alone blocks nobody: a home, a school and a phone operator share one address.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from consultations.models import SeenMark, SuspicionLimits

WINDOW = 600  # seconds; a burst is counted in windows, known only inside the sealed envelope until the sealing
DEVICE, NETWORK, BURST, AGE = "device", "network", "burst", "age"
REASONS = {
    DEVICE: _("wiele głosów z jednego urządzenia"),
    NETWORK: _("wiele głosów z jednej sieci"),
    BURST: _("nagły napływ głosów"),
    AGE: _("niemożliwy wiek"),
}


class Seen(NamedTuple):
    """One unsealed voice as this module knows it: never what it says."""

    envelope: UUID
    marks: Mapping[str, Any]


def limits_on(day: date) -> SuspicionLimits:
    """The thresholds in force; those of the model itself when the town has set none, so that the check never falls away."""
    return SuspicionLimits.objects.valid_on(day).order_by("-valid_from", "-pk").first() or SuspicionLimits()


def find(voices: Iterable[Seen], limits: SuspicionLimits, listed: Mapping[str, int]) -> dict[UUID, list[str]]:
    """Codes of reasons by envelope, each "reason" or "reason:cluster". `listed`: how often each mark was counted before."""
    voices = list(voices)
    held: dict[UUID, list[str]] = defaultdict(list)
    for code, cluster in _clusters(voices, limits, Counter(listed)):
        for seen in cluster:
            held[seen.envelope].append(code)
    for code, cluster in _crowds([seen for seen in voices if seen.envelope not in held], limits):
        for seen in cluster:
            held[seen.envelope].append(code)
    return dict(held)


def _clusters(voices, limits, listed):
    yield from _by_device(voices, limits, listed)
    yield from _by_network(voices, limits, listed)
    yield from _by_window(voices, limits)
    if impossible := [seen for seen in voices if not _is_possible(seen.marks.get("age"), limits)]:
        yield AGE, impossible


def _is_possible(age, limits) -> bool:
    """A birth date in the future gives an age below zero."""
    return age is None or 0 <= age <= limits.oldest_age


def _grouped(voices, *names):
    """Voices that share the marks, where all of them are known."""
    groups = defaultdict(list)
    for seen in voices:
        key = tuple(seen.marks.get(name) for name in names)
        if None not in key:
            groups[key].append(seen)
    return groups


def _by_device(voices, limits, listed):
    for (device,), cluster in _grouped(voices, "device").items():
        if len(cluster) + listed[f"device:{device}"] > limits.device_voices:
            yield f"{DEVICE}:{device[:8]}", cluster


def _by_network(voices, limits, listed):
    for (network,), cluster in _grouped(voices, "network").items():
        count = len(cluster) + listed[f"network:{network}"]
        devices = _devices(network, cluster, listed)
        is_worked = count > limits.network_voices and count >= limits.network_voices_a_device * devices
        if is_worked or count > limits.network_most:
            yield f"{NETWORK}:{network[:8]}", cluster


def _devices(network, cluster, listed) -> int:
    """How many devices voted from the network; a voice without a mark of its device counts as one more of the same."""
    prefix = f"pair:{network}."
    before = {mark.removeprefix(prefix) for mark in listed if mark.startswith(prefix)}
    return len(before | {seen.marks["device"] for seen in cluster if seen.marks.get("device")}) or 1


def _by_window(voices, limits):
    for (window, network), cluster in _grouped(voices, "window", "network").items():
        if len(cluster) > limits.burst_network:
            yield f"{BURST}:{network[:8]}.{window}", cluster


def _crowds(voices, limits):
    """Of voices that nothing else explains: honest homes that voted beside one busy network are not its crowd."""
    for (window,), cluster in _grouped(voices, "window").items():
        if len(cluster) > limits.burst_voices:
            yield f"{BURST}:{window}", cluster


# What was counted before


def listed_marks(instrument) -> dict[str, int]:
    return dict(SeenMark.objects.filter(instrument=instrument).values_list("mark", "voices"))


def remember(instrument, marks: Iterable[Mapping[str, Any]]) -> None:
    """Add the marks of voices that are listed now."""
    counts = Counter(name for one in marks for name in _names(one))
    known = {seen.mark: seen for seen in SeenMark.objects.filter(instrument=instrument, mark__in=counts)}
    for mark, seen in known.items():
        seen.voices += counts.pop(mark)
    SeenMark.objects.bulk_update(known.values(), ["voices"])
    SeenMark.objects.bulk_create(SeenMark(instrument=instrument, mark=mark, voices=count) for mark, count in counts.items())


def _names(marks):
    network, device = marks.get("network"), marks.get("device")
    if network:
        yield f"network:{network}"
    if device:
        yield f"device:{device}"
    if network and device:
        yield f"pair:{network}.{device}"


# For the report


def in_words(codes: Iterable[str]) -> list[str]:
    """„wiele głosów z jednej sieci” for the desk and for the voter, without the name of the cluster."""
    return [str(REASONS[reason]) for reason in dict.fromkeys(code.split(":")[0] for code in codes) if reason in REASONS]
