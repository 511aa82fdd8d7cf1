"""A web page and the feeds that it names."""

from __future__ import annotations

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title><![CDATA[Quay &amp; <b>Wire</b>]]></title>'
    "<language>en-GB</language><item><title>Tug</title></item></channel></rss>"
)
JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "Quay notes", "items": [{"id": "1", "title": "A"}]}'
HEAD = """<html><head><title>Quay</title><base href="/deep/">
<link rel="alternate" type="application/rss+xml" title="All &lt;news&gt;" href="../rss">
<link rel='ALTERNATE' type='application/feed+json' href='notes.json'>
<link rel="alternate" type="application/atom+xml" href="/dead"><link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate stylesheet" type="text/xml" href="/x.css"></head><body></body></html>"""
