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
_DOUBTFUL = {"ref", "rss", "oc", "share", "partner", "amp", "outputtype", "cmp", "feedname", "feedtype", "referrer"}
_DOUBTFUL_PREFIX = ("ns_", "at_", "mc_", "pk_", "wt_")
"""Names that track on some sites and count articles on others."""
_KNOWN_TRACKING = re.compile(
    r"ns_(?:mchannel|source|campaign|linkname|fee)|mc_[ce]id|pk_(?:campaign|cpn|kwd|keyword|source|medium|content)"
    r"|wt_(?:mc|zmc|mc_id)|at_(?:medium|campaign|campaign_type|creation|link\w*|ptr\w*|bbc_team|format|custom\d+|mid|nation"
    r"|audience_id|product|brand|objective|channel|variant|network|platform|emailtype|send_date|recipient_\w+)"
)
_NOTHING_WORDS = {
    "", "0", "1", "true", "yes", "rss", "rss2", "feed", "feeds", "rssfeed", "atom", "amp", "home", "homepage", "hp",
    "top", "front", "main", "index", "latest", "nl", "news", "newsletter", "mail", "email", "twitter", "tw", "x",
    "facebook", "fb", "telegram", "tg", "whatsapp", "wa", "linkedin", "reddit", "social", "share", "sharing", "button",
    "google", "app", "mobile", "m", "web", "desktop", "com", "co", "www", "t", "html", "article", "site", "self",
    "internal",
}  # fmt: skip
_WORDS = re.compile(r"[-_.:/ ]")
_TRACKING_FRAGMENT = re.compile(
    r"(?:xtor|utm_\w+|at_\w+|ns_\w+|echobox|intcid|ftag|cmpid|ref|tk|:~:text)=.*|tk\.\w+|rss|top|main|content|comments",
    re.I | re.S,
)
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
    return identities(address)[0]


def identities(address: str) -> tuple[str, str]:
    """(the address without all that may mean nothing, as `identity` has it; the same with that of it which may name an
    article nevertheless). The second is empty where nothing is left in doubt.

    In doubt are a fragment, and a parameter whose name is used for tracking and for numbers of articles alike
    (``ref=rss`` is known to mean nothing, ``ref=2026-101`` is not).
    """
    parts = urlsplit(address)
    host = _HOST_PREFIX.sub("", (parts.hostname or "").rstrip("."))
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = quote(unquote(_AMP_PATH.sub("", parts.path.rstrip("/"))), safe="/:@!$&'()*+,;=~").rstrip("/")
    query, doubtful = _parameters(parts.query) if parts.query else ("", "")
    if parts.fragment and not _TRACKING_FRAGMENT.fullmatch(parts.fragment):
        doubtful += f"#{parts.fragment}"
    bare = host + path + (f"?{query}" if query else "")
    return (bare if path or query else ""), (bare + f"??{doubtful}" if doubtful else "")


def _parameters(query: str) -> tuple[str, str]:
    """(the parameters that belong to the address; those that may)."""
    kept, doubtful = [], []
    for name, value in sorted(parse_qsl(query, keep_blank_values=True)):
        if not _is_tracking(name, value):
            kept.append(f"{name}={value}")
        elif _may_name(name, value):
            doubtful.append(f"{name}={value}")
    return "&".join(kept), "&".join(doubtful)


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIX):
        return True
    return name in _SOURCE_NAMES and value.lower() in _FEED_WORDS


def _may_name(name: str, value: str) -> bool:
    """Whether a parameter that is used for tracking may all the same tell which article is meant."""
    name = name.lower()
    if name in _DOUBTFUL:
        return not _NOTHING_WORDS.issuperset(_WORDS.split(value.lower()))
    return name.startswith(_DOUBTFUL_PREFIX) and not _KNOWN_TRACKING.fullmatch(name)


def host_of(url: str) -> str:
    """The host that an address names, in lower case; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
