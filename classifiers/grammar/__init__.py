"""How languages say who gives and who receives: data by language, and what reads it. No topic is named here."""
