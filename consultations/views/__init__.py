"""Pages of residents, one module a noun."""
