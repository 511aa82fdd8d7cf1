"""What the command `axiswatch` does: one module for each kind of work. Heavy imports wait until a command runs."""
