"""The clerks' desk, one module a noun; each is imported here so that Django finds it."""
