"""The verbs, one module a noun."""
