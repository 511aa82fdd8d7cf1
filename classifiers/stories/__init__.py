"""Which entries report one event, who told it first, and what is usual: all of it pure."""
