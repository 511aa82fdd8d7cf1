"""The weekly edition: which week it covers, what the daily editions of that week told, and freezing it."""
