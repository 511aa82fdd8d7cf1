"""Whether a text is relevant, what it is about, and which story it belongs to. Imports `db` only."""
