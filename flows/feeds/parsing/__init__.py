"""Bytes of a feed → normalised entries. Plain records; nothing here asks a network or a store."""
