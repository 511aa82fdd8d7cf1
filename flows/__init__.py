"""The verbs (the only code that imports Prefect) at the root, the nouns in the folders beside them."""
