"""Settings: a TOML file and the environment, made into one frozen `Config`.

``axiswatch.example.toml`` documents every setting. Unknown keys are errors: one that is ignored may silence a monitor.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from classifiers.text.toml_text import TomlError, parsed
from flows.config.base import Settings, TranslationTemplate, WebTemplate, ZoneName
from flows.config.delivery import AlertRule as AlertRule
from flows.config.delivery import AlertSettings as AlertSettings
from flows.config.delivery import DeliverySettings as DeliverySettings
from flows.config.delivery import SmtpSettings as SmtpSettings
from flows.config.environment import named_config
from flows.config.feeds import FeedsSettings as FeedsSettings
from flows.config.fetching import FetchSettings as FetchSettings
from flows.config.fetching import FulltextSettings as FulltextSettings
from flows.config.following import FollowSettings as FollowSettings
from flows.config.keeping import BackupSettings as BackupSettings
from flows.config.keeping import KeepSettings as KeepSettings
from flows.config.log import LogSettings as LogSettings
from flows.config.mistakes import mistake
from flows.config.operator_alerts import AlarmSettings as AlarmSettings
from flows.config.publishing import PublishSettings as PublishSettings
from flows.config.ranking import RankingSettings as RankingSettings
from flows.config.recipients import MAIL as MAIL
from flows.config.recipients import OUTBOX as OUTBOX
from flows.config.recipients import RecipientSettings as RecipientSettings
from flows.config.scale import ScaleSettings as ScaleSettings
from flows.config.serving import DeskSettings as DeskSettings
from flows.config.serving import ScheduleSettings as ScheduleSettings
from flows.config.watching import WatchSettings as WatchSettings
from flows.config.webhooks import WEBHOOK as WEBHOOK
from flows.config.webhooks import WebhookSettings as WebhookSettings
from flows.config.weekly import WeeklySettings as WeeklySettings

DEFAULT_FILE = "axiswatch.toml"


class ConfigError(Exception):
    """The configuration cannot be used; the message names the file, the key and the remedy in one line."""


class TopicSettings(Settings):
    """What is watched."""

    folder: Path | None = None
    """The folder of a topic of your own; without it, the topic that the project ships."""


class StoreSettings(Settings):
    """Where the SQLite file lies."""

    path: Path = Path("var/axiswatch.db")


class ClassifierSettings(Settings):
    """The policy by which a threshold is chosen; the threshold itself belongs to the model version."""

    models: Path = Path("var/models")
    essays: Path = Path("var/essays")
    """Where `axiswatch seeds add` puts essays: their texts, for their owner alone, and the rows made of them."""
    target_recall: float = Field(0.95, gt=0, lt=1)


class ClaimsSettings(Settings):
    """The claims that entries are linked to."""

    file: Path | None = None
    """Claims of your own beside those of the topic, as [[claim]] tables like the ones in its claims.toml."""


class DigestSettings(Settings):
    """The daily mailing."""

    title: str = "Axis watch"
    time_zone: ZoneName = "UTC"
    hour: int = Field(6, ge=0, le=23)
    max_stories: int = Field(60, ge=1)
    lead_stories: int = Field(5, ge=0, le=50)
    """Set apart at the head of the edition, though never more than half of its stories."""
    max_late: int = Field(12, ge=0)
    near_misses: int = Field(3, ge=0, le=50)
    """Shown from just below the threshold, and one more drawn at random from all that is below it."""
    max_claims: int = Field(8, ge=0)
    """Claims whose evidence moved, and claims gone quiet, that are named."""
    max_expected: int = Field(8, ge=0)
    """Announced acts that are named with their days."""
    quiet_days: int = Field(14, ge=1)
    """A claim without a story for so long has gone quiet."""
    page: WebTemplate = ""
    """Where the web page of an edition is published; {edition} stands for its name."""
    review: WebTemplate = ""
    """Where a reader judges an entry; {entry} stands for its number."""
    late_hours: int = Field(96, ge=1, le=2_000_000)
    """What was published longer than this before the window is listed apart as late."""
    sure: float = Field(0.9, gt=0, le=1)
    likely: float = Field(0.5, gt=0, le=1)
    """From these probabilities on a story is called sure, and likely; below, borderline, and stands at the end. They
    are calibrated: of ten sure stories nine or more belong here, of ten likely ones five or more."""
    language: Literal["en"] = "en"
    """What the readers read: headlines in another language carry our own sentence in this one."""
    translate: TranslationTemplate = ""
    """A page that translates an article; {url} stands for its address. Empty: there is no such link."""
    ranking: RankingSettings = RankingSettings()


class Config(Settings):
    """All settings. Paths are absolute: relative ones are taken from the folder of the config file."""

    topic: TopicSettings = TopicSettings()
    store: StoreSettings = StoreSettings()
    feeds: FeedsSettings = FeedsSettings()
    fetch: FetchSettings = FetchSettings()
    fulltext: FulltextSettings = FulltextSettings()
    classifier: ClassifierSettings = ClassifierSettings()
    claims: ClaimsSettings = ClaimsSettings()
    digest: DigestSettings = DigestSettings()
    delivery: DeliverySettings = DeliverySettings()
    weekly: WeeklySettings = WeeklySettings()
    recipient: tuple[RecipientSettings, ...] = ()
    """Readers with wishes of their own, beside the plain list of [delivery] recipients."""
    alerts: AlertSettings = AlertSettings()
    follow: FollowSettings = FollowSettings()
    alarm: AlarmSettings = AlarmSettings()
    watch: WatchSettings = WatchSettings()
    publish: PublishSettings = PublishSettings()
    desk: DeskSettings = DeskSettings()
    backup: BackupSettings = BackupSettings()
    keep: KeepSettings = KeepSettings()
    scale: ScaleSettings = ScaleSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _each_reader_is_listed_once(self) -> Config:
        seen: set[str] = set()
        for reader in self.recipient:
            if reader.address.casefold() in seen:
                raise ValueError(f"two [[recipient]] tables have the address {reader.address}; keep one of them")
            seen.add(reader.address.casefold())
        return self

    @model_validator(mode="after")
    def _alarms_have_a_server(self) -> Config:
        if self.alarm.mail and not self.delivery.smtp.host:
            raise ValueError("[alarm] mail needs a mail server; set host in [delivery.smtp]")
        return self

    @model_validator(mode="after")
    def _one_click_has_a_desk(self) -> Config:
        if self.delivery.one_click and not self.desk.port:
            raise ValueError(
                "[delivery] one_click leads to the desk, and [desk] port is 0; give it a port such as 8737"
            )
        return self

    def readers(self) -> tuple[RecipientSettings, ...]:
        """Everyone who receives the digest, each once, with their time zone: those of the [[recipient]] tables, then
        those of [delivery] recipients (whose default counts only where there are no tables), then the webhooks."""
        plain = self.delivery.recipients
        if self.recipient and "recipients" not in self.delivery.model_fields_set:
            plain = ()
        listed = {reader.address.casefold(): reader for reader in self.recipient}
        for address in plain:
            listed.setdefault(address.casefold(), RecipientSettings(address=address))
        zone, hooks = self.digest.time_zone, [each.as_reader() for each in self.delivery.webhook]
        return tuple(
            each.model_copy(update={"time_zone": each.time_zone or zone}) for each in (*listed.values(), *hooks)
        )

    def ways(self) -> dict[str, str]:
        """Every way of delivery that is in use: its name → the first setting that names it."""
        named = {self.delivery.way: "delivery.way"}
        for number, reader in enumerate(self.recipient):
            named.setdefault(reader.way or self.delivery.way, f"recipient.{number}.way")
        if self.delivery.webhook:
            named.setdefault(WEBHOOK, "delivery.webhook")
        return named

    def digest_hash(self) -> str:
        """Eight hex digits that change when a setting does that could change an edition; where files lie does not."""
        places = {"classifier": {"models", "essays"}, "feeds": {"file", "added"}, "desk": {"metrics"}}
        told = self.model_dump_json(include={"classifier", "desk", "digest", "feeds"}, exclude=places)
        return hashlib.sha256(told.encode()).hexdigest()[:8]


def load_config(path: Path | None = None) -> Config:
    """Read the config: ``path``, else what AXISWATCH_CONFIG names, else ``axiswatch.toml`` here, else defaults.

    Raises ConfigError (one line) for a file that is missing, is no TOML, or holds an unknown key or a bad value.
    """
    named = named_file(path)
    file = named or Path(DEFAULT_FILE)
    if not file.is_file():
        if named is not None:
            raise ConfigError(f"there is no config file at {file}; copy axiswatch.example.toml there")
        return anchored(Config(), Path.cwd())
    try:
        raw = parsed(file.read_bytes())
    except (OSError, TomlError) as error:
        raise ConfigError(f"{file} is not readable as TOML: {error}") from error
    return anchored(_checked(raw, file), file.resolve().parent)


def named_file(path: Path | None) -> Path | None:
    """The config file that is named, by ``path`` or else by AXISWATCH_CONFIG; None where neither does."""
    return path or named_config()


def _checked(raw: dict[str, Any], file: Path) -> Config:
    try:
        return Config.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(f"{file}: {mistake(error, Config)}") from error


def anchored(config: Config, folder: Path) -> Config:
    """With every relative path taken from that folder."""

    def under(part: Settings, *keys: str) -> Any:
        paths = {key: getattr(part, key) for key in keys}
        return part.model_copy(update={key: folder / path for key, path in paths.items() if path is not None})

    return config.model_copy(
        update={
            "topic": under(config.topic, "folder"),
            "store": under(config.store, "path"),
            "feeds": under(config.feeds, "file", "added"),
            "claims": under(config.claims, "file"),
            "classifier": under(config.classifier, "models", "essays"),
            "backup": under(config.backup, "folder"),
            "delivery": under(config.delivery, "outbox"),
            "publish": under(config.publish, "folder"),
            "log": under(config.log, "file"),
        }
    )
