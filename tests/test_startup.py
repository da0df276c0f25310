"""A check that finds nothing wrong loads only what it needs: what explains, draws or renders waits until it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from test_cases import SITE

ROOT = Path(__file__).parent.parent
LATER = (
    *("babel", "jinja2", "mkdocs", "nh3", "pyuca", "rapidfuzz", "rich"),
    *("generator.dates.advice", "generator.decode.explain", "generator.dialect.fences", "generator.dialect.page"),
    *("generator.documents.complaints", "generator.documents.slips", "generator.documents.strict_yaml"),
    *("generator.pages", "generator.render", "generator.pipeline.building", "generator.pipeline.comparing"),
)
CHECK = """
import sys
from datetime import date
from pathlib import Path
from generator.pipeline import check
checked = check(Path(sys.argv[1]), today=date(2026, 11, 22))
print(checked.ok, *sorted(set(sys.modules) & set(sys.argv[2:])))
"""


def test_a_check_of_a_sound_site_loads_nothing_that_only_pages_and_errors_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, SITE, *LATER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True"]
