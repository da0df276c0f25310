"""What stops a build: content with errors, somebody else's build, and whatever the disk or the machine refuses."""

from __future__ import annotations

from typing import Any

import click
from mkdocs.exceptions import Abort

from generator.state import StateError
from generator.workers import WorkerError
from generator.write import BusyError, UnsafePathError


class ContentError(Abort):
    """The content has errors, which have been printed; nothing was published."""

    def show(self, *_arguments: Any, **_options: Any) -> None:  # noqa: ANN401 (click's signature)
        """Print the message where the errors were printed, on standard error."""
        click.echo(self.format_message(), err=True)


class RefusedError(ContentError):
    """The disk, the machine or another build refused; the content has nothing to do with it."""

    exit_code = code = 2


def is_explained(error: BaseException) -> bool:
    """Tell whether words say it all, so that nobody needs to see where in the code it came about."""
    return isinstance(error, click.ClickException) or bool(explain_refusal(error))


def explain_refusal(error: BaseException) -> str:
    """Say in plain words what a build was refused; empty where the failure is one of the program itself."""
    match error:
        case BusyError():
            return str(error)
        case BrokenPipeError():
            return ""  # whoever read what is printed has gone
        case MemoryError():
            return "There is not enough memory. Give the build more, or end other programs, and build again."
        case WorkerError(refused=str(said)) if said:
            return said
        case UnsafePathError():
            return f"{error}."
        case OSError(filename=name, strerror=reason) if name:
            return f"{name} cannot be read or written: {reason}."
        case OSError():
            return f"The system refused: {error.strerror or error}."
        case StateError():
            return f"What is kept for the next build cannot be read or written: {error}. Build again."
    return ""


def stop_for(error: BaseException) -> None:
    """Stop with one line where there is one that says it all.

    Raises:
        RefusedError: with that line.
    """
    if not isinstance(error, Abort) and (said := explain_refusal(error)):
        raise RefusedError(f"Error: {said}") from error
