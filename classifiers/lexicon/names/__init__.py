"""What the same person, place or thing is called in thirteen languages: the bridge between stories told in them."""
