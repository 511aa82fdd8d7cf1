"""The articles behind flagged entries, read where [fulltext] is enabled: robots.txt, text, barriers."""
