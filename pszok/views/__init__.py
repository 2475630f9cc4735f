"""What visitors, residents and the gate see."""
