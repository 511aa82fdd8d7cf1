"""What tags look for, as reviewable data: one file of words and roles a language, and what holds for all."""
