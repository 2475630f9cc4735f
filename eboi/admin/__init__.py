"""The clerks' desk of e-BOI: the register, the queue of cases, and the data by which matters are handled."""

from eboi.admin import cases, catalogue, register

__all__ = ["cases", "catalogue", "register"]
