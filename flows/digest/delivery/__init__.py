"""A rendered edition → its readers: each reader's copy, mail, outbox, retries."""
