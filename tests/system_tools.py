"""What the tests need of the system: Chromium with its driver, Java with vnu; found, or a word on how to mend it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VNU_FOLDER = Path(sys.prefix) / "vnu"
VNU_JAVA = 17  # the oldest that runs it


class ToolMissingError(Exception):
    """Something is not installed; the message says how to mend it."""


def may_install() -> bool:
    """Whether apt-get could have installed what is missing: as root, or by a sudo that asks for no password."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        return True
    sudo = shutil.which("sudo")
    return sudo is not None and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0


def find_chromium() -> str:
    """Return the path of a Chromium that starts, once its driver starts too.

    Ubuntu's `chromium-browser` may be a stub that only names a snap; Playwright, the driver, brings a Node.js that
    needs libatomic1, which a small Debian does not have.

    Raises:
        ToolMissingError: if one of the two does not start.
    """
    paths = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    found = next((path for path in paths if _starts(path, "--version")), None)
    if found and _starts(sys.executable, "-m", "playwright", "--version"):
        return found
    package = "libatomic1" if found else "chromium"
    message = f"No browser to drive: `make test` installs what is missing, or run `sudo apt-get install {package}`."
    raise ToolMissingError(message)


def find_vnu() -> tuple[str, ...]:
    """Return the command that starts vnu, the checker of HTML, which the Makefile fetches into the environment.

    Raises:
        ToolMissingError: if it was not fetched, or there is no Java that runs it.
    """
    jar = next(VNU_FOLDER.glob("*.jar"), None)
    if jar is None:
        raise ToolMissingError("The checker of HTML, vnu, is not here: `make test` fetches it (it needs npm for that).")
    java = shutil.which("java")
    if java is None or _java_version(java) < VNU_JAVA:
        message = f"The checker of HTML needs Java {VNU_JAVA} or newer: `make test` installs it where it may, "
        raise ToolMissingError(f"{message}or run `sudo apt-get install default-jre-headless`.")
    return (java, "-Xss4m", "-jar", str(jar))


def _starts(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _java_version(java: str) -> int:
    said = subprocess.run([java, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    version = re.match(r"\S+ (\d+)", said)
    return int(version[1]) if version else 0
