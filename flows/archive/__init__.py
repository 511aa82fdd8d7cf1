"""Entries of the past: files of them → the store."""
