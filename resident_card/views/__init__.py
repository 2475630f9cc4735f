"""Pages of the card, one module a task: applying, families, cards, partners."""
