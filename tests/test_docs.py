"""The reference of the rules in docs/ says what the build enforces, and every rule is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOT

from generator import checks
from generator.checks.reference import NUMBERS
from generator.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_reference_of_the_rules_is_up_to_date(assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(ROOT / "docs/rules.md", checks.write_reference(checks.RULES))


def test_every_one_of_the_fourteen_rules_is_enforced_by_at_least_one_code() -> None:
    enforced = {rule.number for rule in checks.RULES if rule.severity == "error"}
    assert enforced == set(range(1, 15)) == set(NUMBERS)


def test_a_code_names_one_rule_or_fault_only() -> None:
    codes = [rule.code for rule in checks.RULES] + list(FAULTS)
    assert sorted(codes) == sorted(set(codes))
