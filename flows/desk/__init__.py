"""The desk: web pages on this machine where a person judges entries, by links from the mail or from a list."""
