"""Reads the addresses of the sources, has lychee ask for each, and writes build/links.md.

Addresses that do not answer are the report's subject and no failure; only what keeps the report from being written is.
"""

from __future__ import annotations

import html
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import click
from system_tools import find_program

from generator import load
from generator.decode import decode
from generator.records import Source
from links.report import Answer, Typed, write_report

ROOT = Path(__file__).parents[2]
FOUND = (0, 2)  # lychee's exit codes for "all answer" and "some do not"; the others mean that it did not do its work
ALWAYS = ("--no-progress", "--format", "json", "--verbose", "--scheme", "http", "--scheme", "https")
# What whoever calls may say otherwise: one question a second and host, and nothing on the network of this machine.
DEFAULTS = {
    "--timeout": ("30",),
    "--max-retries": ("2",),
    "--host-concurrency": ("1",),
    "--host-request-interval": ("1s",),
    "--exclude-private": (),
    "--exclude-link-local": (),
}


def read_addresses(root: Path) -> list[Typed]:
    """List what the sources below a project's `content/` have under `url:` and `archived:`, in the order of files.

    Sources that cannot be read are left out: `check` says what is wrong with them.
    """
    documents, _ = load.read(root)
    records, _ = decode(documents)
    found = []
    for located in records.records:
        source = located.record
        if not isinstance(source, Source):
            continue
        for field, address in (("url", source.url), ("archived", source.archived)):
            if address is not None:
                has_copy = source.archived is not None
                found.append(Typed(located.place(field), source.id, field, address, has_copy=has_copy))
    return found


def ask(addresses: list[str], options: tuple[str, ...]) -> dict[str, Answer]:
    """Have lychee ask for each address once; returns what came back, by address as typed.

    Raises:
        click.ClickException: if lychee did not do its work.
    """
    defaults = [part for name, values in DEFAULTS.items() if name not in options for part in (name, *values)]
    with tempfile.TemporaryDirectory() as folder:
        # One link a line, so that the line of an answer tells the address as it was typed.
        page = Path(folder, "addresses.html")
        page.write_text("".join(f'<a href="{html.escape(address)}"></a>\n' for address in addresses), "utf-8")
        done = subprocess.run(
            [find_program("lychee"), *ALWAYS, *defaults, *options, "--", page.name],
            cwd=folder,  # where no lychee.toml lies
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode not in FOUND or not done.stdout.startswith("{"):  # 2 is its word for a wrong option too
        raise click.ClickException(f"lychee exited {done.returncode} and gave no answers:\n{done.stderr.strip()}")
    answers = read_answers(json.loads(done.stdout))
    return {address: answers[line] for line, address in enumerate(addresses, 1) if line in answers}


def read_answers(report: dict[str, Any]) -> dict[int, Answer]:
    """Read lychee's JSON: what came back for the address on each line."""
    found = {}
    for name in ("success_map", "error_map", "timeout_map", "excluded_map"):
        for one in (one for group in report[name].values() for one in group):
            status, steps = one["status"], one.get("redirects", {}).get("redirects", [])
            found[one["span"]["line"]] = Answer(
                asked=name != "excluded_map",
                code=status.get("code"),
                words=status.get("details") or status["text"].removeprefix("Rejected status code: "),
                moved_to=steps[-1]["url"] if steps else None,
                for_good=bool(steps) and all(step["code"] in {301, 308} for step in steps),
            )
    return found


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def main(*, root: Path, options: tuple[str, ...]) -> None:
    """Ask whether the addresses of the sources still answer; OPTIONS go to lychee, such as --offline."""
    typed = read_addresses(root)
    answers = ask(list(dict.fromkeys(one.address for one in typed)), options) if typed else {}
    report = write_report(typed, answers)
    target = root / "build" / "links.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report.text, "utf-8")
    click.echo(f"{report.summary} The report is in build/links.md")


if __name__ == "__main__":
    main()
