"""What went wrong on the network, in one line that a person understands."""

from __future__ import annotations

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from flows.feeds.http.lenient_connection import HeadTooLargeError
from flows.feeds.http.proxy import Proxy, ProxyError
from flows.feeds.http.ssrf_guard import PrivateAddressError
from flows.feeds.parsing.records import FailureKind

MAX_LINE = 300


def explain(error: BaseException, timeout_seconds: float) -> str:
    """The error, or the cause beneath it that says most, as one line without a type name where we know better."""
    chain = _chain(error)
    for link in chain:
        told = _told(link, timeout_seconds)
        if told:
            return one_line(told)
    root = chain[-1]
    return one_line(f"{type(root).__name__}: {root}" if str(root) else type(root).__name__)


def proxy_trouble(error: BaseException, proxy: Proxy, seconds: float) -> ProxyError | None:
    """What the error says of the proxy, where it is the proxy's and not that of the server behind it."""
    for link in _chain(error):
        match link:
            case aiohttp.ClientHttpProxyError():
                return proxy.refusal(link.status, link.message)
            case aiohttp.ConnectionTimeoutError():
                return proxy.out_of_reach(f"no connection within {seconds:g} s")
            case aiohttp.ClientConnectorDNSError():
                return proxy.out_of_reach("its host is not found")
            case aiohttp.ClientProxyConnectionError():
                return proxy.out_of_reach(_told(link.os_error, seconds) or one_line(str(link.os_error)))
            case _:
                continue
    return None


def kind_of_error(error: BaseException) -> FailureKind:
    """How soon it is worth asking again after this error of the network."""
    # A name that does not resolve is temporary: it is what our own network's absence looks like.
    lasting = (PrivateAddressError, aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError)
    return (
        "hard"
        if any(isinstance(link, (*lasting, UnicodeError, aiohttp.InvalidURL)) for link in _chain(error))
        else "temporary"
    )


def kind_of_status(status: int) -> FailureKind:
    """How soon it is worth asking again after an answer of this HTTP status."""
    if status == 410:
        return "gone"
    if status in (408, 425, 429) or status >= 500:
        return "temporary"
    return "hard" if status >= 400 else "soft"


def one_line(text: str) -> str:
    """The text on one line of ``MAX_LINE`` characters at most."""
    return " ".join(text.split())[:MAX_LINE]


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := chain[-1].__cause__ or getattr(chain[-1], "os_error", None)) is not None and cause not in chain:
        chain.append(cause)
    return chain


def _told(error: BaseException, seconds: float) -> str:  # noqa: C901 - one line for each kind of failure
    match error:
        case PrivateAddressError() | ProxyError() | HeadTooLargeError():
            return str(error)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return f"no secure connection: {error.os_error}"
        case aiohttp.InvalidURL():
            return f"not an http or https address: {error.description or error.url}"
        case aiohttp.ConnectionTimeoutError():
            return f"no connection within {seconds:g} s"
        case aiohttp.SocketTimeoutError():
            return f"no answer within {seconds:g} s"
        case aiohttp.ServerDisconnectedError():
            return "the server closed the connection without an answer"
        case aiohttp.ClientPayloadError():
            return "the answer broke off before its end"
        case aiohttp.ClientConnectorDNSError() if not isinstance(error.os_error, PrivateAddressError):
            return f"host not found: {error.host}"
        case aiohttp.ClientResponseError() | HttpProcessingError():
            # aiohttp calls what its own parser refuses a 400, as if the server had said it.
            return f"what the server sent is no sound HTTP: {error.message}"
        case UnicodeError():
            return "the host's name cannot be a host name"
        case ConnectionRefusedError():
            return "connection refused"
        case ConnectionResetError():
            return "the server reset the connection"
        case _:
            return ""
