"""The content of an edition as records: what composition makes, the store keeps as JSON, and every rendering reads."""
