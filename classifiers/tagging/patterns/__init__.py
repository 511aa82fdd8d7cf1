"""The words and patterns that a topic's files list for tags in each language, and which of them a text can match."""
