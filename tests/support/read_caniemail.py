"""Makes ``mail_support.json``: what mail programs show, as https://www.caniemail.com has tested it (MIT licence).

    npm pack caniemail@2.0.2 && tar xzf caniemail-2.0.2.tgz
    python -m tests.support.read_caniemail package/data/caniemail.json

Of each feature and program the newest test counts: y (shown), a (in part, see the page), n (not), u (unknown).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("mail_support.json")
PROGRAMS = {
    "gmail": ("gmail", ("desktop-webmail", "ios", "android")),
    "outlook": ("outlook", ("windows", "outlook-com", "ios", "android")),
    "apple": ("apple-mail", ("macos", "ios")),
}


def main() -> None:
    """Write the table."""
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = {each["slug"]: _support(each["stats"]) for each in told["data"] if each["category"] in ("css", "html")}
    lines = ",\n".join(f"  {json.dumps(slug)}: {json.dumps(row)}" for slug, row in sorted(rows.items()))
    source = f"caniemail.com, data of {told['last_update_date'][:10]}, npm package caniemail 2.0.2 (MIT)"
    TABLE.write_text(f'{{\n"source": {json.dumps(source)},\n"features": {{\n{lines}\n}}}}\n', encoding="utf-8")


def _support(stats: dict[str, Any]) -> dict[str, str]:
    """Program → the worst of its newest results."""
    found = {}
    for program, (family, platforms) in PROGRAMS.items():
        newest = [list(stats.get(family, {}).get(name, {"": "u"}).values())[-1] for name in platforms]
        found[program] = max((result[0] for result in newest), key="yuan".index)
    return found


if __name__ == "__main__":
    main()
