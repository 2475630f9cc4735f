"""The verbs of the card, one module a noun. Each is imported from its own module: `from resident_card.actions import media`."""
