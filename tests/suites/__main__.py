"""The suites of other feed readers, tried on our parser: ``python -m tests.suites FOLDER``.

FOLDER holds a checkout of each suite that is to be tried, called as ``suites.toml`` calls it (or owner-name):
``git clone --depth 1 https://github.com/kurtmckee/feedparser FOLDER/feedparser``; ``--sources`` prints such a line for
every one. What is not there is passed over.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.suites.cases import Case
from tests.suites.comparison import KINDS, Verdict, judged

SUITES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "suites.toml").read_text(encoding="utf-8"))
MOST_SHOWN = 3
"""Lines for one document."""
COLUMNS = ("crashed", "unsound", "right", "decided", "sound", "wrong")


def cases_of(suite: str, root: Path) -> Iterator[Case]:
    """The documents of a suite whose checkout is at ``root``, with what it says of them."""
    about = SUITES[suite]
    if "oracle" in about:
        yield from import_module(f"tests.suites.oracles.{about['oracle']}").cases(root)
    files = {file for pattern in about.get("documents", ()) for file in root.glob(pattern) if file.is_file()}
    for file in sorted(files):
        yield Case(file.relative_to(root).as_posix(), file.read_bytes())


def main(arguments: list[str] | None = None) -> int:
    """Try what is there and print a line a suite; 1 where any document is wrong, unsound or crashed."""
    asked = _arguments(arguments)
    if asked.sources or asked.folder is None:
        for name, about in SUITES.items():
            print(f"git clone --depth 1 https://github.com/{about['repository']} {asked.folder or 'FOLDER'}/{name}")
        return 0
    decided, total = Counter[str](), Counter[str]()
    print(f"{'suite':16}{'documents':>10}" + "".join(f"{column:>9}" for column in COLUMNS))
    for name in SUITES if not asked.suite else [asked.suite]:
        if root := _root(asked.folder, name):
            total += _tried(name, root, decided, asked.show)
    print(_line("all", total))
    for kind, count in decided.most_common():
        print(f"{count:6} × {kind}: {KINDS[kind]}")
    return int(bool(total["wrong"] + total["unsound"] + total["crashed"]))


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    about = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="python -m tests.suites", description=about[0], epilog=about[2])
    parser.add_argument("folder", nargs="?", type=Path, help="where the checkouts are")
    parser.add_argument("--suite", choices=SUITES, help="this one alone")
    parser.add_argument("--show", action="store_true", help="print what is wrong, a line each")
    parser.add_argument("--sources", action="store_true", help="print how each is obtained, and stop")
    return parser.parse_args(arguments)


def _root(folder: Path, name: str) -> Path | None:
    called = (name, SUITES[name]["repository"].replace("/", "-"))
    return next((folder / each for each in called if (folder / each).is_dir()), None)


def _tried(suite: str, root: Path, decided: Counter[str], show: bool) -> Counter[str]:
    tally = Counter[str]()
    for case in cases_of(suite, root):
        verdict = judged(case, suite)
        tally += Counter((verdict.outcome, "documents"))
        decided += verdict.decided
        if show:
            _show(case, verdict)
    print(_line(suite, tally), flush=True)
    return tally


def _line(name: str, tally: Counter[str]) -> str:
    return f"{name:16}{tally['documents']:>10}" + "".join(f"{tally[column]:>9}" for column in COLUMNS)


def _show(case: Case, verdict: Verdict) -> None:
    for each in [verdict.crash, *verdict.faults, *verdict.wrong][: MOST_SHOWN + 1]:
        print(f"  {case.name}: {each}" if each else "", end="\n" if each else "")


if __name__ == "__main__":
    sys.exit(main())
