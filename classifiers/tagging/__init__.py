"""What a flagged text is about: partners, channels, directions, status, claims, event codes."""
