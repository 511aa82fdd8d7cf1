"""The folder and the webhooks as a person uses them: by the command, and by the flow that sends the digest."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import Project
from tests.support.hook_site import Answer, HookSite


def configure(project: Project, text: str) -> None:
    with (project.folder / "axiswatch.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def hook(site: HookSite) -> str:
    return f"[[delivery.webhook]]\nname = 'desk'\nurl = '{site.secret}'\nallow_private = true\n"


def test_a_digest_is_posted_and_published_and_the_command_finds_nothing_more(project: Project) -> None:
    configure(project, "[publish]\nfolder = 'site'\n")
    with HookSite() as site:
        configure(project, hook(site))
        sent = project.call("digest")
    assert sent.returncode == 0, sent.stderr
    (post,) = site.posts
    page = project.folder / f"site/editions/{post.json['edition']}.html"
    assert page.is_file()
    assert (project.folder / "site/feeds/all.atom").read_text(encoding="utf-8").count("<entry>") > 5
    told = project.look("publish")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("0 files written, 0 removed, ")
    assert f"open {project.folder / 'site/index.html'}" in told.stdout.replace("\n", " ")


def test_what_cannot_be_published_keeps_no_mail_and_is_told_to_the_operator(project: Project) -> None:
    configure(project, "[publish]\nfolder = 'site'\n")
    (project.folder / "site").write_text("a file in the place of the folder")
    with HookSite(Answer(410)) as site:
        configure(project, hook(site))
        sent = project.call("digest")
    assert sent.returncode == 0, sent.stderr
    assert list(project.outbox.glob("*.eml"))
    alarms = {path.name: path.read_text(encoding="utf-8") for path in (project.folder / "var/alerts").glob("*.txt")}
    (publishing,) = [text for name, text in alarms.items() if "publishing" in name]
    assert "cannot publish to" in publishing
    assert "change [publish] folder or its rights" in publishing
    (digest,) = [text for name, text in alarms.items() if "-digest-" in name]
    assert "webhook:desk: refused: 127.0.0.1 answered 410" in digest
    shown = project.look("feeds", "health").stdout
    assert "webhook:desk (webhook): " in shown
    assert "has not arrived: 127.0.0.1 answered 410" in " ".join(shown.split())
    assert "s3cr3t" not in shown + publishing + digest
    asked = project.look("publish")
    assert asked.returncode == 2
    assert "cannot publish to" in " ".join(asked.stderr.split())


def test_the_command_says_where_to_name_a_folder(project: Project, tmp_path: Path) -> None:
    asked = project.look("publish")
    assert asked.returncode == 2
    assert 'set folder = "var/site" in [publish]' in " ".join(asked.stderr.split())
