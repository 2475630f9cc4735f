"""What people type in the room, one module a task."""
