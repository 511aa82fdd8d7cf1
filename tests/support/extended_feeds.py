"""Documents of RSS, RDF and Atom that know the names of the usual extensions."""

from __future__ import annotations

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(elements: str, head: str = "", version: str = "2.0") -> bytes:
    return f'<rss version="{version}" {SPACES}><channel><title>Quay</title>{head}{elements}</channel></rss>'.encode()


def rdf(elements: str, head: str = "") -> bytes:
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>'
        f"<channel><title>Quay</title>{head}</channel>{elements}<textinput><title>Find</title><description>Look"
        "</description><link>https://quay.example/find</link></textinput></rdf:RDF>"
    ).encode()


def atom(elements: str, head: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}><title>Quay</title>{head}{elements}</feed>'.encode()
