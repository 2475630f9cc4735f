"""The supervisor's desk: what the point takes and how much, its hours, disputes, loads handed over, figures of the year."""
