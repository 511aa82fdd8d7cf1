"""What the pages of docs/ promise."""
