"""The clerks' desk, one module a noun; each is imported here so that Django finds it."""

from consultations.admin import bases, consultations, documents, reports, rulings, voices, voting

__all__ = ["bases", "consultations", "documents", "reports", "rulings", "voices", "voting"]
