"""How each suite says what its documents hold: a module a suite, with ``cases(root)``."""
