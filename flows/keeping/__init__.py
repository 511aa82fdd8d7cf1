"""Keeping: backups of the store and of what it needs, bringing one back, and what a store may give up with age."""
