"""Whether the set-up is sound, looked at without changing anything, and the figures by which others watch it."""
