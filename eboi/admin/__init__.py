"""The clerks' desk of e-BOI: the register, the queue of cases, and the data by which matters are handled."""

from eboi.admin import accessibility, cases, catalogue, disposals, faults, outgoing, register

__all__ = ["accessibility", "cases", "catalogue", "disposals", "faults", "outgoing", "register"]
