"""Feeds over the network: bytes within bounds of time, size and reach."""
