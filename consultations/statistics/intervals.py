"""How far a share may be from that of everybody, had those who answered been drawn by lot."""

from math import sqrt

CONFIDENCE_95 = 1.959964


def wilson(count: int, whole: int, z: float = CONFIDENCE_95) -> tuple[float, float]:
    """The Wilson score interval of count / whole, between 0 and 1. Of nothing, everything is possible."""
    if whole == 0:
        return 0.0, 1.0
    share, spread = count / whole, z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return (0.0 if count == 0 else max(0.0, middle - half)), (1.0 if count == whole else min(1.0, middle + half))
