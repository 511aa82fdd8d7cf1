"""Web addresses: what may be stored as a link, and by what an address is recognised again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from flows.feeds.parsing.hosts import ascii_host

MAX_LINK = 2000
_PAGES = {"", "html", "xhtml", "text/html", "application/xhtml+xml"}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_PREFIX = re.compile(r"^(?:(?:www\d?|m|amp|mobile)\.)+(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp(?=(?:\.html?)?$)|\.amp)(?=/?$|\.html?$)")
_TRACKING_PREFIX = ("utm_", "ns_", "at_", "mc_", "pk_", "mtm_", "hsa_", "_hs", "wt_", "__twitter")
_TRACKING = {
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh", "ttclid", "ito",
    "cmp", "cmpid", "campaign_id", "ref", "ref_src", "ref_url", "referrer", "refsrc", "rss", "amp", "outputtype",
    "ocid", "smid", "smtyp", "sr_share", "spm", "xtor", "guccounter", "guce_referrer", "_ga", "ftag", "taid",
    "maca", "oc", "traffic_source", "emc", "partner", "feedtype", "feedname", "share", "ncid", "icid", "icmp",
    "intcmp", "mbid",
}  # fmt: skip
_FEED_WORDS = {"rss", "feed", "feeds", "atom", "rssfeed", "rss2"}
_SOURCE_NAMES = {"src", "source", "from", "via", "origin", "type", "output"}


def web_address(text: str, base: str = "") -> str:
    """The absolute http(s) address that ``text`` stands for, in the one spelling that is stored, or an empty string.

    Its host is in ASCII (punycode) and lower case, all else percent-encoded. Refused: other schemes, addresses with a
    user name in them (they pretend to be another site), no host, and more than ``MAX_LINK`` characters.
    """
    text = "".join(text.split())
    if not text or len(text) > MAX_LINK:
        return ""
    try:
        absolute = text if text[:8].lower().startswith(("http://", "https://")) else urljoin(base, text)
        parts = urlsplit(absolute)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        return ""
    head = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{'' if port is None else f':{port}'}"
    rest = absolute.partition("://")[2][len(parts.netloc) :]
    return head + quote(rest, safe=":/?#[]@!$&'()*+,;=%~", encoding="utf-8", errors="ignore")


def chosen_link(links: Iterable[tuple[str, str, str]]) -> str:
    """Of links as (relation, media type, address), the one to the article: the first to a page, else the first to the
    same in any form; empty where there is none. Parameters of a type (``; charset=…``) do not count."""
    same = [(kind, address) for relation, kind, address in links if relation.rpartition("/")[2] == "alternate"]
    pages = [address for kind, address in same if kind.partition(";")[0].strip().lower() in _PAGES]
    return next((address for address in (*pages, *(address for _, address in same)) if address), "")


def identity(address: str) -> str:
    """What stays of a web address when everything is dropped that may change while the article stays the same.

    Dropped: scheme, ``www``/``m``/``amp`` hosts, default ports, AMP suffixes, tracking parameters, fragment and
    trailing slash; parameters are sorted. Empty for a bare host: a front page identifies no article.
    """
    parts = urlsplit(address)
    host = _HOST_PREFIX.sub("", (parts.hostname or "").rstrip("."))
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = quote(unquote(_AMP_PATH.sub("", parts.path.rstrip("/"))), safe="/:@!$&'()*+,;=~").rstrip("/")
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(*pair))
    if not path and not query:
        return ""
    return host + path + ("?" + "&".join(f"{name}={value}" for name, value in query) if query else "")


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIX):
        return True
    return name in _SOURCE_NAMES and value.lower() in _FEED_WORDS


def host_of(url: str) -> str:
    """The host that an address names, in lower case; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
