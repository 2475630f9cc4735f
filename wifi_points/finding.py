"""Points for people: nearest first, what works before what does not."""

from dataclasses import dataclass

from residents.whereabouts import metres_between
from ui.words import NBSP, counted
from wifi_points import rules
from wifi_points.models import AccessPoint, with_state


@dataclass(frozen=True)
class Found:
    point: AccessPoint
    state: rules.State
    metres: int | None

    @property
    def distance(self) -> str:
        return "" if self.metres is None else in_words(self.metres)


def in_words(metres: int) -> str:
    """„80 m”, „1,4 km”: rounded as far as a street's middle and a phone are exact."""
    if metres < 1000:
        return f"{max(10, round(metres, -1))}{NBSP}m"
    return f"{metres / 1000:.1f}{NBSP}km".replace(".", ",")


def listed(near=None) -> list[Found]:
    """All public points. With a place: what works nearest first, what is broken last; without one by number."""
    points = with_state(AccessPoint.objects.public())
    found = [
        Found(point, rules.state_now(point), near and metres_between(near, (point.latitude, point.longitude))) for point in points
    ]
    return sorted(found, key=lambda one: (one.point.is_down, one.metres)) if near else found


def by_code(code: str) -> AccessPoint | None:
    """The public point „3-2”, or None."""
    network, _dash, number = code.partition("-")
    return with_state(AccessPoint.objects.public()).filter(network__number=int(network), number=int(number)).first()


def how_many(found: list[Found]) -> str:
    """„Teraz działa 9 z 10 punktów.”"""
    return f"Teraz działa {sum(not one.point.is_down for one in found)} z{NBSP}{counted(len(found), 'punktu', 'punktów', 'punktów')}."
