"""The clerks' desk, one module a noun; each is imported here so that Django finds it."""

from consultations.admin import bases, consultations, voting

__all__ = ["bases", "consultations", "voting"]
