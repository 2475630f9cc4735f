"""What is stored: who paid and who builds, networks and their points, what broke, what is owed to the programme."""

from wifi_points.models.duties import Evidence, Norm, Requirement, SpeedTest, UsageMonth, Warranty
from wifi_points.models.faults import FaultReport, Outage, Ticket, with_state
from wifi_points.models.networks import Installer, Network, Programme
from wifi_points.models.points import AccessPoint, InventoryLoad
from wifi_points.models.probing import CaptiveCheck, Probe, ProbeHost

__all__ = [
    "AccessPoint", "CaptiveCheck", "Evidence", "FaultReport", "Installer", "InventoryLoad", "Network", "Norm", "Outage", "Probe", "ProbeHost",
    "Programme", "Requirement", "SpeedTest", "Ticket", "UsageMonth", "Warranty", "with_state",
]  # fmt: skip
