"""What the same person, place or thing is called in each language, so that stories in different languages can be
compared."""
