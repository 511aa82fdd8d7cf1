"""Names and cues as reviewable data: one TOML file a language, read by `classifiers.lexicon.read`."""
