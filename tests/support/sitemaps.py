"""News sitemaps built by hand."""

from __future__ import annotations

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def page(loc: str, title: str, date: str, language: str = "en") -> str:
    about = f"<news:publication><news:name>Quay</news:name><news:language>{language}</news:language></news:publication>"
    dated = f"<news:publication_date>{date}</news:publication_date>"
    return f"<url><loc>{loc}</loc><news:news>{about}{dated}<news:title>{title}</news:title></news:news></url>"
