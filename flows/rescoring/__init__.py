"""Stored entries scored anew under the champion: planned in shards, scored by processes, written by one."""
