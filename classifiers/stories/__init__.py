"""Which entries report one event, which reports are copies, and what is usual: pure functions."""
