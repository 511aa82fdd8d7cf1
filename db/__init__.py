"""The store: records, migrations and one module per table. Imports nothing of the project."""
