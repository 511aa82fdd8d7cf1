"""Archives: files of old entries → the store."""
