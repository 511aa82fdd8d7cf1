"""A real SMTP server on loopback whose manners depend on the name in the address."""

# ruff: noqa: ARG002 - the methods have the shape that aiosmtpd calls
from __future__ import annotations

import asyncio
import hmac
import ssl
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

REPLIES = {
    "gone": "550 5.1.1 nobody here",
    "busy": "451 4.3.0 later",
    "full": "552 5.2.2 mailbox full",
    "login": "530 5.7.0 authentication required",
}
"""The name before the @ → what the server says to it."""


class Postbox:
    """Keeps what was delivered. `drop` names recipients whose mail is kept, with the line cut instead of a reply;
    `stall` those for whom no reply comes for a long while. ``sessions`` holds the ports of those who sent."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.drop: set[str] = set()
        self.stall: set[str] = set()
        self.sessions: set[object] = set()
        self.encrypted: list[bool] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.password = "open sesame"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        """Accept, refuse or put off a recipient."""
        reply = REPLIES.get(address.partition("@")[0], "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail."""
        assert session.peer is not None
        self.sessions.add(session.peer[1])
        if envelope.rcpt_tos[0] in self.stall:
            await asyncio.sleep(30)
        assert isinstance(envelope.content, bytes)
        self.mails.append((envelope.rcpt_tos[0], envelope.content))
        assert isinstance(server.transport, asyncio.WriteTransport)
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        if envelope.rcpt_tos[0] in self.drop:
            server.transport.abort()
        return "250 kept"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Let in whoever knows the password."""
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == self.password.encode(), handled=False)


class CramPostbox(Postbox):
    """One that offers CRAM-MD5 as well, and keeps the answers to its riddle instead of passwords."""

    async def auth_CRAM__MD5(self, server: SMTP, args: list[str]) -> AuthResult:
        """Ask the riddle, and let in whoever answers it by the password."""
        riddle = b"<17.95@quay.example>"
        answer = await server.challenge_auth(riddle)
        assert isinstance(answer, bytes)
        user, _, told = answer.rpartition(b" ")
        self.logins.append((user, told))
        known = hmac.new(self.password.encode(), riddle, "md5").hexdigest()
        return AuthResult(success=told.decode() == known, handled=False, auth_data=user)


class OnAnyPort(Controller):
    """Listens on a port that the system chooses, and knows which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class MailSite:
    """A context manager: the server runs inside; ``postbox`` and ``port`` tell what came and where it listens."""

    def __init__(
        self,
        security: str = "none",
        context: ssl.SSLContext | None = None,
        login: bool = False,
        postbox: Postbox | None = None,
        without: tuple[str, ...] = (),
    ) -> None:
        """``without`` are mechanisms of logging in that it does not offer."""
        self.postbox = postbox or Postbox()
        more: dict[str, Any] = {"auth_required": login, "auth_require_tls": False, "auth_exclude_mechanism": without}
        if login:
            more["authenticator"] = self.postbox.authenticate
        if security == "starttls":
            more |= {"tls_context": context, "require_starttls": True}
        self._controller = OnAnyPort(
            self.postbox, hostname="127.0.0.1", port=0, ssl_context=context if security == "tls" else None, **more
        )

    def __enter__(self) -> MailSite:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return self._controller.port
