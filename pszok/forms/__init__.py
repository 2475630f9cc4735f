"""What is typed at the gate and at the supervisor's desk, validated."""
