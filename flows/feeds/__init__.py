"""From the web into the store: fetch, parse, normalise, and decide when to ask again."""
