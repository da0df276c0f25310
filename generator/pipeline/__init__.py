"""The whole story: content in, diagnostics and finished pages out; and what changed since an earlier revision."""

from generator.pipeline.building import Built, build
from generator.pipeline.checking import Checked, check, check_documents
from generator.pipeline.comparing import Base, compare_with, leave_out_known, read_base

__all__ = [
    "Base",
    "Built",
    "Checked",
    "build",
    "check",
    "check_documents",
    "compare_with",
    "leave_out_known",
    "read_base",
]
