"""The WiFi officer's desk, by noun. Importing the modules registers them."""

from wifi_points.admin import faults, registry

__all__ = ["faults", "registry"]
