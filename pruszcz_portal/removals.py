"""What the portal removes when its period is over: the roof's list, because the rooms do not know each other (L22)."""

from office.retention import REMOVALS as OFFICE

REMOVALS = [*OFFICE]
