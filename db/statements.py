"""SQL scripts → statements."""

from __future__ import annotations


def split_statements(script: str) -> list[str]:
    """The statements of a script, split at the semicolons that end a line outside of BEGIN … END."""
    statements: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        inside_trigger = any("BEGIN" in earlier for earlier in lines) and line != "END;"
        if line.endswith(";") and not inside_trigger:
            statements.append("\n".join(lines))
            lines = []
    if any(line.strip() for line in lines):
        statements.append("\n".join(lines))
    return statements
