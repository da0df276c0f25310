"""Two states of the content side by side: what a change does to the published site."""

from generator.compare.comparing import compare
from generator.compare.comparison import Comparison
from generator.compare.data import write_json
from generator.compare.markdown import write_markdown
from generator.compare.sides import Page, Side

__all__ = ["Comparison", "Page", "Side", "compare", "write_json", "write_markdown"]
