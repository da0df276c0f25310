"""Curated YAML records of sources, claims and events become a searchable, cross-linked static site."""

__version__ = "0.6.0"
