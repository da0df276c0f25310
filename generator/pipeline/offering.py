"""What the Data page offers: every data file with its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports import COLLECTIONS, DIGESTS, GROUPS, LEAVES, RECORD_FILE
from generator.pages import Download

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.exports import Offer


def list_downloads(sizes: Mapping[str, int]) -> tuple[Download, ...]:
    """List what is offered, in the order of the page.

    Args:
        sizes: of the files whose addresses are the same on every site, in bytes, by path.
    """
    files = [*((one.path, one.offer) for one in COLLECTIONS), *((one.path, one.offer) for one in DIGESTS)]
    leaves = [found for leaf in LEAVES for found in (*leaf.fixed.items(), *([("", leaf.offer)] if leaf.offer else []))]
    offered = [_describe(path, offer, sizes) for path, offer in (files[0], ("", RECORD_FILE), *files[1:], *leaves)]
    return tuple(sorted(offered, key=lambda download: GROUPS.index(download.group)))


def _describe(path: str, offer: Offer, sizes: Mapping[str, int]) -> Download:
    return Download(path, offer.title, offer.description, sizes.get(path, 0), offer.group, offer.example, offer.pattern)
