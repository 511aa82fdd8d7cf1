"""The Containerfile, read line by line. Its steps are carried out one by one in an empty folder, as an ordinary user:
what is copied is enough, and the command works from code that cannot be written. That an image can be built it does not
show: that takes an engine."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65534
READING = "-all,+dac_read_search"
"""An ordinary user who may read what is root's, and write none of it: this Python may lie in root's home."""
OF_ROOT = ("useradd", "install")
"""Steps that only root can carry out: the user is there already, and owns an empty folder."""


def steps() -> list[tuple[str, str]]:
    """(instruction, the rest) of each line."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    told = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in told)]


def said(instruction: str) -> list[str]:
    """What all lines of that instruction say."""
    return [rest for word, rest in steps() if word == instruction]


def test_it_runs_as_an_ordinary_user_with_one_volume() -> None:
    assert said("USER") == ["10001:10001"]
    assert said("VOLUME") == said("WORKDIR")[-1:] == ["/var/lib/axiswatch"]
    order = [word for word, _ in steps()]
    assert order.index("USER") > max(place for place, word in enumerate(order) if word == "RUN")
    assert not [rest for rest in said("COPY") if "--chown" in rest], "the code is root's: its user cannot write it"


def test_it_starts_a_command_that_exists() -> None:
    assert json.loads(said("ENTRYPOINT")[0]) == ["axiswatch"]
    assert json.loads(said("CMD")[0]) == ["serve"]
    assert said("HEALTHCHECK")[0].endswith('CMD ["axiswatch", "health"]')


def test_what_it_copies_is_sent_to_the_engine_and_nothing_else_is() -> None:
    allowed = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    copied = {word for rest in said("COPY") if "--from" not in rest for word in shlex.split(rest)[:-1]}
    assert copied == allowed
    assert not [name for name in ("var/axiswatch.db", "axiswatch.toml", ".git/config") if _is_sent(name, allowed)]


def _is_sent(name: str, allowed: set[str]) -> bool:
    return any(fnmatch(name, each) or name.startswith(f"{each}/") for each in allowed)


@dataclass
class Image:
    """A folder that stands for the root of the image, and who works in it."""

    root: Path
    as_user: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """Where that path of the image lies."""
        return str(self.root / path.lstrip("/"))

    def run(self, *words: str, cwd: str) -> subprocess.CompletedProcess[str]:
        """Carry that out as the ordinary user, with the environment of the image alone."""
        env = {"PATH": os.environ["PATH"], "TMPDIR": self.at("tmp"), "HOME": self.at("tmp")} | _registry() | self.env
        call = (*self.as_user, *words)
        return subprocess.run(call, cwd=self.at(cwd), env=env, capture_output=True, text=True, timeout=240, check=False)


def _registry() -> dict[str, str]:
    """How this machine reaches the index of packages."""
    return {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_CERT", "REQUESTS_CA"))}


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The folder after all steps."""
    with tempfile.TemporaryDirectory(prefix="axiswatch-image-") as made:
        root = Path(made)
        built = Image(root, _as_nobody() if os.geteuid() == 0 else ())
        for folder in ("src", "opt", "tmp", "var/lib/axiswatch"):
            (root / folder).mkdir(parents=True)
        _copy(built)
        for path in (root, *root.rglob("*")):
            if built.as_user:
                os.chown(path, NOBODY, NOBODY)
        if built.as_user and (not shutil.which("setpriv") or built.run(sys.executable, "-c", "", cwd="tmp").returncode):
            pytest.skip("root cannot become an ordinary user here: the steps were not carried out")
        for rest in said("RUN"):
            _carry_out(built, rest)
        built.env = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": built.at("var/lib/axiswatch")}
        yield built


def _as_nobody() -> tuple[str, ...]:
    caps = [f"--{name}={READING}" for name in ("inh-caps", "ambient-caps", "bounding-set")]
    return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *caps)


def _copy(built: Image) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for rest in said("COPY"):
        *sources, target = shlex.split(rest)
        if sources[0].startswith("--from"):
            continue  # the second stage takes the folder as it is
        for source in sources:
            to = Path(built.at("src"), target, *([source] if target == "./" else []))
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to, ignore=ignored)
            else:
                shutil.copy(ROOT / source, to)


def _carry_out(built: Image, rest: str) -> None:
    words = shlex.split(rest)
    if words[0] in OF_ROOT:
        return
    words = [built.at(word) if word.startswith("/opt/") else word for word in words]
    if words[0] == "python":
        words[0] = sys.executable
    if "install" in words:
        # The libraries are those of this environment, instead of half a gigabyte that is fetched again.
        words.insert(words.index("install") + 1, "--no-deps")
        (site,) = Path(built.at("opt/axiswatch/lib")).glob("python3*/site-packages")
        here = next(path for path in sys.path if path.endswith("site-packages"))
        (site / "libraries.pth").write_text(f"{here}\n")
    done = built.run(*words, cwd="src")
    assert done.returncode == 0, f"{rest}\n{done.stdout}{done.stderr}"


def call(built: Image, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in the image."""
    return built.run(built.at("opt/axiswatch/bin/axiswatch"), *arguments, cwd="var/lib/axiswatch")


def test_what_was_copied_is_enough_and_the_code_is_that_of_the_image(image: Image) -> None:
    told = "import flows.cli, classifiers, db; print(flows.__file__, classifiers.__file__, db.__file__)"
    done = image.run(image.at("opt/axiswatch/bin/python"), "-c", told, cwd="var/lib/axiswatch")
    assert [path for path in done.stdout.split() if not path.startswith(image.at("opt/axiswatch/lib"))] == [], done
    assert "serve" in call(image, "--help").stdout


def test_its_user_can_work_where_the_code_cannot_be_written(image: Image) -> None:
    code = Path(image.at("opt/axiswatch"))
    for path in (code, *code.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    (Path(image.at("var/lib/axiswatch")) / "axiswatch.toml").write_text("[desk]\nport = 0\n")
    listed = call(image, "feeds", "list")
    assert listed.returncode == 0, listed.stderr
    judged = call(image, "explain", "--text", "Iran ships drones to Russia")
    assert judged.returncode == 0, judged.stderr
    assert "score" in judged.stdout
    made = {path.name for path in Path(image.at("var/lib/axiswatch")).iterdir()}
    assert made <= {"axiswatch.toml", "var", ".config", ".cache"}
