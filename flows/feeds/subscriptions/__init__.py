"""Which feeds are read: the catalogue, a user's own, OPML, discovery."""
