"""The rules of the house: who imports whom, which door leads to which library, and what the README promises."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from flows.cli import app

ROOT = Path(__file__).parents[1]
PACKAGES = ("flows", "classifiers", "db")
MODULES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
LONGEST = 250

DOORS = {
    "prefect": r"flows/(runtime/)?\w+\.py",
    "prefect_dask": r"flows/runtime/dask_cluster\.py",
    "dask": r"flows/runtime/dask_cluster\.py",
    "distributed": r"flows/runtime/dask_cluster\.py",
    "feedparser": r"flows/feeds/parsing/own_elements\.py",
    "concurrent_log_handler": r"flows/runtime/log_file\.py",
    "filelock": r"db/file_lock\.py",
    "httpx": r"flows/feeds/http/(client|fetch|post)\.py",
    "httpx_aiohttp": r"flows/feeds/http/client\.py",
    "idna": r"flows/feeds/parsing/hosts\.py",
    "aiohttp": r"flows/feeds/http/(client|lenient_connection|ssrf_guard|failures)\.py",
    "selectolax": r"flows/feeds/(parsing/text|subscriptions/page_feeds)\.py",
    "cronsim": r"flows/alarms/lateness\.py",
    "defusedxml": r"flows/feeds/(parsing/sitemap|subscriptions/opml)\.py",
    "trafilatura": r"flows/articles/extract\.py",
    "yaml": r"flows/runtime/deployment_file\.py",
    "prometheus_client": r"flows/doctor/openmetrics\.py",
    "protego": r"flows/articles/robots\.py",
    "brotli": r"flows/feeds/http/decompression\.py",
    "backports": r"flows/feeds/http/decompression\.py",
    "sklearn": r"classifiers/((relevance|learning|tagging)/\w+|stories/fit_pair_model)\.py",
    "scipy": r"classifiers/(relevance|learning|stories|tagging)/\w+\.py",
    "mmh3": r"classifiers/relevance/pipeline\.py",
    "numpy": r"classifiers/(relevance|learning|stories|tagging)/\w+\.py",
    "ahocorasick_rs": r"classifiers/(lexicon/mentions|tagging/literals)\.py",
    "py3langid": r"classifiers/text/languages\.py",
    "babel": r"classifiers/text/numbers/words\.py",
    "tld": r"classifiers/stories/credits\.py",
    "jinja2": r"flows/(digest/render|desk|publish)/pages\.py",
    "css_inline": r"flows/digest/render/pages\.py",
    "matplotlib": r"flows/digest/render/(week_)?charts\.py",
    "PIL": r"flows/digest/render/charts\.py",
    "standardwebhooks": r"flows/digest/delivery/webhook_way\.py",
    "smtplib": r"flows/digest/delivery/smtp(_login)?\.py",
    "email": r"flows/(digest/delivery/mail(_headers)?|feeds/schedule/check_schedule)\.py",
    "pydantic": r"flows/config/\w+\.py",
    "starlette": r"flows/desk/(routes|responses|guard)\.py",
    "uvicorn": r"flows/(desk/server|runtime/prefect_guard)\.py",
    "typer": r"flows/(cli|commands/\w+)\.py",
    "rich": r"flows/commands/\w+\.py",
}
"""Library → where it may be imported. The handle of the store travels, so sqlite_utils has no door of its own."""


@cache
def imports(file: Path) -> frozenset[str]:
    """The top-level packages that a module imports when it runs (not those of its annotations alone)."""
    return frozenset(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_there_is_code_to_look_at() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_its_door(library: str) -> None:
    users = {name_of(file) for file in MODULES if library in imports(file)}
    assert users, f"{library} is imported nowhere: drop it here and in pyproject.toml"
    assert {name for name in users if not re.fullmatch(DOORS[library], name)} == set()


def test_one_module_reads_and_writes_the_environment() -> None:
    readers = {name_of(file) for file in MODULES if re.search(r"\bos\.(environ|getenv|putenv)", file.read_text())}
    assert readers == {"flows/config/environment.py"}


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_called_like_one_of_the_standard_library() -> None:
    roots = {file.stem for file in MODULES if file.parent.name == "flows"}
    assert roots & sys.stdlib_module_names == set()


def test_no_file_is_too_long() -> None:
    files = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    long = {name_of(file): length for file in files if (length := len(file.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_the_roots_hold_verbs_and_rooms_only() -> None:
    verbs = {"__init__", "ingest", "classify", "send_digest", "retrain", "rescore", "monitor", "watch", "serve", "cli"}
    verbs |= {"backfill", "backup", "health", "prune"}
    assert {file.stem for file in (ROOT / "flows").glob("*.py")} <= verbs
    assert [file.name for file in (ROOT / "classifiers").glob("*.py")] == ["__init__.py"]


def test_no_test_is_imported_by_another_file() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert [name_of(file) for file in files if re.search(r"(from|import) tests\.[\w.]*\btest_", file.read_text())] == []


OF_THE_SHIPPED_MODEL = r"\b(coefficients?|coef_|intercept|vocabulary|LogisticRegressionModel)\b|sklearn\.linear_model"


def test_another_model_takes_one_file() -> None:
    """Whatever trains, compares, keeps and explains models knows nothing of what the shipped one is made of."""
    rooms = re.compile(r"classifiers/(relevance|learning)/|flows/")
    knowing = {name_of(file) for file in MODULES if re.search(OF_THE_SHIPPED_MODEL, file.read_text(encoding="utf-8"))}
    in_rooms = {name for name in knowing if rooms.match(name)}
    shipped, its_name = "classifiers/relevance/logistic_regression.py", "classifiers/relevance/algorithms.py"
    # Platt's sigmoid has a slope and an offset, and is fitted by the same library.
    assert in_rooms == {shipped, its_name, "classifiers/relevance/calibration.py"}


def test_no_file_is_called_utils() -> None:
    assert [name_of(file) for file in MODULES if "util" in file.stem or "helper" in file.stem] == []


def test_an_editions_content_is_read_by_its_fields_alone() -> None:
    files = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    by_key = [name_of(file) for file in files if re.search(r"\bcontent(\[[\"']|\.get\()", file.read_text())]
    allowed = ("flows/digest/content/", "tests/digest/content/", "tests/db/")
    assert [name for name in by_key if not name.startswith(allowed)] == []


def test_the_digest_hands_on_records_and_no_mappings_of_anything() -> None:
    rooms = [file for file in MODULES if name_of(file).startswith(("flows/digest/", "flows/desk/"))]
    loose = {name_of(file) for file in rooms if re.search(r"(Mapping|dict)\[str, Any\]", file.read_text())}
    assert loose == {"flows/digest/content/codec.py", "flows/digest/content/record.py"}


def commands() -> dict[str, Any]:
    """Full name → command, groups included."""
    group = typer.main.get_group(app)
    found = dict(group.commands)
    for name, command in group.commands.items():
        found |= {f"{name} {inner}": each for inner, each in getattr(command, "commands", {}).items()}
    return found


def shell_lines() -> list[str]:
    """The commands in the README's blocks of shell."""
    blocks = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_the_readme_calls_only_commands_that_exist() -> None:
    known = commands()
    calls = [shlex.split(line) for line in shell_lines() if line.startswith("axiswatch ")]
    assert len(calls) > 8
    for call in calls:
        words = [word for word in call[1:] if not word.startswith("-")]
        name = " ".join(words[:2]) if words[0] in ("feeds", "seeds", "topic") else words[0]
        assert name in known, f"README.md: {shlex.join(call)}"
        options = {option for parameter in known[name].params for option in parameter.opts} | {"--config", "--help"}
        assert {word for word in call if word.startswith("--")} <= options, f"README.md: {shlex.join(call)}"


def test_the_readme_calls_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    called = {word for line in shell_lines() if line.startswith("make") for word in line.split()[1:]}
    assert {"demo", "test"} <= called <= targets


def test_every_command_stands_in_the_readme_and_shows_an_example() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        if not hasattr(command, "commands"):
            assert f"axiswatch {name}" in readme, name
            assert f"Example: axiswatch {'--config axiswatch.toml ' if name == 'run' else ''}{name}" in (
                command.help or ""
            ), name


def test_the_help_is_quick() -> None:
    heavy = {"prefect", "sklearn", "numpy", "pydantic", "sqlite_utils", "httpx", "jinja2", "matplotlib", "babel"}
    told = "import sys, flows.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()
