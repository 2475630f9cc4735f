"""The supervisor's desk: what the point takes and how much, its hours, disputes, loads handed over, figures of the year."""

from pszok.admin import figures, gate, waste

__all__ = ["figures", "gate", "waste"]
