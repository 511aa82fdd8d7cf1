"""Stories in the store: entries judged and clustered as they come in, told in full, exported as events."""
