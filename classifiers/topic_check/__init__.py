"""What is missing or contradictory in a topic's folder, told by file and line."""
