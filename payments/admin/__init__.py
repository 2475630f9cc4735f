"""The treasurer's desk: the till and the ledger (`till`), what comes and goes through the provider (`online`)."""

from payments.admin import online, till

__all__ = ["online", "till"]
