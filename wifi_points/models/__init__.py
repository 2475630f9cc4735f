"""What is stored: who paid and who builds, networks and their points, what broke, what is owed to the programme."""

from wifi_points.models.duties import Evidence, Norm, Requirement, SpeedTest, UsageMonth
from wifi_points.models.faults import FaultReport, Outage, Ticket
from wifi_points.models.networks import Installer, Network, Programme
from wifi_points.models.points import AccessPoint, StreetPlace
from wifi_points.models.probing import CaptiveCheck, Probe, ProbeHost

__all__ = [
    "AccessPoint", "CaptiveCheck", "Evidence", "FaultReport", "Installer", "Network", "Norm", "Outage", "Probe", "ProbeHost",
    "Programme", "Requirement", "SpeedTest", "StreetPlace", "Ticket", "UsageMonth",
]  # fmt: skip
