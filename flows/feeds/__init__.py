"""From the web to records: fetch, parse, normalise."""
