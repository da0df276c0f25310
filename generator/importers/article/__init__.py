"""Reads one article into a source with its stored text: web pages, Markdown, plain text, and the wikitext of Wikinews."""

from generator.importers.article.reading import read

__all__ = ["read"]
