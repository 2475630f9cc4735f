"""The verbs of the room, by noun: networks and their points, faults, duties, probing."""
