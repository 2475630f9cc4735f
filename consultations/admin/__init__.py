"""The clerks' desk, one module a noun; each is imported here so that Django finds it."""

from consultations.admin import bases, budget, consultations, documents, paper, reports, results, rulings, voices, voting

__all__ = ["bases", "budget", "consultations", "documents", "paper", "reports", "results", "rulings", "voices", "voting"]
