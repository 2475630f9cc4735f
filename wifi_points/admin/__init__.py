"""The WiFi officer's desk, by noun. Importing the modules registers them."""

from wifi_points.admin import duties, faults, registry

__all__ = ["duties", "faults", "registry"]
