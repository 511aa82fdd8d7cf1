"""The articles behind flagged entries, read on request: robots.txt, text, barriers."""
