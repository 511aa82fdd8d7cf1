"""SQL scripts → statements."""

from __future__ import annotations

import sqlite3


def split_statements(script: str) -> list[str]:
    """The statements of a script, each on lines of its own; SQLite itself says where one is complete (triggers hold
    semicolons). What is left at the end is one without its semicolon."""
    statements: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement("\n".join(lines)):
            statements.append("\n".join(lines))
            lines = []
    if any(line.strip() for line in lines):
        statements.append("\n".join(lines))
    return statements
