"""From a person's labels to a model that may take the champion's place."""
