"""Numbers in a text, in any language of the lexicon: what they come to, and what they count."""
