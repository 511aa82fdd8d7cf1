"""The names and cues that a topic's files list for each language, and the mentions of them in a text."""
