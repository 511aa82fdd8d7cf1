"""Text itself, whatever it is about: folding, sentences, languages, numbers."""
