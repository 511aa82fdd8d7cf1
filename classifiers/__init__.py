"""Judging relevance: mentions, features, models and what they reach. Imports `db` only."""
