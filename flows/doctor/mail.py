"""The mail server: does it let us in? Nothing is sent."""

from __future__ import annotations

from flows.config.environment import PASSWORD_VARIABLE, smtp_password
from flows.config.settings import MAIL, Config
from flows.digest.delivery.smtp import MailServer
from flows.doctor.finding import Finding, fault, sound, warning

SECONDS = 10.0
"""The longest that the server is waited for, whatever [delivery.smtp] timeout_seconds allows a sending."""


def check(current: Config, *, network: bool) -> list[Finding]:
    """Whether the login that the config names is taken."""
    settings, what = current.delivery.smtp, "mail server"
    if MAIL not in current.ways() and not current.alarm.mail:
        return [sound(what, "none is used")]
    if not network:
        return [sound(what, f"{settings.host}:{settings.port}, not asked")]
    if settings.username and not smtp_password():
        return [_without_password(settings.password_block)]
    patience = min(SECONDS, settings.timeout_seconds)
    wrong = MailServer(settings.model_copy(update={"timeout_seconds": patience}), smtp_password()).try_login()
    if wrong:
        found, _, remedy = wrong.rpartition("; ")
        return [fault(what, found or wrong, remedy)]
    return [sound(what, f"{settings.host}:{settings.port} lets us in ({settings.security})")]


def _without_password(block: str) -> Finding:
    if block:
        remedy = f"to try it here, set {PASSWORD_VARIABLE} for this call"
        return warning("mail server", f"the password lies in the Secret block {block!r} of Prefect: not tried", remedy)
    return fault("mail server", "[delivery.smtp] username is set and there is no password", f"set {PASSWORD_VARIABLE}")
