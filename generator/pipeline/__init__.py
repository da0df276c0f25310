"""The whole story: content in, diagnostics and finished pages out; and what changed since an earlier revision."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.pipeline.building import Built, build
    from generator.pipeline.checking import Checked, check, check_documents
    from generator.pipeline.comparing import Base, compare_with, leave_out_known, read_base
    from generator.pipeline.settling import Settled, settle

__all__ = [
    "Base",
    "Built",
    "Checked",
    "Settled",
    "build",
    "check",
    "check_documents",
    "compare_with",
    "leave_out_known",
    "read_base",
    "settle",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import each part when it is asked for (PEP 562): to see that nothing has changed, none is needed."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name in ("Checked", "check", "check_documents"):
            from generator.pipeline import checking as module  # noqa: PLC0415
        elif name in ("Settled", "settle"):
            from generator.pipeline import settling as module  # noqa: PLC0415
        elif name in ("Built", "build"):
            from generator.pipeline import building as module  # noqa: PLC0415
        else:
            from generator.pipeline import comparing as module  # noqa: PLC0415
        return getattr(module, name)
