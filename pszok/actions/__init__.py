"""The verbs of the point, one module a noun."""
