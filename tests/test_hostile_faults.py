"""Faults, a few of each: builds killed, starved and refused leave a site that is whole or that the next build heals."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hostile.faults.projects import Ring
from hostile.outcome import Scale

if TYPE_CHECKING:
    from pathlib import Path

SCALE = Scale()
PARTS = ("kills", "signals", "together", "disks", "links", "caches", "clocks")


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Ring:
    """Two versions of a small project."""
    return Ring.make(tmp_path_factory.mktemp("faults") / "ring", SCALE.seed, 2)


@pytest.mark.xdist_group("faults")
@pytest.mark.parametrize("part", PARTS)
def test_no_fault_leaves_a_site_that_is_neither_whole_nor_healed(part: str, ring: Ring, tmp_path: Path) -> None:
    outcomes = list(import_module(f"hostile.faults.{part}").attack(SCALE, tmp_path / part, ring))
    assert outcomes
    assert [(one.what, one.failures) for one in outcomes if one.failures] == []
    assert [one.what for one in outcomes if not one.tried and not one.skipped] == []
