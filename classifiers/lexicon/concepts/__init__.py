"""What news of states and their dealings speaks of (a visit, a signing, a missile), by language."""
