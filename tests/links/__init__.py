"""Asks whether the addresses of the sources still answer, and reports it in Markdown."""
