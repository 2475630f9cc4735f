"""The verbs: the till's own are named here; a basket paid online is in `checkout`, what the provider says of it in `settling`."""

from payments.actions.till import MOST_GROSZE, ask, book, cancel, has_account, reverse

__all__ = ["MOST_GROSZE", "ask", "book", "cancel", "has_account", "reverse"]
